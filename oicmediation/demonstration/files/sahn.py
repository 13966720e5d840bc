"""The Upper Sahn valley: two neighbours, an envoy, and one consent that is still awaited."""

from __future__ import annotations

from cases.choices import (
    ActivityKind,
    BasisState,
    CauseKind,
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
from cases.models import Dispute, Party, Process
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.bases import change_basis_state, offer_good_offices
from cases.services.consents import countersign_step, open_consent, record_consent
from cases.services.disputes import open_dispute
from cases.services.ends import approve_end, propose_end
from cases.services.mandates import add_terms_of_reference
from cases.services.parties import add_root_cause
from cases.services.processes import change_stage, open_process
from cases.services.team import add_team_member
from common.choices import Classification
from institutions.choices import ActorKind
from institutions.services import add_actor
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.files.sahn_papers import file_papers
from oicmediation.demonstration.people import NARUBA, ORVANA
from oicmediation.demonstration.telling import (
    Text,
    add_governments,
    adopt_and_activate,
    obtain_consent,
    seek_consent,
    share,
)

TERMS = Text(
    "The Special Envoy listens to both Governments and to the herders and farmers of the valley, "
    "separately and in confidence, and reports to the Council at its 53rd session.",
    "L’Envoyée spéciale écoute, séparément et en confidence, les deux gouvernements ainsi que les "
    "éleveurs et les agriculteurs de la vallée, et fait rapport au Conseil à sa 53e session.",
    "تستمع المبعوثة الخاصة إلى الحكومتين وإلى رعاة الوادي ومزارعيه، كل على حدة وفي كتمان، وترفع "
    "تقريرها إلى المجلس في دورته الثالثة والخمسين.",
)
WIDER_TERMS = Text(
    f"{TERMS.en} She may ask water engineers of both sides for a common reading of the flow.",
    f"{TERMS.fr} Elle peut demander aux hydrologues des deux parties une lecture commune du débit.",
    f"{TERMS.ar} ولها أن تطلب من مهندسي المياه لدى الجانبين قراءة مشتركة لمنسوب المياه.",
)


def tell(exercise: Exercise) -> Dispute:
    """Tell the file on the Upper Sahn valley, and the one that was merged into it."""
    dispute = _open(exercise)
    officer = exercise.people["desk.officer"]
    orvana, naruba = add_governments(exercise, dispute, officer, (ORVANA, NARUBA))
    _analyse(exercise, dispute)
    process = _begin_process(exercise, dispute, [orvana, naruba])
    _seek_consents(exercise, process, orvana, naruba)
    _send_envoy(exercise, dispute)
    _act(exercise, process)
    file_papers(exercise, dispute, orvana)
    share(exercise, dispute, ORVANA, on=exercise.day(-190), note="OIC/PSCU/0412")
    _merge_markets(exercise, dispute)
    return dispute


def _open(exercise: Exercise) -> Dispute:
    return open_dispute(
        actor=exercise.people["desk.officer"],
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-300),
        classification=Classification.CONFIDENTIAL,
        states_concerned=[exercise.states[ORVANA], exercise.states[NARUBA]],
        **in_three(
            "title",
            "Grazing and water in the Upper Sahn valley",
            "Pâturages et eau dans la haute vallée de Sahn",
            "المراعي والمياه في وادي سهن الأعلى",
        ),
        **in_three(
            "summary",
            "Herders of both States have long shared the summer pastures of the upper valley. A new "
            "weir and three dry seasons have made the old arrangement uncertain. Both Governments "
            "have said that they prefer a settlement by talks.",
            "Les éleveurs des deux États partagent de longue date les pâturages d’été de la haute "
            "vallée. Un nouveau seuil et trois saisons sèches ont rendu l’ancien usage incertain. "
            "Les deux gouvernements ont fait savoir qu’ils préféraient un règlement négocié.",
            "يتقاسم رعاة الدولتين منذ زمن طويل مراعي الصيف في أعالي الوادي. وقد جعل السد الصغير "
            "الجديد وثلاثة مواسم جافة العرف القديم موضع شك. وأبدت الحكومتان تفضيلهما التسوية عن "
            "طريق المحادثات.",
        ),
        **in_three(
            "territory",
            "The upper valley of the Sahn, from the weir to the springs",
            "La haute vallée de Sahn, du seuil aux sources",
            "أعالي وادي سهن، من السد الصغير إلى الينابيع",
        ),
        nature_described="A question of shared use of land and water",
        nature_source="Resolution 9/52-POL, third preambular paragraph",
    )


def _analyse(exercise: Exercise, dispute: Dispute) -> None:
    causes = (
        (
            CauseKind.STRUCTURAL,
            "No written rule says who grazes where, and in which weeks.",
            "Aucune règle écrite ne dit qui fait paître où, ni à quelles semaines.",
            "لا قاعدة مكتوبة تبيّن من يرعى وأين وفي أي أسابيع.",
        ),
        (
            CauseKind.PROXIMATE,
            "The weir changed the flow in the dry months.",
            "Le seuil a modifié le débit pendant les mois secs.",
            "غيّر السد الصغير جريان المياه في أشهر الجفاف.",
        ),
        (
            CauseKind.TRIGGER,
            "Two herds were held on the other bank last summer.",
            "Deux troupeaux ont été retenus sur l’autre rive l’été dernier.",
            "احتُجز قطيعان على الضفة الأخرى في الصيف الماضي.",
        ),
    )
    for kind, *texts in causes:
        add_root_cause(
            actor=exercise.people["desk.officer"],
            dispute=dispute,
            kind=kind,
            identified_on=exercise.day(-280),
            source="Joint reading of the Unit and the expert",
            **in_three("text", *texts),
        )


def _begin_process(exercise: Exercise, dispute: Dispute, parties: list[Party]) -> Process:
    officer = exercise.people["desk.officer"]
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-295),
        stage=Stage.PREPARATION,
        reason="Both Governments asked what the Organisation could offer.",
        engagement=Engagement.MEDIATION,
        **in_three(
            "title",
            "Talks between the two Governments",
            "Pourparlers entre les deux gouvernements",
            "المحادثات بين الحكومتين",
        ),
    )
    basis = offer_good_offices(
        actor=officer, process=process, offered_on=exercise.day(-270), note="Offered in writing."
    )
    change_basis_state(actor=officer, basis=basis, state=BasisState.ACCEPTED, on=exercise.day(-240))
    return change_stage(
        actor=officer,
        process=process,
        stage=Stage.PRE_NEGOTIATION,
        on=exercise.day(-235),
        reason="Both sides accept to be contacted separately.",
    )


def _seek_consents(exercise: Exercise, process: Process, orvana: Party, naruba: Party) -> None:
    """Good offices accepted by word of mouth and countersigned; mediation: one given, one sought."""
    officer = exercise.people["desk.officer"]
    for party, spoken_by in (
        (orvana, "Minister of Foreign Affairs of Orvana"),
        (naruba, "Minister of Foreign Affairs of Naruba"),
    ):
        consent = open_consent(
            actor=officer, process=process, party=party, role=ConsentRole.GOOD_OFFICES
        )
        record_consent(
            actor=officer,
            consent=consent,
            state=ConsentState.SOUGHT,
            on=exercise.day(-270),
            instrument=Instrument.LETTER,
            instrument_reference="Letter of the Secretary General",
        )
        step = record_consent(
            actor=officer,
            consent=consent,
            state=ConsentState.GIVEN,
            on=exercise.day(-240),
            instrument=Instrument.ORAL,
            spoken_by=spoken_by,
            spoken_to="The Secretary General",
            level=Level.MINISTER,
            scope="Good offices in the question of the valley",
            confirmation_pending=party == naruba,
        )
        countersign_step(actor=exercise.people["asg"], step=step, on=exercise.day(-238))
    obtain_consent(
        officer=officer,
        process=process,
        party=orvana,
        role=ConsentRole.MEDIATION,
        sought_on=exercise.day(-120),
        on=exercise.day(-64),
        note="OIC/PSCU/0455",
    )
    seek_consent(
        officer=officer,
        process=process,
        party=naruba,
        role=ConsentRole.MEDIATION,
        on=exercise.day(-41),
        note="OIC/PSCU/0471",
    )


def _send_envoy(exercise: Exercise, dispute: Dispute) -> None:
    officer = exercise.people["desk.officer"]
    user = exercise.people["envoy"]
    envoy = add_actor(
        actor=officer,
        kind=ActorKind.PERSON,
        **in_three("name", user.full_name, user.full_name, user.full_name_ar),
    )
    session = exercise.sessions["53rd Council"]
    mandate = adopt_and_activate(
        officer=officer,
        on=exercise.day(-240),
        dispute=dispute,
        resolution=exercise.resolutions["9/52-POL"],
        paragraph="4",
        type=MandateType.FACILITATION,
        holders=[envoy],
        terms=TERMS,
        end_kind=MandateEnd.SESSION,
        end_session=session,
        review_on=exercise.day(16),
        **in_three(
            "title",
            "Special Envoy for the Upper Sahn valley",
            "Envoyée spéciale pour la haute vallée de Sahn",
            "المبعوثة الخاصة لوادي سهن الأعلى",
        ),
        **in_three(
            "scope",
            "To bring the two Governments to talks on grazing and water, and to prepare them.",
            "Amener les deux gouvernements à des pourparlers sur les pâturages et l’eau, et les "
            "préparer.",
            "جمع الحكومتين على محادثات بشأن المراعي والمياه، والإعداد لها.",
        ),
    )
    add_terms_of_reference(
        actor=officer,
        mandate=mandate,
        adopted_on=exercise.day(-88),
        reason="Both Governments asked for a common reading of the flow.",
        **WIDER_TERMS.as_values(),
    )
    for name, function, first_day, last_day in (
        ("envoy", "Special Envoy", exercise.day(-240), session.ends_on),
        ("expert", "Expert on water", exercise.day(-90), exercise.day(60)),
        ("second.desk.officer", "Deputy of the desk officer", exercise.day(-120), None),
    ):
        add_team_member(
            actor=officer,
            dispute=dispute,
            user=exercise.people[name],
            function=function,
            valid_from=first_day,
            valid_to=last_day,
        )


def _act(exercise: Exercise, process: Process) -> None:
    officer = exercise.people["desk.officer"]
    held = (
        (ActivityKind.SOUNDING, -225, "Sounding of both capitals by the Special Envoy"),
        (ActivityKind.TALKS_ABOUT_TALKS, -75, "Talks about the place and the order of the talks"),
        (ActivityKind.SEPARATE_CONTACT, -33, "Separate contact with the herders' associations"),
    )
    for kind, offset, purpose in held:
        day = exercise.day(offset)
        activity = plan_activity(
            actor=officer, process=process, kind=kind, planned_on=day, purpose=purpose
        )
        mark_activity_held(actor=officer, activity=activity, on=day)
    plan_activity(
        actor=officer,
        process=process,
        kind=ActivityKind.MISSION,
        planned_on=exercise.day(18),
        purpose="Visit to the weir and the summer pastures, with both water authorities",
        state_visited=exercise.states[ORVANA],
        agreed_by_state_on=exercise.day(-12),
        agreed_by_state_how="Note MFA/OIC/1330",
        is_disputed_territory=True,
        decided_in_person_by=exercise.people["secretary.general"],
        decided_in_person_on=exercise.day(-9),
    )


def _merge_markets(exercise: Exercise, valley: Dispute) -> None:
    """Tell the file on the markets, which two persons merged into the one on the valley (D4b)."""
    officer = exercise.people["desk.officer"]
    markets = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-330),
        states_concerned=[exercise.states[ORVANA], exercise.states[NARUBA]],
        **in_three(
            "title",
            "Seasonal markets in the Sahn valley",
            "Marchés saisonniers dans la vallée de Sahn",
            "الأسواق الموسمية في وادي سهن",
        ),
        **in_three(
            "summary",
            "Where herders sell in autumn follows where they graze in summer: one file holds both.",
            "Le lieu de vente d’automne suit celui du pâturage d’été : un seul dossier suffit.",
            "مواضع البيع في الخريف تتبع مواضع الرعي في الصيف، فيكفي لهما ملف واحد.",
        ),
    )
    add_governments(exercise, markets, officer, (ORVANA, NARUBA))
    propose_end(
        actor=officer,
        dispute=markets,
        outcome=Outcome.MERGED,
        reason="The two Governments treat grazing and markets as one question.",
        merged_into=valley,
    )
    approve_end(actor=exercise.people["head.of.unit"], dispute=markets, on=exercise.day(-200))
