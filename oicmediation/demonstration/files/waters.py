"""Files on waters that two States share: one whose mandate has lapsed, one in preparation."""

from __future__ import annotations

from cases.choices import (
    ActivityKind,
    BasisState,
    ConsentRole,
    ConsentState,
    DisputeType,
    Engagement,
    Instrument,
    Level,
    MandateEnd,
    MandateType,
    Outcome,
    Stage,
)
from cases.models import Dispute
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.bases import change_basis_state, offer_good_offices
from cases.services.consents import meet_condition, open_consent, record_consent
from cases.services.disputes import open_dispute
from cases.services.ends import approve_end, propose_end
from cases.services.processes import change_stage, open_process
from common.choices import Classification
from institutions.choices import ActorKind
from institutions.models import Actor
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA, NARUBA, OSTAVAL, RUVELDA
from oicmediation.demonstration.telling import (
    Text,
    add_governments,
    adopt_and_activate,
    obtain_consent,
)

TERMS = Text(
    "The mediator proposes a calendar of fishing seasons to both Governments.",
    "Le médiateur propose aux deux gouvernements un calendrier des saisons de pêche.",
    "يقترح الوسيط على الحكومتين تقويماً لمواسم الصيد.",
)


def tell(exercise: Exercise) -> list[Dispute]:
    """Tell the three files."""
    return [_lake(exercise), _aquifer(exercise), _harbour(exercise)]


def _lake(exercise: Exercise) -> Dispute:
    """Both consents are there, but the mandate lapsed the day before (Rule M5)."""
    officer = exercise.people["second.desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-700),
        classification=Classification.RESTRICTED,
        states_concerned=[exercise.states[OSTAVAL], exercise.states[RUVELDA]],
        **in_three(
            "title",
            "Fishing seasons on Lake Terun",
            "Saisons de pêche sur le lac Térun",
            "مواسم الصيد في بحيرة تيرون",
        ),
        **in_three(
            "summary",
            "The two shores close the lake to nets in different months. A common calendar is under "
            "discussion.",
            "Les deux rives ferment le lac aux filets à des mois différents. Un calendrier commun "
            "est à l’étude.",
            "تُغلق كل من الضفتين البحيرة أمام الشباك في أشهر مختلفة، ويجري بحث تقويم مشترك.",
        ),
        **in_three("territory", "Lake Terun", "Le lac Térun", "بحيرة تيرون"),
    )
    parties = add_governments(exercise, dispute, officer, (OSTAVAL, RUVELDA))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-690),
        stage=Stage.PRE_NEGOTIATION,
        reason="The fisheries authorities of both shores asked for a calendar.",
        engagement=Engagement.MEDIATION,
        **in_three(
            "title",
            "Talks on a common calendar",
            "Pourparlers sur un calendrier commun",
            "المحادثات بشأن تقويم مشترك",
        ),
    )
    for party in parties:
        obtain_consent(
            officer=officer,
            process=process,
            party=party,
            role=ConsentRole.MEDIATION,
            sought_on=exercise.day(-660),
            on=exercise.day(-630),
            note="OIC/PSCU/0219",
        )
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-600),
        dispute=dispute,
        resolution=exercise.resolutions["14/51-POL"],
        paragraph="2",
        type=MandateType.MEDIATION,
        holders=[Actor.objects.get(kind=ActorKind.OFFICE, code="ASG_POL")],
        terms=TERMS,
        end_kind=MandateEnd.DATE,
        ends_on=exercise.day(-1),
        **in_three(
            "title",
            "Mediation on fishing seasons",
            "Médiation sur les saisons de pêche",
            "الوساطة بشأن مواسم الصيد",
        ),
    )
    change_stage(
        actor=officer,
        process=process,
        stage=Stage.NEGOTIATION,
        on=exercise.day(-420),
        reason="Both sides have named their delegations.",
    )
    for offset in (-400, -210):
        activity = plan_activity(
            actor=officer,
            process=process,
            kind=ActivityKind.JOINT_ROUND,
            planned_on=exercise.day(offset),
            purpose="Round on the months in which nets rest",
            classification=Classification.RESTRICTED,
        )
        mark_activity_held(actor=officer, activity=activity, on=exercise.day(offset))
    return dispute


def _aquifer(exercise: Exercise) -> Dispute:
    """One consent waits for its countersignature, the other for its second condition (C1, C3)."""
    officer = exercise.people["second.desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-150),
        states_concerned=[exercise.states[KELVARA], exercise.states[NARUBA]],
        **in_three(
            "title",
            "Use of the Dorrun aquifer",
            "Utilisation de l’aquifère de Dorrun",
            "استخدام حوض دورون الجوفي",
        ),
        **in_three(
            "summary",
            "Deep wells on both sides draw on the same water. Neither side knows how much is left.",
            "De part et d’autre, des puits profonds puisent à la même nappe. Aucune des deux parties "
            "ne sait ce qu’il en reste.",
            "تسحب آبار عميقة على الجانبين من المياه نفسها، ولا يعلم أي من الجانبين مقدار ما تبقى.",
        ),
        **in_three("territory", "The Dorrun plain", "La plaine de Dorrun", "سهل دورون"),
    )
    kelvara, naruba = parties = add_governments(exercise, dispute, officer, (KELVARA, NARUBA))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-145),
        stage=Stage.PREPARATION,
        reason="The facts are being gathered before anybody is asked to talk.",
        engagement=Engagement.GOOD_OFFICES,
        **in_three(
            "title",
            "Contacts on the Dorrun aquifer",
            "Contacts sur l’aquifère de Dorrun",
            "الاتصالات بشأن حوض دورون الجوفي",
        ),
    )
    basis = offer_good_offices(actor=officer, process=process, offered_on=exercise.day(-110))
    change_basis_state(actor=officer, basis=basis, state=BasisState.NO_REPLY, on=exercise.day(-50))
    sought = {
        party: open_consent(
            actor=officer, process=process, party=party, role=ConsentRole.GOOD_OFFICES
        )
        for party in parties
    }
    for consent in sought.values():
        record_consent(
            actor=officer,
            consent=consent,
            state=ConsentState.SOUGHT,
            on=exercise.day(-110),
            instrument=Instrument.NOTE,
            instrument_reference="OIC/PSCU/0462",
        )
    record_consent(
        actor=officer,
        consent=sought[kelvara],
        state=ConsentState.GIVEN,
        on=exercise.day(-20),
        instrument=Instrument.ORAL,
        spoken_by="Permanent Representative of Kelvara",
        spoken_to="The Assistant Secretary General for Political Affairs",
        level=Level.PERMANENT_REPRESENTATIVE,
        confirmation_pending=True,
    )
    step = record_consent(
        actor=officer,
        consent=sought[naruba],
        state=ConsentState.CONDITIONAL,
        on=exercise.day(-15),
        instrument=Instrument.NOTE,
        instrument_reference="MAE/DOI/0398",
        level=Level.MINISTER,
        conditions=(
            "The talks concern the measurement of the water first.",
            "Experts of both sides work with the same instruments.",
        ),
    )
    meet_condition(actor=officer, condition=step.conditions.all()[0], on=exercise.day(-6))
    return dispute


def _harbour(exercise: Exercise) -> Dispute:
    """A file opened in error, ended by two persons (Rule D4b)."""
    officer = exercise.people["second.desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-380),
        classification=Classification.RESTRICTED,
        states_concerned=[exercise.states[OSTAVAL]],
        **in_three(
            "title",
            "Fees at the Terun harbour",
            "Droits de port à Térun",
            "رسوم ميناء تيرون",
        ),
    )
    propose_end(
        actor=officer,
        dispute=dispute,
        outcome=Outcome.OPENED_IN_ERROR,
        reason="A commercial question between two companies, and no dispute of States.",
    )
    approve_end(actor=exercise.people["asg"], dispute=dispute, on=exercise.day(-370))
    return dispute
