"""Rights on an object: dated, reasoned, given to groups, in force on the database's day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.models import Dispute, DisputeGroupGrant
from cases.models.disputes import TEAM, VIEW
from common.choices import Classification
from common.grants import (
    OPEN_FILES_GROUP,
    grant,
    granted_ids,
    group_of,
    in_force,
    open_files_group,
    revoke,
)
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory

LABEL = "cases.DisputeGroupGrant"
LONG_AGO = date(2020, 1, 1)


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def dispute(db):
    return DisputeFactory()


@pytest.fixture
def give(dispute):
    """Return a function that grants the sight of the file to a person."""

    def grant_view(user, valid_from=LONG_AGO, valid_to=None, reason="Asked for advice"):
        return grant(
            codename=VIEW,
            group=group_of("user", user.pk),
            obj=dispute,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=reason,
            granted_by=dispute.desk_officer,
        )

    return grant_view


def is_granted(user, codename=VIEW):
    return granted_ids(LABEL, codename, user).exists()


def test_grant_names_its_days_its_reason_and_who_gave_it(dispute, give):
    row = give(UserFactory(), valid_from=day(0), valid_to=day(9))

    kept = DisputeGroupGrant.objects.get(pk=row.pk)
    assert (kept.valid_from, kept.valid_to, kept.reason) == (day(0), day(9), "Asked for advice")
    assert kept.granted_by == dispute.desk_officer
    assert kept.content_object == dispute


def test_grant_without_a_reason_is_refused(give):
    with pytest.raises(ValidationError, match="blank"):
        give(UserFactory(), reason="")


@pytest.mark.parametrize(
    ("begins", "ends", "is_in_force"),
    [
        (-9, None, True),
        (0, None, True),
        (-9, 0, True),
        (0, 0, True),
        (1, None, False),
        (-9, -1, False),
    ],
)
def test_right_holds_from_its_first_to_its_last_day(give, begins, ends, is_in_force):
    expert = UserFactory(expert=True)

    row = give(expert, day(begins), None if ends is None else day(ends))

    assert is_granted(expert) is is_in_force
    assert DisputeGroupGrant.objects.filter(in_force(), pk=row.pk).exists() is is_in_force


def test_grant_given_again_is_dated_anew_and_stays_one(give):
    expert = UserFactory(expert=True)
    first = give(expert, valid_to=day(-1))

    second = give(expert, valid_to=day(30))

    assert first.pk == second.pk
    assert is_granted(expert)


def test_grant_of_one_codename_and_one_person_gives_no_other(give):
    expert, stranger = UserFactory(expert=True), UserFactory(expert=True)

    give(expert)

    assert is_granted(expert)
    assert not is_granted(expert, TEAM)
    assert not is_granted(stranger)


def test_revoked_grant_is_gone_for_that_group_alone(dispute, give):
    one, other = UserFactory(expert=True), UserFactory(expert=True)
    give(one)
    give(other)

    revoke(codename=VIEW, group=group_of("user", one.pk), obj=dispute)

    assert (is_granted(one), is_granted(other)) == (False, True)


def test_standing_groups_are_made_once(db):
    assert group_of("state", "a") == group_of("state", "a")
    assert group_of("state", "a") != group_of("team", "a")
    assert open_files_group() == open_files_group()
    assert Group.objects.filter(name=OPEN_FILES_GROUP).count() == 1


def test_grant_lifts_no_classification(dispute, give):
    expert = UserFactory(expert=True, clearance=Classification.RESTRICTED)
    cleared = UserFactory(expert=True, clearance=Classification.CONFIDENTIAL)
    give(expert)
    give(cleared)

    assert not Dispute.objects.visible_to(expert).exists()
    assert Dispute.objects.visible_to(cleared).get() == dispute
