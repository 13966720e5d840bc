"""Files on passage and places held in common: a consent withdrawn, an agreement near, a pause."""

from __future__ import annotations

from cases.choices import (
    ActivityKind,
    AgreementStage,
    AgreementStatus,
    BasisState,
    ConsentRole,
    ConsentState,
    DisputeType,
    Engagement,
    Instrument,
    Level,
    MandateEnd,
    MandateType,
    Stage,
)
from cases.models import Dispute
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.agreements import record_agreement
from cases.services.bases import change_basis_state, offer_good_offices, record_invitation
from cases.services.consents import record_consent
from cases.services.disputes import open_dispute, suspend_dispute
from cases.services.processes import change_stage, open_process
from cases.services.team import add_team_member
from common.choices import Classification
from institutions.choices import ActorKind
from institutions.models import Actor
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA, NARUBA, ORVANA, OSTAVAL, RUVELDA
from oicmediation.demonstration.telling import (
    Text,
    add_governments,
    adopt_and_activate,
    obtain_consent,
    share,
)

ROAD_TERMS = Text(
    "The mediator helps both Governments to agree on hours and formalities of the crossing points.",
    "Le médiateur aide les deux gouvernements à convenir des horaires et des formalités des points "
    "de passage.",
    "يساعد الوسيط الحكومتين على الاتفاق على مواعيد نقاط العبور وإجراءاتها.",
)
PORT_TERMS = Text(
    "The mediator proposes how the port is managed in common and who decides in case of doubt.",
    "Le médiateur propose un mode de gestion commune du port et dit qui tranche en cas de doute.",
    "يقترح الوسيط أسلوباً للإدارة المشتركة للميناء، ومن يحسم عند الشك.",
)


def tell(exercise: Exercise) -> list[Dispute]:
    """Tell the three files."""
    return [_road(exercise), _port(exercise), _archives(exercise)]


def _road(exercise: Exercise) -> Dispute:
    """A consent is no longer in force: the round is on hold, nobody outside knows yet (Rule C5)."""
    officer = exercise.people["desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-680),
        states_concerned=[exercise.states[ORVANA], exercise.states[RUVELDA]],
        **in_three(
            "title",
            "Crossing points on the Dorwen road",
            "Points de passage sur la route de Dorwen",
            "نقاط العبور على طريق دوروين",
        ),
        **in_three(
            "summary",
            "The road is the shortest way for traders of both States. Its four crossing points open "
            "at different hours, and papers valid at one are not valid at the next.",
            "La route est le chemin le plus court pour les négociants des deux États. Ses quatre "
            "points de passage ouvrent à des heures différentes, et les papiers valables à l’un ne "
            "le sont pas au suivant.",
            "الطريق أقصر سبيل لتجار الدولتين، لكن نقاط العبور الأربع عليه تفتح في ساعات مختلفة، وما "
            "يُقبل من الأوراق في إحداها لا يُقبل في التي تليها.",
        ),
        **in_three("territory", "The Dorwen road", "La route de Dorwen", "طريق دوروين"),
    )
    parties = add_governments(exercise, dispute, officer, (ORVANA, RUVELDA))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-670),
        stage=Stage.PRE_NEGOTIATION,
        reason="Both Governments answered the first contact.",
        engagement=Engagement.MEDIATION,
        **in_three(
            "title",
            "Talks on the crossing points",
            "Pourparlers sur les points de passage",
            "المحادثات بشأن نقاط العبور",
        ),
    )
    given = [
        obtain_consent(
            officer=officer,
            process=process,
            party=party,
            role=ConsentRole.MEDIATION,
            sought_on=exercise.day(-660),
            on=exercise.day(-615),
            note="OIC/PSCU/0223",
        )
        for party in parties
    ]
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-610),
        dispute=dispute,
        resolution=exercise.resolutions["17/51-POL"],
        paragraph="6",
        type=MandateType.MEDIATION,
        holders=[Actor.objects.get(kind=ActorKind.OFFICE, code="ASG_POL")],
        terms=ROAD_TERMS,
        end_kind=MandateEnd.DECISION,
        review_on=exercise.day(45),
        **in_three(
            "title",
            "Mediation on the Dorwen road",
            "Médiation sur la route de Dorwen",
            "الوساطة بشأن طريق دوروين",
        ),
    )
    change_stage(
        actor=officer,
        process=process,
        stage=Stage.NEGOTIATION,
        on=exercise.day(-500),
        reason="The agenda was agreed.",
    )
    share(exercise, dispute, ORVANA, on=exercise.day(-490), note="OIC/PSCU/0240")
    for offset in (-300, 12):
        activity = plan_activity(
            actor=officer,
            process=process,
            kind=ActivityKind.JOINT_ROUND,
            planned_on=exercise.day(offset),
            purpose="Joint round on hours and papers",
        )
        if offset < 0:
            mark_activity_held(actor=officer, activity=activity, on=exercise.day(offset))
    record_consent(
        actor=officer,
        consent=given[1].consent,
        state=ConsentState.NO_LONGER_IN_FORCE,
        on=exercise.day(-5),
        instrument=Instrument.LETTER,
        instrument_reference="Letter of the Minister of Foreign Affairs of Ruvelda",
        level=Level.MINISTER,
        note="A new Government wishes to study the question first.",
    )
    return dispute


def _port(exercise: Exercise) -> Dispute:
    """A comprehensive text is on the table and not signed: it stays with the team."""
    officer = exercise.people["desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-900),
        states_concerned=[exercise.states[ORVANA], exercise.states[KELVARA]],
        **in_three(
            "title",
            "Joint management of the port of Selvan",
            "Gestion commune du port de Selvan",
            "الإدارة المشتركة لميناء سلفان",
        ),
        **in_three(
            "summary",
            "Both States use the port under an old lease that ends next year. They wish to manage it "
            "together.",
            "Les deux États utilisent le port en vertu d’un ancien bail qui expire l’an prochain. Ils "
            "souhaitent le gérer ensemble.",
            "تستخدم الدولتان الميناء بموجب عقد إيجار قديم ينتهي في العام المقبل، وترغبان في إدارته "
            "معاً.",
        ),
        **in_three("territory", "The port of Selvan", "Le port de Selvan", "ميناء سلفان"),
    )
    parties = add_governments(exercise, dispute, officer, (ORVANA, KELVARA))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-890),
        stage=Stage.PRE_NEGOTIATION,
        reason="Both Governments asked for talks before the lease ends.",
        engagement=Engagement.MEDIATION,
        **in_three(
            "title",
            "Talks on the port of Selvan",
            "Pourparlers sur le port de Selvan",
            "المحادثات بشأن ميناء سلفان",
        ),
    )
    for party in parties:
        obtain_consent(
            officer=officer,
            process=process,
            party=party,
            role=ConsentRole.MEDIATION,
            sought_on=exercise.day(-880),
            on=exercise.day(-850),
            note="OIC/PSCU/0168",
        )
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-250),
        dispute=dispute,
        resolution=exercise.resolutions["16/52-POL"],
        paragraph="2",
        type=MandateType.MEDIATION,
        holders=[Actor.objects.get(kind=ActorKind.OFFICE, code="SG")],
        terms=PORT_TERMS,
        end_kind=MandateEnd.SESSION,
        end_session=exercise.sessions["53rd Council"],
        review_on=exercise.day(16),
        **in_three(
            "title",
            "Mediation on the port of Selvan",
            "Médiation sur le port de Selvan",
            "الوساطة بشأن ميناء سلفان",
        ),
    )
    for stage, offset, reason in (
        (Stage.NEGOTIATION, -800, "The delegations met for the first time."),
        (Stage.FRAMEWORK, -520, "The principles of joint management are agreed."),
        (Stage.COMPREHENSIVE, -70, "One text covers all open questions."),
    ):
        process = change_stage(
            actor=officer, process=process, stage=stage, on=exercise.day(offset), reason=reason
        )
    record_agreement(
        actor=officer,
        process=process,
        recorded_on=exercise.day(-30),
        parties=parties,
        stage=AgreementStage.COMPREHENSIVE,
        status=AgreementStatus.DRAFT,
        **in_three(
            "title",
            "Convention on the port of Selvan",
            "Convention relative au port de Selvan",
            "اتفاقية ميناء سلفان",
        ),
    )
    add_team_member(
        actor=officer,
        dispute=dispute,
        user=exercise.people["wise.person"],
        function="Wise person",
        valid_from=exercise.day(-70),
        valid_to=exercise.day(110),
    )
    plan_activity(
        actor=officer,
        process=process,
        kind=ActivityKind.PROPOSAL,
        planned_on=exercise.day(9),
        purpose="Proposal on who decides in case of doubt",
    )
    share(exercise, dispute, ORVANA, on=exercise.day(-780), note="OIC/PSCU/0181")
    share(exercise, dispute, KELVARA, on=exercise.day(-780), note="OIC/PSCU/0182")
    return dispute


def _archives(exercise: Exercise) -> Dispute:
    """A file at the framework stage, suspended at the wish of both sides."""
    officer = exercise.people["second.desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-560),
        classification=Classification.RESTRICTED,
        states_concerned=[exercise.states[NARUBA], exercise.states[OSTAVAL]],
        **in_three(
            "title",
            "Return of archives and manuscripts",
            "Restitution d’archives et de manuscrits",
            "إعادة المحفوظات والمخطوطات",
        ),
        **in_three(
            "summary",
            "Land registers and manuscripts of one side are kept in libraries of the other. The "
            "principle of their return is agreed, its order is not.",
            "Des registres fonciers et des manuscrits d’une partie sont conservés dans les "
            "bibliothèques de l’autre. Le principe de leur retour est acquis, son ordre ne l’est pas.",
            "تُحفظ سجلات عقارية ومخطوطات لأحد الجانبين في مكتبات الجانب الآخر. وقد اتُّفق على مبدأ "
            "إعادتها ولم يُتَّفق بعد على ترتيب ذلك.",
        ),
    )
    parties = add_governments(exercise, dispute, officer, (NARUBA, OSTAVAL))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-550),
        stage=Stage.FRAMEWORK,
        reason="The two ministries of culture had agreed on the principle before.",
        engagement=Engagement.GOOD_OFFICES,
        **in_three(
            "title",
            "Talks between the ministries of culture",
            "Pourparlers entre les ministères de la culture",
            "المحادثات بين وزارتي الثقافة",
        ),
    )
    basis = offer_good_offices(
        actor=officer,
        process=process,
        offered_on=exercise.day(-540),
        holder=exercise.states[KELVARA].actor,
        note="Entrusted to Kelvara at the request of both.",
    )
    change_basis_state(actor=officer, basis=basis, state=BasisState.ACCEPTED, on=exercise.day(-520))
    record_invitation(
        actor=officer,
        process=process,
        inviting=exercise.states[NARUBA].actor,
        invited_on=exercise.day(-530),
        level=Level.MINISTER,
        scope="To be present at the talks",
        form="Note MAE/DOI/0301",
    )
    for party in parties:
        obtain_consent(
            officer=officer,
            process=process,
            party=party,
            role=ConsentRole.GOOD_OFFICES,
            sought_on=exercise.day(-540),
            on=exercise.day(-520),
            note="OIC/PSCU/0251",
        )
    share(exercise, dispute, NARUBA, on=exercise.day(-500), note="OIC/PSCU/0262")
    suspend_dispute(
        actor=officer,
        dispute=dispute,
        reason="Both sides asked for a pause until their catalogues are complete.",
        on=exercise.day(-60),
    )
    return dispute
