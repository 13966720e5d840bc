"""Every act page of a file: open to whom, refused to whom with the reason, absent for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.choices import (
    ActivityKind,
    ActivityState,
    BasisState,
    ConsentState,
    DisputeStatus,
    Engagement,
    MandateState,
    Stage,
)
from cases.models import Activity, Basis, Dispute, Party, Process, RootCause, TeamMember
from common.choices import Classification
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    ActivityFactory,
    BasisFactory,
    ConsentFactory,
    ConsentStepFactory,
    DisputeFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
    RootCauseFactory,
    StateNotificationFactory,
    TeamMemberFactory,
    TermsOfReferenceFactory,
)
from tests.factories.institutions import ActorFactory, SessionFactory, StateFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def file(officer) -> dict[str, Any]:
    """A file with one of everything on which there are acts."""
    dispute = DisputeFactory(desk_officer=officer)
    party = PartyFactory(dispute=dispute, neutral_name_en="Government of Orvana")
    process = ProcessFactory(dispute=dispute, parties=[party])
    consent = ConsentFactory(process=process, party=party, sought=True)
    return {
        "dispute": dispute,
        "party": party,
        "process": process,
        "consent": consent,
        "step": ConsentStepFactory(consent=consent, oral=True, confirmation_pending=True),
        "cause": RootCauseFactory(dispute=dispute),
        "member": TeamMemberFactory(dispute=dispute),
        "notification": StateNotificationFactory(dispute=dispute),
        "basis": BasisFactory(process=process, state=BasisState.OFFERED),
        "draft": MandateFactory(dispute=dispute),
        "adopted": MandateFactory(dispute=dispute, adopted=True, until_session=True),
        "activity": ActivityFactory(process=process),
    }


#: Route → on which thing of the file. A new act page needs a line here.
ACTS = {
    "dispute_change": "dispute",
    "dispute_reclassify": "dispute",
    "dispute_assign": "dispute",
    "dispute_suspend": "dispute",
    "end_propose": "dispute",
    "party_add": "dispute",
    "party_change": "party",
    "cause_add": "dispute",
    "cause_change": "cause",
    "team_add": "dispute",
    "team_end": "member",
    "state_notify": "dispute",
    "state_share": "notification",
    "sharing_end": "notification",
    "process_open": "dispute",
    "process_change": "process",
    "process_stage": "process",
    "process_engagement": "process",
    "process_suspend": "process",
    "process_resume": "process",
    "good_offices_offer": "process",
    "invitation_record": "process",
    "agreement_basis_record": "process",
    "basis_change": "basis",
    "activity_plan": "process",
    "activity_held": "activity",
    "activity_resume": "activity",
    "activity_cancel": "activity",
    "consent_open": "process",
    "consent_step": "consent",
    "step_countersign": "step",
    "step_confirm": "step",
    "mandate_draft": "dispute",
    "mandate_change": "draft",
    "mandate_adopt": "draft",
    "mandate_extend": "adopted",
    "mandate_terminate": "adopted",
    "terms_add": "adopted",
}


def url_of(name: str, obj: Any) -> str:
    return reverse(f"cases:{name}", args=[obj.pk])


@pytest.mark.parametrize("name", ACTS)
def test_act_page_opens_for_the_asg(name, file, asg, client_for):
    assert client_for(asg).get(url_of(name, file[ACTS[name]])).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_act_page_is_refused_to_a_reader_with_the_reason(name, file, cabinet, client_for):
    response = client_for(cabinet).get(url_of(name, file[ACTS[name]]))

    if name == "cause_change":  # a part of the team's, which the cabinet does not see
        assert response.status_code == 404
    else:
        assert response.status_code == 403
        assert "Your role does not cover this act." in response.content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_act_page_does_not_exist_for_others(name, file, other_officer, client_for):
    assert client_for(other_officer).get(url_of(name, file[ACTS[name]])).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_act_page_is_closed_while_the_file_is_over(name, file, asg, head, client_for):
    Dispute.objects.filter(pk=file["dispute"].pk).update(
        status=DisputeStatus.ENDED,
        outcome="opened_in_error",
        ended_on=TODAY(),
        ended_by=head,
        end_approved_by=asg,
        end_reason="Twice",
    )

    response = client_for(asg).get(url_of(name, file[ACTS[name]]))

    if name == "step_countersign":  # what was said may still be countersigned
        assert response.status_code == 200
    else:
        assert response.status_code == 409
        assert "Reopen it first" in response.content.decode()


def test_officer_does_not_do_what_is_above(file, officer, client_for):
    client = client_for(officer)

    for name in ("dispute_reclassify", "dispute_assign", "state_notify", "step_countersign"):
        assert client.get(url_of(name, file[ACTS[name]])).status_code == 403


def post(client, url: str, data: dict[str, Any], *, lands: str = "") -> None:
    response = client.post(url, data)
    assert response.status_code == 302, getattr(response, "context_data", None) or errors(response)
    if lands:
        assert response["Location"] == lands


def errors(response) -> Any:
    return response.context["form"].errors if response.context else response.content[:300]


# The file ---------------------------------------------------------------------------------------


def test_officer_opens_and_changes_a_file(officer, client_for):
    client = client_for(officer)
    state = StateFactory()
    post(
        client,
        reverse("cases:dispute_open"),
        {
            "type": "inter_state_members",
            "classification": "2",
            "opened_on": "2026-03-03",
            "title_en": "Wells",
            "states_concerned": [state.pk],
        },
    )
    dispute = Dispute.objects.get(title_en="Wells")
    assert dispute.desk_officer == officer
    assert list(dispute.states_concerned.all()) == [state]

    data = {"type": dispute.type, "title_en": "Wells and crossings", "version": dispute.version}
    post(client, url_of("dispute_change", dispute), data)
    dispute.refresh_from_db()
    assert dispute.title_en == "Wells and crossings"

    stale = client.post(url_of("dispute_change", dispute), {**data, "title_en": "Older"})
    assert stale.status_code == 412
    assert "Somebody else has changed this" in stale.content.decode()


def test_opening_is_refused_to_those_without_the_power(cabinet, registry, client_for):
    for person in (cabinet, registry):
        assert client_for(person).get(reverse("cases:dispute_open")).status_code == 403


def test_form_without_title_says_so_beside_the_field(officer, client_for):
    response = client_for(officer).post(
        reverse("cases:dispute_open"),
        {"type": "inter_state_members", "classification": "2", "opened_on": "2026-03-03"},
    )

    assert response.status_code == 422
    assert "Give the title in at least one language." in response.content.decode()


def test_head_reclassifies_assigns_and_suspends(file, head, client_for):
    client, dispute = client_for(head), file["dispute"]
    successor = UserFactory(desk_officer=True)
    post(
        client,
        url_of("dispute_reclassify", dispute),
        {"classification": "1", "reason": "Calm", "on": TODAY()},
    )
    post(client, url_of("dispute_assign", dispute), {"desk_officer": successor.pk, "on": TODAY()})
    post(client, url_of("dispute_suspend", dispute), {"reason": "Elections", "on": TODAY()})
    dispute.refresh_from_db()
    assert (dispute.classification, dispute.desk_officer, dispute.status) == (
        1,
        successor,
        "suspended",
    )

    post(client, url_of("dispute_resume", dispute), {"reason": "Over", "on": TODAY()})
    dispute.refresh_from_db()
    assert dispute.status == DisputeStatus.ACTIVE


def test_two_persons_end_a_file_and_it_is_reopened(file, officer, head, client_for):
    dispute = file["dispute"]
    mine, second = client_for(officer), client_for(head)
    data = {"outcome": "opened_in_error", "reason": "Opened twice"}
    post(mine, url_of("end_propose", dispute), data)
    assert mine.get(url_of("end_approve", dispute)).status_code == 403

    post(second, url_of("end_decline", dispute), {"reason": "Not yet"})
    post(mine, url_of("end_propose", dispute), data)
    assert "Opened twice" in second.get(url_of("end_approve", dispute)).content.decode()
    post(second, url_of("end_approve", dispute), {"on": TODAY()})
    dispute.refresh_from_db()
    assert dispute.is_ended

    post(second, url_of("dispute_reopen", dispute), {"reason": "New facts", "on": TODAY()})
    dispute.refresh_from_db()
    assert not dispute.is_ended


def test_file_is_merged_into_a_file_that_the_person_sees(file, officer, head, client_for):
    other = DisputeFactory(desk_officer=officer)
    hidden = DisputeFactory()
    url = url_of("end_propose", file["dispute"])
    data = {"outcome": "merged", "reason": "One matter"}
    client = client_for(officer)

    assert client.post(url, {**data, "merged_into": hidden.pk}).status_code == 422
    assert client.post(url, data).status_code == 409
    post(client, url, {**data, "merged_into": other.pk})

    post(client_for(head), url_of("end_approve", file["dispute"]), {"on": TODAY()})
    page = url_of("dispute_detail", file["dispute"])
    assert url_of("dispute_detail", other) in client.get(page).content.decode()
    Dispute.objects.filter(pk=other.pk).update(classification=Classification.SECRET)
    officer.clearance = Classification.CONFIDENTIAL
    officer.save()
    assert url_of("dispute_detail", other) not in client.get(page).content.decode()


def test_party_cause_and_their_corrections(file, officer, client_for):
    client, dispute = client_for(officer), file["dispute"]
    movement = ActorFactory(of_a_file=True, name_en="The front")
    url = url_of("party_add", dispute)
    assert reverse("institutions:actor_add") in client.get(url).content.decode()
    data = {"party_actor": movement.pk, "kind": "government"}
    refused = client.post(url, data)
    assert refused.status_code == 409
    assert refused.context["form"].errors["kind"]

    post(client, url, {**data, "kind": "movement", "neutral_name_en": "Herders"})
    party = Party.objects.get(neutral_name_en="Herders")
    post(
        client,
        url_of("party_change", party),
        {"neutral_name_en": "The herders", "version": party.version},
    )

    post(
        client,
        url_of("cause_add", dispute),
        {"kind": "trigger", "text_en": "A closed crossing", "identified_on": TODAY()},
    )
    cause = RootCause.objects.get(text_en="A closed crossing")
    post(
        client,
        url_of("cause_change", cause),
        {
            "kind": "trigger",
            "text_en": "The closed crossing",
            "identified_on": TODAY(),
            "version": cause.version,
        },
    )
    html = client.get(url_of("party_list", dispute)).content.decode()
    assert "The herders" in html
    assert "The closed crossing" in html


def test_team_and_sharing(file, asg, client_for):
    client, dispute = client_for(asg), file["dispute"]
    person = UserFactory(special_envoy=True)
    post(
        client,
        url_of("team_add", dispute),
        {"user": person.pk, "function": "Envoy", "valid_from": TODAY()},
    )
    member = TeamMember.objects.get(user=person)
    post(client, url_of("team_end", member), {"on": TODAY()})

    state = file["party"].actor.state
    post(
        client,
        url_of("state_notify", dispute),
        {"state": state.pk, "notified_on": TODAY(), "instrument": "Note 1"},
    )
    notification = dispute.notifications.get(state=state)
    post(client, url_of("state_share", notification), {"on": TODAY()})
    again = client.post(url_of("state_share", notification), {"on": TODAY()})
    assert again.status_code == 409
    post(client, url_of("sharing_end", notification), {"on": TODAY()})
    assert "sharing ended" in client.get(url_of("dispute_access", dispute)).content.decode()


def test_choices_offer_nobody_without_the_clearance(file, asg, client_for):
    low = UserFactory(expert=True, full_name="Low clearance")
    other_world = UserFactory(is_exercise=True, full_name="Of the exercise")

    html = client_for(asg).get(url_of("team_add", file["dispute"])).content.decode()

    assert low.full_name not in html
    assert other_world.full_name not in html


# Processes, bases, activities -------------------------------------------------------------------


def test_process_is_opened_moved_and_suspended(file, officer, client_for):
    client, dispute = client_for(officer), file["dispute"]
    post(
        client,
        url_of("process_open", dispute),
        {
            "title_en": "Border talks",
            "parties": [file["party"].pk],
            "opened_on": "2026-03-04",
            "stage": "preparation",
            "reason": "Asked for by both",
            "engagement": "good_offices",
        },
    )
    process = Process.objects.get(title_en="Border talks")
    data = {"title_en": "Talks at the border", "parties": [file["party"].pk]}
    post(client, url_of("process_change", process), {**data, "version": process.version})
    process.refresh_from_db()
    move = {"stage": Stage.PRE_NEGOTIATION, "on": TODAY(), "version": process.version}
    assert client.post(url_of("process_stage", process), move).status_code == 422
    post(client, url_of("process_stage", process), {**move, "reason": "They talk"})
    process.refresh_from_db()
    assert process.stage == Stage.PRE_NEGOTIATION
    post(
        client,
        url_of("process_engagement", process),
        {
            "engagement": Engagement.NATIONAL_PROCESS,
            "national_role": "observer",
            "on": TODAY(),
            "reason": "Led by the two",
            "version": process.version,
        },
    )
    post(client, url_of("process_suspend", process), {"reason": "Elections", "on": TODAY()})
    assert "Suspended" in client.get(url_of("process_detail", process)).content.decode()
    post(client, url_of("process_resume", process), {"reason": "Over", "on": TODAY()})


def test_stage_of_negotiation_is_refused_naming_who_is_missing(file, officer, client_for):
    url, client = url_of("process_stage", file["process"]), client_for(officer)
    assert "Government of Orvana" in client.get(url).content.decode()

    response = client.post(
        url,
        {
            "stage": "negotiation",
            "on": TODAY(),
            "reason": "Now",
            "version": file["process"].version,
        },
    )

    assert response.status_code == 409
    assert "Government of Orvana" in str(response.context["form"].errors)


def test_bases_are_recorded_and_what_became_of_them(file, officer, client_for):
    client, process = client_for(officer), file["process"]
    post(
        client,
        url_of("good_offices_offer", process),
        {"offered_on": TODAY(), "classification": "2"},
    )
    post(
        client,
        url_of("invitation_record", process),
        {
            "inviting": file["party"].actor_id,
            "invited_on": TODAY(),
            "level": "minister",
            "scope": "To hear both",
            "form": "Note",
            "classification": "2",
        },
    )
    invitation = Basis.objects.get(kind="invitation")
    html = client.get(url_of("basis_list", process)).content.decode()
    assert "To hear both" in html
    assert url_of("basis_change", invitation) in html
    post(
        client,
        url_of("basis_change", file["basis"]),
        {"state": "accepted", "on": TODAY(), "version": file["basis"].version},
    )
    assert "Accepted" in client.get(url_of("basis_list", process)).content.decode()


def test_kinds_of_activity_say_what_is_open(file, officer, client_for):
    html = client_for(officer).get(url_of("activity_plan", file["process"])).content.decode()

    assert "?kind=sounding" in html
    assert "No basis of acting is in force" in html


def test_mission_asks_for_the_agreement_of_the_state_visited(file, officer, client_for):
    BasisFactory(process=file["process"])
    client = client_for(officer)
    url = url_of("activity_plan", file["process"]) + "?kind=mission"
    data = {
        "planned_on": TODAY(),
        "purpose": "The wells",
        "audience": "secretariat",
        "classification": "2",
        "state_visited": file["party"].actor_id,
    }
    refused = client.post(url, data)
    assert refused.status_code == 409
    assert "The agreement of" in str(refused.context["form"].errors)

    post(client, url, {**data, "agreed_by_state_on": TODAY(), "agreed_by_state_how": "Note 3"})
    mission = Activity.objects.get(kind=ActivityKind.MISSION)
    assert "Note 3" in client.get(url_of("activity_detail", mission)).content.decode()
    assert "state_visited" not in client.get(url.replace("mission", "sounding")).content.decode()


def test_activity_is_held_cancelled_or_planned_again(file, officer, client_for):
    client, process = client_for(officer), file["process"]
    post(client, url_of("activity_held", file["activity"]), {"on": TODAY()})
    other = ActivityFactory(
        process=process, state=ActivityState.ON_HOLD, stopped_by=ConsentFactory(process=process)
    )
    assert "no longer in force" in client.get(url_of("activity_detail", other)).content.decode()
    post(client, url_of("activity_resume", other), {"planned_on": TODAY()})
    post(client, url_of("activity_cancel", other), {"reason": "No longer needed"})
    assert client.post(url_of("activity_cancel", other), {"reason": "Again"}).status_code == 409


# Mandates ---------------------------------------------------------------------------------------


def test_mandate_from_draft_to_termination(file, officer, client_for):
    client, dispute = client_for(officer), file["dispute"]
    session = SessionFactory(starts_on=TODAY(), ends_on=TODAY())
    holder = ActorFactory()
    data = {
        "type": "good_offices",
        "title_en": "Good offices",
        "holders": [holder.pk],
        "end_kind": "decision",
        "review_on": "2027-01-10",
    }
    post(client, url_of("mandate_draft", dispute), data)
    mandate = dispute.mandates.get(title_en="Good offices")
    data["title_en"] = "Good offices of the Chair"
    post(client, url_of("mandate_change", mandate), {**data, "version": mandate.version})
    mandate.refresh_from_db()

    adopt = {
        "session": session.pk,
        "reference": f"9/{session.number}-POL",
        "paragraph": "4",
        "adopted_on": TODAY(),
        "version": mandate.version,
    }
    unknown = client.post(url_of("mandate_adopt", mandate), adopt)
    assert unknown.status_code == 409
    assert "Give its title below" in str(unknown.context["form"].errors["reference"])
    post(client, url_of("mandate_adopt", mandate), {**adopt, "title_en": "On the valley"})
    html = client.get(url_of("mandate_detail", mandate)).content.decode()
    assert "Adopted, terms of reference pending" in html
    assert f"9/{session.number}-POL" in html

    assert client.get(url_of("mandate_activate", mandate)).status_code == 409
    post(client, url_of("terms_add", mandate), {"adopted_on": TODAY(), "text_en": "Hear both"})
    post(client, url_of("mandate_activate", mandate), {"on": TODAY()})
    assert "In force" in client.get(url_of("mandate_list", dispute)).content.decode()
    post(client, url_of("mandate_suspend", mandate), {"reason": "Elections"})
    post(client, url_of("mandate_activate", mandate), {"on": TODAY()})
    post(
        client,
        url_of("mandate_terminate", mandate),
        {
            "session": session.pk,
            "reference": "10-POL",
            "title_en": "On ending it",
            "terminated_on": TODAY(),
            "reason": "Done",
        },
    )
    mandate.refresh_from_db()
    assert mandate.state == MandateState.TERMINATED
    assert (
        "Terminated by resolution" in client.get(url_of("mandate_detail", mandate)).content.decode()
    )


@pytest.mark.parametrize("written", ["{0}/{1}-POL", "POL-{0}/{1}", "{0}/{1}", "{0}/{1}-س", "{0}"])
def test_resolution_is_found_in_any_written_form(written, file, officer, client_for):
    adopted = file["adopted"]
    draft = file["draft"]
    number, session = adopted.resolution.number, adopted.session

    response = client_for(officer).post(
        url_of("mandate_adopt", draft),
        {
            "session": session.pk,
            "reference": written.format(number, session.number),
            "paragraph": "2",
            "adopted_on": session.starts_on,
            "version": draft.version,
        },
    )

    assert response.status_code == 302 or "lead" in str(response.context["form"].errors)
    if response.status_code == 302:
        draft.refresh_from_db()
        assert draft.resolution == adopted.resolution


def test_successor_inherits_what_the_old_mandate_says(file, officer, client_for):
    old, client = file["adopted"], client_for(officer)
    url = f"{url_of('mandate_draft', file['dispute'])}?succeeds={old.pk}"

    form = client.get(url).context["form"]
    assert form.initial["title_en"] == old.title_en
    post(
        client,
        url,
        {
            "type": old.type,
            "title_en": "The second",
            "holders": [old.holders.get().pk],
            "end_kind": "date",
            "ends_on": "2031-01-01",
        },
    )
    html = client.get(url_of("mandate_detail", old)).content.decode()
    assert "Succeeded by: The second" in html
    foreign = MandateFactory(adopted=True)
    assert client.get(url.replace(str(old.pk), str(foreign.pk))).status_code == 404


def test_mandate_page_marks_what_is_unusual(file, officer, client_for):
    adopted, client = file["adopted"], client_for(officer)
    TermsOfReferenceFactory(mandate=adopted, number=1, text_en="First wording")
    TermsOfReferenceFactory(mandate=adopted, number=2, text_en="Second wording", reason="Shorter")
    adopted.end_session.status = "postponed"
    adopted.end_session.save()

    html = client.get(url_of("mandate_detail", adopted)).content.decode()

    for words in (
        "First wording",
        "Second wording",
        "lies outside the days of that session",
        "postponed",
    ):
        assert words in html, words
    post(
        client,
        url_of("mandate_extend", adopted),
        {"session": SessionFactory(planned=True).pk, "told_on": TODAY(), "reason": "Postponed"},
    )
    assert "(technical extension)" in client.get(url_of("mandate_detail", adopted)).content.decode()


def test_consent_states_have_a_page_each(file, officer, client_for):
    for state in ConsentState:
        consent = ConsentFactory(process=file["process"], state=state)
        assert client_for(officer).get(url_of("consent_detail", consent)).status_code == 200
        assert client_for(officer).get(url_of("consent_step", consent)).status_code == 200
