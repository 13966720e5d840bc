"""Form controls of the house."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple


class GroupedCheckboxes(CheckboxSelectMultiple):
    """Boxes to tick, in groups that open and close; ``choices`` are (group, [(value, label), …]).

    Drawn by ``components/grouped_options.html``: a group with a tick, and every group of a short
    list, stands open. Works by keyboard and without a script.
    """
