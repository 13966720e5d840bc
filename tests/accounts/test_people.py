"""Accounts are invited, changed, cleared and closed by others, never by oneself."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import ApiToken, Delegation, Invitation, RoleChange, Unit, User
from accounts.services import people
from accounts.services.groups import sync_groups
from accounts.services.house import create_administrator, set_up_account
from common.choices import Classification
from common.errors import NotPermitted, Refused, Stale
from common.extensions import on_person_leaving
from common.grants import OPEN_FILES_GROUP, group_of
from tests.factories.accounts import (
    PASSWORD,
    DelegationFactory,
    RoleChangeFactory,
    StateUserFactory,
    UnitFactory,
    UserFactory,
    token_for,
)


def invite(actor, **values):
    return people.invite_user(
        actor=actor,
        **{"email": "new@example.org", "full_name": "New Person", "role": "desk_officer"} | values,
    )


def groups_of(user):
    return set(user.groups.values_list("name", flat=True))


# Inviting ---------------------------------------------------------------------------------------


def test_invite_makes_an_account_without_password(administrator, events):
    invited = invite(administrator, email="New@Example.org", clearance=Classification.RESTRICTED)

    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert user.role == "desk_officer"
    assert user.clearance == Classification.RESTRICTED
    assert invited.key not in Invitation.objects.get().digest
    assert groups_of(user) == {f"user:{user.pk}", OPEN_FILES_GROUP}
    assert [event.target_id for event in events("accounts.user_invited")] == [str(user.pk)]


def test_invite_of_a_states_user_takes_the_states_world_and_group(administrator):
    delegation = DelegationFactory(exercise=True)

    user = invite(administrator, role="focal_point", delegation=delegation).user

    assert user.is_exercise
    assert groups_of(user) == {f"user:{user.pk}", f"state:{delegation.state_id}"}


def test_invite_into_a_weighty_role_waits_for_a_second_person(administrator, asg):
    user = invite(administrator, role="head_of_unit").user

    assert user.role == "newcomer"
    assert RoleChange.objects.get(user=user).new_role == "head_of_unit"


def test_invite_into_a_weighty_role_while_nobody_could_approve(administrator):
    user = invite(administrator, role="administrator").user

    assert user.role == "administrator"
    assert not RoleChange.objects.exists()


def test_invite_into_a_weighty_role_is_not_freed_by_closing_the_others(administrator):
    UserFactory(administrator=True, deactivated=True)

    assert invite(administrator, role="asg").user.role == "newcomer"


def test_invite_above_own_clearance_is_refused(db):
    administrator = UserFactory(administrator=True, clearance=Classification.RESTRICTED)

    with pytest.raises(NotPermitted) as refusal:
        invite(administrator, clearance=Classification.SECRET)

    assert refusal.value.code == "above_own_clearance"


@pytest.mark.parametrize(
    "persona", ["officer", "head", "asg", "auditor", "registry", "focal_point"]
)
def test_invite_is_for_administrators(persona, request):
    with pytest.raises(NotPermitted):
        invite(request.getfixturevalue(persona))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": "focal_point"}, "delegation_missing"),
        ({"role": "desk_officer", "delegation": DelegationFactory}, "delegation_not_wanted"),
        (
            {"role": "focal_point", "delegation": lambda: DelegationFactory(not_accepted=True)},
            "delegation_not_in_force",
        ),
        (
            {"role": "focal_point", "delegation": lambda: DelegationFactory(frozen=True)},
            "delegation_not_in_force",
        ),
    ],
)
def test_invite_with_a_delegation_that_does_not_fit_is_refused(administrator, values, code):
    values = {name: value() if callable(value) else value for name, value in values.items()}

    with pytest.raises(Refused) as refusal:
        invite(administrator, **values)

    assert refusal.value.code == code
    assert refusal.value.field == "delegation"


def test_invite_with_a_power_of_a_state_for_staff_is_refused(administrator):
    with pytest.raises(ValidationError):
        invite(administrator, is_authorised_signatory=True)


def test_invite_with_a_name_taken_is_refused(administrator, officer):
    with pytest.raises(ValidationError) as error:
        invite(administrator, email=officer.email.upper())

    assert "email" in error.value.message_dict


def test_invite_with_a_direction_mark_in_the_name_is_refused(administrator):
    with pytest.raises(ValidationError):
        invite(administrator, full_name="Admin\u202enimda")


def test_invite_is_undone_when_the_record_fails(administrator, broken_record):
    with pytest.raises(DatabaseError):
        invite(administrator)

    assert not User.objects.filter(email="new@example.org").exists()


# Invitations ------------------------------------------------------------------------------------


def test_invitation_sets_the_password_once(administrator, events):
    invited = invite(administrator)

    user = people.accept_invitation(key=invited.key, password=PASSWORD)

    assert user.check_password(PASSWORD)
    assert events("accounts.invitation_used")[0].actor_id == str(user.pk)
    with pytest.raises(Refused):
        people.accept_invitation(key=invited.key, password=PASSWORD)


def test_invitation_older_than_seven_days_is_refused(administrator, time_machine):
    invited = invite(administrator)
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))

    with pytest.raises(Refused):
        people.accept_invitation(key=invited.key, password=PASSWORD)


def test_invitation_of_an_account_closed_since_is_refused(administrator):
    invited = invite(administrator)
    people.deactivate_user(actor=administrator, user=invited.user, reason="A mistake")

    with pytest.raises(Refused):
        people.accept_invitation(key=invited.key, password=PASSWORD)


def test_invitation_is_unused_when_the_record_fails(administrator, monkeypatch):
    invited = invite(administrator)
    monkeypatch.setattr("audit.services._write", _fail)

    with pytest.raises(DatabaseError):
        people.accept_invitation(key=invited.key, password=PASSWORD)

    assert Invitation.objects.get().used_at is None


def test_renewed_invitation_replaces_the_older(administrator):
    first = invite(administrator)

    second = people.renew_invitation(actor=administrator, user=first.user)

    with pytest.raises(Refused):
        people.accept_invitation(key=first.key, password=PASSWORD)
    assert people.accept_invitation(key=second.key, password=PASSWORD) == first.user


def test_renewed_invitation_for_a_person_who_has_a_password_is_refused(administrator, officer):
    with pytest.raises(Refused):
        people.renew_invitation(actor=administrator, user=officer)


def test_renewed_invitation_is_for_administrators(officer, other_officer):
    with pytest.raises(NotPermitted):
        people.renew_invitation(actor=officer, user=other_officer)


# Changing ---------------------------------------------------------------------------------------


def test_change_of_function_and_unit_is_recorded_with_before_and_after(
    administrator, officer, events
):
    unit = UnitFactory()

    people.change_user(actor=administrator, user=officer, unit=unit, job_title="First officer")

    officer.refresh_from_db()
    assert officer.unit == unit
    assert officer.version == 2
    changes = events("accounts.user_changed")[0].payload["changes"]
    assert changes["job_title"] == ["", "First officer"]


def test_change_that_changes_nothing_leaves_no_trace(administrator, officer, events):
    people.change_user(actor=administrator, user=officer, full_name=officer.full_name)

    assert events("accounts.user_changed") == []


def test_change_of_what_has_its_own_act_is_a_mistake_of_the_house(administrator, officer):
    with pytest.raises(TypeError):
        people.change_user(actor=administrator, user=officer, role="asg")


def test_change_of_ones_own_account_is_refused(administrator):
    with pytest.raises(NotPermitted) as refusal:
        people.change_user(actor=administrator, user=administrator, full_name="Other")

    assert refusal.value.code == "not_for_oneself"


def test_change_by_an_officer_is_refused(officer, other_officer):
    with pytest.raises(NotPermitted):
        people.change_user(actor=officer, user=other_officer, full_name="Other")


def test_change_of_a_stale_account_is_refused(administrator, officer):
    with pytest.raises(Stale):
        people.change_user(actor=administrator, user=officer, version=7, full_name="Other")


def test_change_of_state_ends_access_and_moves_the_group(administrator, focal_point):
    token_for(focal_point)
    new = DelegationFactory()

    people.change_user(actor=administrator, user=focal_point, delegation=new)

    assert groups_of(focal_point) == {f"user:{focal_point.pk}", f"state:{new.state_id}"}
    assert not ApiToken.objects.exists()
    focal_point.refresh_from_db()
    assert focal_point.session_epoch == 1


def test_change_of_state_into_the_other_world_is_refused(administrator, focal_point):
    with pytest.raises(Refused) as refusal:
        people.change_user(
            actor=administrator, user=focal_point, delegation=DelegationFactory(exercise=True)
        )

    assert refusal.value.code == "other_world"


def test_change_is_undone_when_the_record_fails(administrator, officer, broken_record):
    with pytest.raises(DatabaseError):
        people.change_user(actor=administrator, user=officer, job_title="Other")

    officer.refresh_from_db()
    assert officer.job_title == ""


# Clearance --------------------------------------------------------------------------------------


def test_clearance_is_changed_with_a_reason(administrator, officer, events):
    people.change_clearance(
        actor=administrator, user=officer, clearance=Classification.SECRET, reason="New task"
    )

    officer.refresh_from_db()
    assert officer.clearance == Classification.SECRET
    assert events("accounts.clearance_changed")[0].payload["reason"] == "New task"


def test_clearance_of_oneself_is_refused(administrator):
    with pytest.raises(NotPermitted):
        people.change_clearance(
            actor=administrator, user=administrator, clearance=Classification.OPEN, reason="x"
        )


def test_clearance_above_ones_own_is_refused(officer):
    administrator = UserFactory(administrator=True, clearance=Classification.RESTRICTED)

    with pytest.raises(NotPermitted) as refusal:
        people.change_clearance(
            actor=administrator, user=officer, clearance=Classification.SECRET, reason="x"
        )

    assert "Restricted" in str(refusal.value)


def test_clearance_that_stays_is_refused(administrator, officer):
    with pytest.raises(Refused):
        people.change_clearance(
            actor=administrator, user=officer, clearance=officer.clearance, reason="x"
        )


def test_clearance_stays_when_the_record_fails(administrator, officer, broken_record):
    with pytest.raises(DatabaseError):
        people.change_clearance(actor=administrator, user=officer, clearance=0, reason="x")

    officer.refresh_from_db()
    assert officer.clearance == Classification.CONFIDENTIAL


# Closing ----------------------------------------------------------------------------------------


def test_closing_ends_sessions_and_tokens_at_once(administrator, officer, client_for, api_for):
    browser, api = client_for(officer), api_for(officer)
    assert browser.get("/accounts/profile/").status_code == 200
    assert api.get("/api/v1/me/").status_code == 200

    people.deactivate_user(actor=administrator, user=officer, reason="Has left")

    assert browser.get("/accounts/profile/").status_code == 302
    assert api.get("/api/v1/me/").status_code == 401


def test_opening_again_revives_neither_session_nor_token(
    administrator, officer, client_for, api_for
):
    browser, api = client_for(officer), api_for(officer)
    people.deactivate_user(actor=administrator, user=officer, reason="Has left")

    people.reactivate_user(actor=administrator, user=officer, reason="Is back")

    assert browser.get("/accounts/profile/").status_code == 302
    assert api.get("/api/v1/me/").status_code == 401
    assert client_for(User.objects.get(pk=officer.pk)).get("/accounts/profile/").status_code == 200


def test_closing_tells_the_apps_above(administrator, officer, monkeypatch):
    told = []
    monkeypatch.setitem(
        on_person_leaving._providers, "test", lambda actor, user: told.append((actor, user))
    )

    people.deactivate_user(actor=administrator, user=officer, reason="Has left")

    assert told == [(administrator, officer)]


def test_closing_ones_own_account_is_refused(administrator):
    with pytest.raises(NotPermitted):
        people.deactivate_user(actor=administrator, user=administrator, reason="x")


def test_closing_twice_is_refused(administrator):
    with pytest.raises(Refused):
        people.deactivate_user(actor=administrator, user=UserFactory(deactivated=True), reason="x")


def test_closing_is_undone_when_the_record_fails(administrator, officer, broken_record):
    token_for(officer)

    with pytest.raises(DatabaseError):
        people.deactivate_user(actor=administrator, user=officer, reason="x")

    officer.refresh_from_db()
    assert officer.is_active
    assert ApiToken.objects.filter(user=officer).exists()


def test_opening_an_open_account_is_refused(administrator, officer):
    with pytest.raises(Refused):
        people.reactivate_user(actor=administrator, user=officer, reason="x")


def test_opening_is_for_administrators(officer):
    with pytest.raises(NotPermitted):
        people.reactivate_user(actor=officer, user=UserFactory(deactivated=True), reason="x")


def test_ending_access_of_oneself_is_open_to_all(officer, events):
    token_for(officer)

    people.end_access(actor=officer, user=officer)

    assert not ApiToken.objects.exists()
    assert len(events("accounts.access_ended")) == 1


def test_ending_access_of_another_is_for_administrators(administrator, officer, other_officer):
    with pytest.raises(NotPermitted):
        people.end_access(actor=officer, user=other_officer)

    people.end_access(actor=administrator, user=other_officer)


# Language, groups, the house --------------------------------------------------------------------


def test_language_is_kept_and_recorded_once(officer, events):
    people.choose_language(actor=officer, language="ar")
    people.choose_language(actor=officer, language="ar")

    officer.refresh_from_db()
    assert officer.language == "ar"
    assert len(events("accounts.language_changed")) == 1


def test_groups_of_a_team_are_left_alone(officer):
    officer.groups.add(group_of("team", officer.pk))

    sync_groups(user=officer)

    assert f"team:{officer.pk}" in groups_of(officer)


def test_first_administrator_is_made_once(db, events):
    invited = create_administrator(email="root@example.org", full_name="First Person")

    assert invited.user.clearance == Classification.SECRET
    assert not invited.user.may_see_files
    assert events("accounts.administrator_created")[0].actor_id == ""
    with pytest.raises(Refused):
        create_administrator(email="other@example.org", full_name="Second Person")


def test_account_of_the_demonstration_is_set_up_twice_and_the_same(db, events):
    for _ in range(2):
        user = set_up_account(
            email="Demo@example.org",
            password=PASSWORD,
            full_name="Demo",
            role="desk_officer",
            clearance=Classification.RESTRICTED,
        )

    assert User.objects.filter(email="demo@example.org").count() == 1
    assert user.check_password(PASSWORD)
    assert len(events("accounts.account_set_up")) == 1


def test_state_users_see_their_own_delegation_only(
    focal_point, signatory, other_focal_point, officer
):
    assert set(User.objects.visible_to(focal_point)) == {focal_point, signatory}
    assert officer not in User.objects.visible_to(focal_point)


def test_staff_see_staff_of_their_world(officer, head, focal_point, envoy):
    seen = set(User.objects.visible_to(officer))

    assert {officer, head} <= seen
    assert focal_point not in seen
    assert envoy not in seen
    assert UserFactory(desk_officer=True, is_exercise=True) not in seen


def test_strangers_and_closed_accounts_see_nobody(db):
    assert not User.objects.visible_to(AnonymousUser()).exists()
    assert not User.objects.visible_to(UserFactory(deactivated=True)).exists()


def test_a_mediator_sees_oneself(envoy, officer):
    assert list(User.objects.visible_to(envoy)) == [envoy]


def test_a_portal_administrator_does_not_see_another_state(portal_administrator, other_focal_point):
    assert other_focal_point not in User.objects.visible_to(portal_administrator)
    assert StateUserFactory(delegation=portal_administrator.delegation) in User.objects.visible_to(
        portal_administrator
    )


def _fail(*args, **kwargs):
    raise DatabaseError("the record cannot be written")


def test_command_prints_the_invitation_once_and_refuses_the_second_time(db, client):
    out = StringIO()
    call_command("create_administrator", email="a@example.org", name="First", stdout=out)

    path = out.getvalue().split("//")[1].split("/", 1)[1].strip()
    assert client.get(f"/{path}", follow=True).status_code == 200
    with pytest.raises(CommandError, match="already"):
        call_command("create_administrator", email="b@example.org", name="Second")


def test_command_refuses_what_is_no_address(db):
    with pytest.raises(CommandError):
        call_command("create_administrator", email="nonsense", name="First")


def test_account_is_found_by_its_address_whatever_the_capitals(officer):
    assert User.objects.get_by_natural_key(officer.email.upper()) == officer


def test_names_of_accounts_and_what_belongs_to_them(administrator, officer):
    invitation = invite(administrator).invitation

    assert str(invitation) == "New Person"
    assert str(UserFactory.build(full_name="", email="a@example.org")) == "a@example.org"
    assert str(UnitFactory(name_en="Peace")) == "Peace"
    assert officer.kind.code == officer.role


def test_session_of_an_older_secret_key_dies_with_the_epoch(officer, settings):
    settings.SECRET_KEY_FALLBACKS = ["older"]
    before = list(officer.get_session_auth_fallback_hash())

    officer.session_epoch += 1

    assert set(before).isdisjoint(officer.get_session_auth_fallback_hash())


def test_change_that_asks_for_no_version_of_a_delegation_kept(administrator, focal_point, events):
    people.change_user(
        actor=administrator, user=focal_point, delegation=focal_point.delegation, job_title="Envoy"
    )

    assert set(events("accounts.user_changed")[0].payload["changes"]) == {"job_title"}


def test_clearance_given_by_an_officer_is_refused(officer, other_officer):
    with pytest.raises(NotPermitted):
        people.change_clearance(actor=officer, user=other_officer, clearance=0, reason="x")


def test_strangers_see_no_unit_delegation_or_proposal(delegation):
    UnitFactory()
    RoleChangeFactory()

    for model in (Unit, Delegation, RoleChange):
        assert not model.objects.visible_to(AnonymousUser()).exists()


def test_proposal_names_person_and_roles(db):
    change = RoleChangeFactory()

    assert str(change) == f"{change.user}: desk_officer → head_of_unit"
