"""Who fills the library: nobody in the product, only the command on the server."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.actor import SYSTEM
from common.policy import Allowed, Denied, Verdict, policy


@policy("library.import_agreements")
def may_import_agreements(user: Any, subject: Any = None) -> Verdict:
    """Published sets are imported on the server, where the file lies."""
    if user is SYSTEM:
        return Allowed()
    return Denied(
        "import_on_server", _("Published agreements are imported by a command on the server.")
    )
