"""Keeping the grants of a file in step with its officer, team, classification and sharing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Dispute
from cases.models.disputes import TEAM, VIEW
from common.choices import Classification
from common.errors import Text
from common.grants import grant, group_of, open_files_group, revoke

# Why a grant stands: a code of the house, or a person's own words (a function in the team).
DESK_OFFICER = "desk_officer"
OPENER = "opener"
OPEN_FILE = "open_file"
SHARED_WITH_STATE = "shared_with_state"

REASONS: dict[str, Text] = {
    DESK_OFFICER: _("desk officer of the file"),
    OPENER: _("opened the file"),
    OPEN_FILE: _("the file is classified open"),
    SHARED_WITH_STATE: _("the file was shared with the State"),
}


def admit_to_team(
    *, dispute: Dispute, user: User, valid_from: date, valid_to: date | None, reason: str, by: User
) -> None:
    """Give a person the sight of the file and of its team's parts for the given days."""
    group = group_of("user", user.pk)
    for codename in (VIEW, TEAM):
        grant(
            codename=codename,
            group=group,
            obj=dispute,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=reason,
            granted_by=by,
        )


def admit_to_view(
    *, dispute: Dispute, group: Group, valid_from: date, valid_to: date | None, reason: str, by: User
) -> None:
    """Give a group the sight of the file, and of no team part, for the given days."""
    grant(
        codename=VIEW,
        group=group,
        obj=dispute,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        granted_by=by,
    )


def dismiss(*, dispute: Dispute, user: User) -> None:
    """Take a person's grants on the file away."""
    group = group_of("user", user.pk)
    for codename in (VIEW, TEAM):
        revoke(codename=codename, group=group, obj=dispute)


def sync_open_files(*, dispute: Dispute, on: date, by: Any) -> None:
    """Let all staff who see open files see this one exactly while it is classified open."""
    group = open_files_group()
    if dispute.classification == Classification.OPEN:
        grant(
            codename=VIEW,
            group=group,
            obj=dispute,
            valid_from=on,
            valid_to=None,
            reason=OPEN_FILE,
            granted_by=by,
        )
    else:
        revoke(codename=VIEW, group=group, obj=dispute)
