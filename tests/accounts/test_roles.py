"""A role changes by two persons, neither of them the one concerned."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import RoleChange, User
from accounts.roles import ROLES, STATE_ROLES, Side
from accounts.services.roles import approve_role, decline_role, propose_role
from common.errors import NotPermitted, Refused
from common.grants import OPEN_FILES_GROUP
from tests.factories.accounts import RoleChangeFactory, UserFactory


def test_proposal_changes_nothing_yet(administrator, officer, events):
    change = propose_role(actor=administrator, user=officer, new_role="head_of_unit", reason="x")

    officer.refresh_from_db()
    assert officer.role == "desk_officer"
    assert change.old_role == "desk_officer"
    assert events("accounts.role_proposed")[0].payload["changes"]["role"][1] == "head_of_unit"


def test_proposal_for_oneself_is_refused(administrator):
    with pytest.raises(NotPermitted) as refusal:
        propose_role(actor=administrator, user=administrator, new_role="asg", reason="x")

    assert refusal.value.code == "not_for_oneself"


def test_proposal_by_an_officer_is_refused(officer, other_officer):
    with pytest.raises(NotPermitted):
        propose_role(actor=officer, user=other_officer, new_role="asg", reason="x")


@pytest.mark.parametrize(
    ("new_role", "code"),
    [
        ("desk_officer", "role_unchanged"),
        ("emperor", "role_unchanged"),
        ("focal_point", "other_side"),
    ],
)
def test_proposal_of_a_role_that_does_not_fit_is_refused(administrator, officer, new_role, code):
    with pytest.raises(Refused) as refusal:
        propose_role(actor=administrator, user=officer, new_role=new_role, reason="x")

    assert refusal.value.code == code


def test_second_proposal_while_one_waits_is_refused(administrator, officer):
    propose_role(actor=administrator, user=officer, new_role="sg_cabinet", reason="x")

    with pytest.raises(Refused) as refusal:
        propose_role(actor=administrator, user=officer, new_role="asg", reason="x")

    assert refusal.value.code == "role_change_waits"


def test_proposal_is_undone_when_the_record_fails(administrator, officer, broken_record):
    with pytest.raises(DatabaseError):
        propose_role(actor=administrator, user=officer, new_role="sg_cabinet", reason="x")

    assert not RoleChange.objects.exists()


@pytest.mark.parametrize("persona", ["asg", "second_administrator"])
def test_approval_by_a_second_person_gives_the_role(persona, request, events):
    change = RoleChangeFactory(new_role="registry_clerk", old_role="desk_officer")

    approve_role(actor=request.getfixturevalue(persona), change=change)

    assert User.objects.get(pk=change.user_id).role == "registry_clerk"
    assert len(events("accounts.role_approved")) == 1


def test_approval_moves_the_standing_groups(asg):
    change = RoleChangeFactory(user=UserFactory(expert=True), new_role="desk_officer")

    approve_role(actor=asg, change=change)

    assert change.user.groups.filter(name=OPEN_FILES_GROUP).exists()


def test_approval_by_the_proposer_is_refused(db):
    change = RoleChangeFactory()

    with pytest.raises(NotPermitted) as refusal:
        approve_role(actor=change.proposed_by, change=change)

    assert refusal.value.code == "second_person_needed"


def test_approval_by_the_one_concerned_is_refused(administrator):
    change = RoleChangeFactory(user=UserFactory(administrator=True), new_role="asg")

    with pytest.raises(NotPermitted):
        approve_role(actor=change.user, change=change)


@pytest.mark.parametrize(
    "persona", ["officer", "head", "secretary_general", "auditor", "focal_point"]
)
def test_approval_without_the_power_is_refused(persona, request):
    with pytest.raises(NotPermitted):
        approve_role(actor=request.getfixturevalue(persona), change=RoleChangeFactory())


def test_approval_twice_is_refused(asg):
    change = RoleChangeFactory()
    approve_role(actor=asg, change=change)

    with pytest.raises(Refused) as refusal:
        approve_role(actor=asg, change=change)

    assert refusal.value.code == "already_decided"


def test_approval_after_the_account_was_closed_is_refused(asg):
    change = RoleChangeFactory(user=UserFactory(deactivated=True))

    with pytest.raises(Refused):
        approve_role(actor=asg, change=change)

    change.refresh_from_db()
    assert change.decided_at is None


def test_approval_is_undone_when_the_record_fails(asg, monkeypatch):
    change = RoleChangeFactory()
    monkeypatch.setattr("audit.services._write", _fail)

    with pytest.raises(DatabaseError):
        approve_role(actor=asg, change=change)

    assert User.objects.get(pk=change.user_id).role == "desk_officer"


def test_declining_keeps_the_role(asg, events):
    change = RoleChangeFactory()

    decline_role(actor=asg, change=change)

    assert User.objects.get(pk=change.user_id).role == "desk_officer"
    assert len(events("accounts.role_declined")) == 1


def test_declining_by_the_proposer_is_refused(db):
    change = RoleChangeFactory()

    with pytest.raises(NotPermitted):
        decline_role(actor=change.proposed_by, change=change)


@pytest.mark.parametrize("who", ["proposed_by", "user"])
def test_database_itself_asks_for_two_persons(db, who):
    change = RoleChangeFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleChange.objects.filter(pk=change.pk).update(
            decided_by=getattr(change, who), decided_at=timezone.now(), is_approved=True
        )


def test_administrator_and_auditor_see_no_file():
    assert not ROLES["administrator"].may_see_files()
    assert not ROLES["auditor"].may_see_files()
    assert not ROLES["newcomer"].powers


def test_every_role_that_sees_all_or_rules_accounts_needs_two():
    weighty = {code for code, role in ROLES.items() if role.needs_second_person()}

    assert weighty == {
        "head_of_unit",
        "asg",
        "secretary_general",
        "sg_cabinet",
        "registry_clerk",
        "auditor",
        "administrator",
    }


def test_every_staff_role_has_an_outward_name():
    for role in ROLES.values():
        assert bool(role.outward_name) == (role.side is Side.SECRETARIAT)
        assert role.label
        assert role.description


def test_states_roles_hold_no_power():
    assert all(not ROLES[code].powers for code in STATE_ROLES)


def _fail(*args, **kwargs):
    raise DatabaseError("the record cannot be written")
