"""Keeping the grants of a file in step with its officer, team, classification and sharing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Group

from accounts.models import User
from cases.choices import GrantReason
from cases.models import Dispute
from cases.models.disputes import TEAM, VIEW
from cases.services.lent_rights import follow_person
from common.choices import Classification
from common.grants import grant, group_of, open_files_group, revoke


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
    follow_person(actor=by, person_id=user.pk)


def admit_to_view(
    *,
    dispute: Dispute,
    group: Group,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    by: User,
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


def dismiss(*, dispute: Dispute, user: User, by: User) -> None:
    """Take a person's grants on the file away, and theirs who stand in for that person."""
    group = group_of("user", user.pk)
    for codename in (VIEW, TEAM):
        revoke(codename=codename, group=group, obj=dispute)
    follow_person(actor=by, person_id=user.pk)


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
            reason=GrantReason.OPEN_FILE,
            granted_by=by,
        )
    else:
        revoke(codename=VIEW, group=group, obj=dispute)
