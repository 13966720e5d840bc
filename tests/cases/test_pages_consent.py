"""The journey of consent through the pages: who is missing is named, until nobody is (C1 to C5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.choices import ActivityKind, ConsentState
from cases.models import Activity, Consent
from tests.factories.cases import (
    BasisFactory,
    ConsentFactory,
    ConsentStepFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)

pytestmark = pytest.mark.django_db


def url_of(name: str, obj: Any) -> str:
    return reverse(f"cases:{name}", args=[obj.pk])


@pytest.fixture
def talks(officer, focal_point) -> dict[str, Any]:
    """Two governments in mediation under accepted good offices; Orvana has consented."""
    dispute = DisputeFactory(desk_officer=officer)
    orvana = PartyFactory(
        dispute=dispute, state=focal_point.delegation.state, neutral_name_en="Government of Orvana"
    )
    naruba = PartyFactory(dispute=dispute, neutral_name_en="Government of Naruba")
    process = ProcessFactory(dispute=dispute, parties=[orvana, naruba], mediation=True)
    BasisFactory(process=process)
    given = ConsentFactory(process=process, party=orvana, role="mediation", given=True)
    return {"dispute": dispute, "process": process, "naruba": naruba, "given": given}


def plan(client, process: Any) -> Any:
    return client.post(
        url_of("activity_plan", process) + "?kind=joint_round",
        {
            "planned_on": timezone.localdate(),
            "purpose": "First joint round",
            "audience": "secretariat",
            "classification": "2",
        },
    )


def step(client, consent: Consent, state: str, **particulars: Any) -> Any:
    consent.refresh_from_db()
    return client.post(
        url_of("consent_step", consent),
        {
            "state": state,
            "on": timezone.localdate(),
            "instrument": "note",
            "version": consent.version,
            **particulars,
        },
    )


def test_joint_round_is_refused_naming_the_missing_government_until_it_consents(
    talks, officer, client_for
):
    client, process = client_for(officer), talks["process"]
    closed = client.get(url_of("activity_plan", process) + "?kind=joint_round")
    assert "the consent of Government of Naruba is missing" in closed.content.decode()
    assert 'name="purpose"' not in closed.content.decode()
    assert url_of("activity_plan", process) in closed.content.decode()

    refused = plan(client, process)

    assert refused.status_code == 409
    assert "the consent of Government of Naruba is missing (not sought)" in str(
        refused.context["form"].errors
    )
    assert not Activity.objects.exists()

    opened = client.post(
        url_of("consent_open", process), {"party": talks["naruba"].pk, "role": "mediation"}
    )
    consent = Consent.objects.get(party=talks["naruba"])
    assert opened["Location"] == url_of("consent_step", consent)
    assert step(client, consent, "sought").status_code == 302
    assert "(sought " in plan(client, process).content.decode()
    assert step(client, consent, "given", instrument_reference="Note 77").status_code == 302

    assert plan(client, process).status_code == 302
    assert Activity.objects.get().kind == ActivityKind.JOINT_ROUND


def test_oral_consent_counts_once_the_asg_has_countersigned(talks, officer, asg, client_for):
    client, process = client_for(officer), talks["process"]
    consent = ConsentFactory(process=process, party=talks["naruba"], role="mediation", sought=True)
    nameless = step(client, consent, "given", instrument="oral")
    assert nameless.status_code == 422
    oral = {"instrument": "oral", "spoken_by": "The Minister", "spoken_to": "The ASG"}
    assert step(client, consent, "given", **oral).status_code == 302
    assert "awaits countersignature" in plan(client, process).content.decode()

    made = consent.steps.get()
    html = client_for(asg).get(url_of("consent_detail", consent)).content.decode()
    assert url_of("step_countersign", made) in html
    done = client_for(asg).post(url_of("step_countersign", made), {"on": timezone.localdate()})
    assert done.status_code == 302
    assert client_for(asg).get(url_of("step_countersign", made)).status_code == 409
    assert plan(client, process).status_code == 302


def test_conditions_are_written_one_a_line_and_met_one_by_one(talks, officer, client_for):
    client, process = client_for(officer), talks["process"]
    consent = ConsentFactory(process=process, party=talks["naruba"], role="mediation", sought=True)
    assert step(client, consent, "conditional").status_code == 409
    made = step(client, consent, "conditional", conditions="Safe passage\n\nA third country\n")
    assert made.status_code == 302

    html = client.get(url_of("consent_list", talks["dispute"])).content.decode()
    assert "0 of 2 conditions met" in html
    for condition in consent.conditions.all():
        url = url_of("condition_met", condition)
        assert condition.text in client.get(url).content.decode()
        assert client.post(url, {"on": timezone.localdate()}).status_code == 302
    assert plan(client, process).status_code == 302


def test_confirmation_in_writing_stays_visible_until_recorded(talks, officer, client_for):
    client = client_for(officer)
    made = ConsentStepFactory(
        consent=talks["given"], old_state="given", new_state="given", confirmation_pending=True
    )
    page = url_of("consent_detail", talks["given"])
    assert "confirmation in writing pending" in client.get(page).content.decode()

    done = client.post(url_of("step_confirm", made), {"on": timezone.localdate()})

    assert done.status_code == 302
    assert "Confirmed in writing" in client.get(page).content.decode()


def test_withdrawal_stops_us_at_once_and_is_told_only_by_a_released_text(
    talks, officer, asg, focal_point, envoy, client_for
):
    client, process, dispute = client_for(officer), talks["process"], talks["dispute"]
    ConsentFactory(process=process, party=talks["naruba"], role="mediation", given=True)
    assert plan(client, process).status_code == 302
    StateNotificationFactory(dispute=dispute, state=focal_point.delegation.state, shared=True)
    TeamMemberFactory(dispute=dispute, user=envoy)
    given = talks["given"]

    said = step(client, given, "no_longer_in_force", note="Tired of it").status_code
    assert said == 302
    assert "Tired of it" in client.get(url_of("consent_detail", given)).content.decode()

    assert "On hold" in client.get(url_of("dispute_detail", dispute)).content.decode()
    assert "no longer in force" in plan(client, process).content.decode()
    for person in (focal_point, envoy):
        outside = client_for(person).get(url_of("consent_detail", given)).content.decode()
        assert "Given" in outside
        assert "o longer in force" not in outside

    withdrawal = given.steps.get(new_state=ConsentState.NO_LONGER_IN_FORCE)
    url = url_of("step_release", withdrawal)
    assert client.get(url).status_code == 403
    empty = client_for(asg).post(url, {})
    assert empty.status_code == 409
    released = client_for(asg).post(url, {"outward_text_en": "Consultations pause."})
    assert released.status_code == 302
    for person in (focal_point, envoy):
        outside = client_for(person).get(url_of("consent_detail", given)).content.decode()
        assert "Consultations pause." in outside
        assert "No longer in force" in outside
        assert "Tired of it" not in outside


def test_form_offers_only_the_moves_that_the_state_allows(talks, officer, client_for):
    client = client_for(officer)

    form = client.get(url_of("consent_step", talks["given"])).context["form"]

    assert [key for key, _label in form.fields["state"].choices] == ["no_longer_in_force"]
    assert "conditions" not in form.fields
    assert step(client, talks["given"], "sought").status_code == 422


def test_movements_agree_to_take_part_apart_from_governments(talks, officer, client_for):
    movement = PartyFactory(
        dispute=talks["dispute"], movement=True, neutral_name_en="Herders of the valley"
    )
    movement.places.create(process=talks["process"])

    html = client_for(officer).get(url_of("consent_list", talks["dispute"])).content.decode()

    first, second = html.split("Agreement of movements and others to take part", 1)
    assert "Government of Orvana" in first
    assert "Herders of the valley" not in first
    assert "Herders of the valley" in second
    assert "Neither affects the legal status of the parties." in html


def test_matrix_outside_holds_the_own_position_only(talks, focal_point, client_for):
    ConsentFactory(process=talks["process"], party=talks["naruba"], role="mediation", sought=True)
    StateNotificationFactory(
        dispute=talks["dispute"], state=focal_point.delegation.state, shared=True
    )

    html = client_for(focal_point).get(url_of("consent_list", talks["dispute"])).content.decode()

    assert "Government of Orvana" in html
    assert "Government of Naruba" not in html
    assert url_of("consent_open", talks["process"]) not in html


def test_matrix_stays_within_its_budget(talks, officer, client_for, django_assert_max_num_queries):
    client = client_for(officer)
    client.get("/")

    with django_assert_max_num_queries(20):
        client.get(url_of("consent_list", talks["dispute"]))
