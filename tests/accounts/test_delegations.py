"""Who speaks for a State: accreditation, freeze, release (Rules A1 and A2); units beside them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from accounts.models import ApiToken, Delegation, Unit
from accounts.services.delegations import (
    accept_accreditation,
    freeze_delegation,
    record_accreditation,
    release_delegation,
)
from accounts.services.units import add_unit, change_unit
from common.errors import NotPermitted, Refused, Stale
from tests.factories.accounts import (
    PASSWORD,
    DelegationFactory,
    StateUserFactory,
    UnitFactory,
    UserFactory,
    token_for,
)
from tests.factories.institutions import StateFactory

NOTE = {"note_reference": "MFA/12/2026", "note_date": date(2026, 3, 1), "signatory": "The Minister"}


def test_accreditation_is_recorded_by_the_registry(registry, events):
    state = StateFactory()

    delegation = record_accreditation(actor=registry, state=state, **NOTE)

    assert not delegation.is_accepted
    assert not delegation.is_in_force
    assert events("accounts.accreditation_recorded")[0].target_id == str(delegation.pk)


def test_accreditation_of_a_state_of_the_exercise_is_of_the_exercise(registry):
    assert record_accreditation(
        actor=registry, state=StateFactory(exercise=True), **NOTE
    ).is_exercise


def test_second_delegation_of_a_state_is_refused(registry, delegation):
    with pytest.raises(ValidationError):
        record_accreditation(actor=registry, state=delegation.state, **NOTE)


def test_accreditation_recorded_by_an_officer_is_refused(officer):
    with pytest.raises(NotPermitted):
        record_accreditation(actor=officer, state=StateFactory(), **NOTE)


def test_accreditation_is_not_recorded_when_the_record_fails(registry, broken_record):
    with pytest.raises(DatabaseError):
        record_accreditation(actor=registry, state=StateFactory(), **NOTE)

    assert not Delegation.objects.exists()


def test_acceptance_is_the_secretary_generals(secretary_general, events):
    delegation = DelegationFactory(not_accepted=True)

    accept_accreditation(actor=secretary_general, delegation=delegation, on=date(2026, 3, 4))

    delegation.refresh_from_db()
    assert delegation.is_in_force
    assert delegation.accepted_by == secretary_general
    assert len(events("accounts.accreditation_accepted")) == 1


@pytest.mark.parametrize("persona", ["administrator", "asg", "registry", "head", "cabinet"])
def test_acceptance_freeze_and_release_by_others_are_refused(persona, request):
    actor = request.getfixturevalue(persona)

    with pytest.raises(NotPermitted):
        accept_accreditation(
            actor=actor, delegation=DelegationFactory(not_accepted=True), on=date(2026, 3, 4)
        )
    with pytest.raises(NotPermitted):
        freeze_delegation(actor=actor, delegation=DelegationFactory(), reason="x")
    with pytest.raises(NotPermitted):
        release_delegation(actor=actor, delegation=DelegationFactory(frozen=True), reason="x")


def test_acceptance_twice_is_refused(secretary_general, delegation):
    with pytest.raises(Refused) as refusal:
        accept_accreditation(actor=secretary_general, delegation=delegation, on=date(2026, 3, 4))

    assert refusal.value.code == "already_accepted"


def test_acts_across_the_two_worlds_are_refused(secretary_general):
    with pytest.raises(Refused) as refusal:
        freeze_delegation(
            actor=secretary_general, delegation=DelegationFactory(exercise=True), reason="x"
        )

    assert refusal.value.code == "other_world"


def test_freeze_ends_sessions_and_tokens_at_once(
    secretary_general, focal_point, client_for, api_for, events
):
    browser, api = client_for(focal_point), api_for(focal_point)
    assert browser.get("/accounts/profile/").status_code == 200

    freeze_delegation(
        actor=secretary_general, delegation=focal_point.delegation, reason="Contested"
    )

    assert browser.get("/accounts/profile/").status_code == 302
    assert api.get("/api/v1/me/").status_code == 401
    assert not ApiToken.objects.exists()
    focal_point.delegation.refresh_from_db()
    assert not focal_point.may_see_files
    assert events("accounts.delegation_frozen")[0].payload["reason"] == "Contested"


def test_frozen_users_are_told_whom_to_contact(client, secretary_general, focal_point):
    freeze_delegation(
        actor=secretary_general, delegation=focal_point.delegation, reason="Contested"
    )

    answer = client.post(
        "/accounts/login/", {"login": focal_point.email, "password": PASSWORD}, follow=True
    )

    assert "Please contact the General Secretariat." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_freeze_is_unseen_by_other_states(secretary_general, delegation, other_focal_point):
    freeze_delegation(actor=secretary_general, delegation=delegation, reason="Contested")

    assert delegation not in Delegation.objects.visible_to(other_focal_point)


def test_freeze_of_a_delegation_not_in_force_is_refused(secretary_general):
    with pytest.raises(Refused):
        freeze_delegation(
            actor=secretary_general, delegation=DelegationFactory(not_accepted=True), reason="x"
        )


def test_freeze_of_a_stale_delegation_is_refused(secretary_general, delegation):
    with pytest.raises(Stale):
        freeze_delegation(actor=secretary_general, delegation=delegation, reason="x", version=9)


def test_freeze_is_undone_when_the_record_fails(secretary_general, focal_point, broken_record):
    token_for(focal_point)

    with pytest.raises(DatabaseError):
        freeze_delegation(actor=secretary_general, delegation=focal_point.delegation, reason="x")

    focal_point.delegation.refresh_from_db()
    assert focal_point.delegation.is_in_force
    assert ApiToken.objects.exists()


def test_release_opens_the_door_again(client, secretary_general, events):
    user = StateUserFactory(delegation=DelegationFactory(frozen=True))

    release_delegation(actor=secretary_general, delegation=user.delegation, reason="Settled")

    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert len(events("accounts.delegation_released")) == 1


def test_release_of_what_is_not_frozen_is_refused(secretary_general, delegation):
    with pytest.raises(Refused):
        release_delegation(actor=secretary_general, delegation=delegation, reason="x")


# Units ------------------------------------------------------------------------------------------


def test_unit_is_added_and_changed_with_its_head(administrator, head, events):
    unit = add_unit(actor=administrator, code="PSCU", name_en="Peace and Security", head=head)
    change_unit(actor=administrator, unit=unit, version=1, name_fr="Paix et sécurité", head=None)

    unit.refresh_from_db()
    assert unit.head is None
    assert unit.version == 2
    assert len(events("accounts.unit_changed")) == 2


def test_unit_unchanged_leaves_no_trace(administrator, events):
    unit = UnitFactory()

    change_unit(actor=administrator, unit=unit, code=unit.code)

    assert events("accounts.unit_changed") == []


def test_unit_is_for_administrators(officer):
    with pytest.raises(NotPermitted):
        add_unit(actor=officer, code="X", name_en="X")
    with pytest.raises(NotPermitted):
        change_unit(actor=officer, unit=UnitFactory(), code="Y")


@pytest.mark.parametrize("trait", [{"deactivated": True}, {"expert": True}])
def test_unit_headed_by_no_member_of_staff_is_refused(administrator, trait):
    with pytest.raises(Refused) as refusal:
        add_unit(actor=administrator, code="X", name_en="X", head=UserFactory(**trait))

    assert refusal.value.field == "head"


def test_unit_without_a_name_is_refused(administrator):
    with pytest.raises(ValidationError):
        add_unit(actor=administrator, code="X")


def test_unit_is_not_added_when_the_record_fails(administrator, broken_record):
    with pytest.raises(DatabaseError):
        add_unit(actor=administrator, code="X", name_en="X")

    assert not Unit.objects.exists()


def test_units_and_delegations_are_unseen_from_outside(focal_point, envoy, other_focal_point):
    UnitFactory()

    assert not Unit.objects.visible_to(focal_point).exists()
    assert not Unit.objects.visible_to(envoy).exists()
    assert list(Delegation.objects.visible_to(focal_point)) == [focal_point.delegation]
    assert not Delegation.objects.visible_to(envoy).exists()
