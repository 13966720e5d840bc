"""Files at the two ends of a process, one beside any process, and what is only watched."""

from __future__ import annotations

from cases.choices import (
    ActivityKind,
    AgreementStage,
    AgreementStatus,
    BasisState,
    ConsentRole,
    DisputeType,
    Engagement,
    Level,
    MandateEnd,
    MandateType,
    PartyKind,
    Stage,
)
from cases.models import Dispute
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.agreement_parts import record_provision
from cases.services.agreements import record_agreement
from cases.services.bases import change_basis_state, offer_good_offices, record_invitation
from cases.services.disputes import open_dispute
from cases.services.documents import file_document
from cases.services.notes import end_watch_note, link_precedent, write_watch_note
from cases.services.parties import add_party
from cases.services.processes import change_stage, open_process
from common.choices import Audience, Classification
from institutions.choices import ActorKind
from institutions.models import Actor
from institutions.services import add_actor
from library.models import Agreement as PublishedAgreement
from oicmediation.demonstration import papers
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA, ORVANA, OSTAVAL, RUVELDA
from oicmediation.demonstration.register import LODRANIA
from oicmediation.demonstration.telling import (
    Text,
    add_governments,
    adopt_and_activate,
    obtain_consent,
    share,
)

THEME_TERMS = Text(
    "The General Secretariat asks Member States to name women and young people for its missions, "
    "and reports on what became of it.",
    "Le Secrétariat général invite les États membres à désigner des femmes et des jeunes pour ses "
    "missions, et rend compte des suites données.",
    "تدعو الأمانة العامة الدول الأعضاء إلى تسمية نساء وشباب لبعثاتها، وتقدم تقريراً عما يتم في هذا "
    "الشأن.",
)
FOLLOW_UP_TERMS = Text(
    "The Secretary General follows the situation of the community and reports to the Summit.",
    "Le Secrétaire général suit la situation de la communauté et fait rapport au Sommet.",
    "يتابع الأمين العام أوضاع الجماعة ويرفع تقريراً إلى القمة.",
)


def tell(exercise: Exercise) -> list[Dispute]:
    """Tell the four files and the watch notes."""
    files = [_theme(exercise), _boundary(exercise), _plateau(exercise), _community(exercise)]
    _watch(exercise)
    return files


def _theme(exercise: Exercise) -> Dispute:
    """A thematic file, classified open: a mandate and papers, no parties and no stage (Rule C7)."""
    officer = exercise.people["second.desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.THEMATIC,
        opened_on=exercise.day(-245),
        classification=Classification.OPEN,
        **in_three(
            "title",
            "Women and young people in mediation",
            "Les femmes et les jeunes dans la médiation",
            "المرأة والشباب في الوساطة",
        ),
        **in_three(
            "summary",
            "The Council asked that more women and young people take part in missions and talks.",
            "Le Conseil a souhaité que davantage de femmes et de jeunes participent aux missions et "
            "aux pourparlers.",
            "طلب المجلس أن يشارك مزيد من النساء والشباب في البعثات والمحادثات.",
        ),
    )
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-240),
        dispute=dispute,
        resolution=exercise.resolutions["21/52-POL"],
        paragraph="7",
        type=MandateType.FOLLOW_UP,
        holders=[Actor.objects.get(kind=ActorKind.OFFICE, code="SG")],
        terms=THEME_TERMS,
        end_kind=MandateEnd.SESSION,
        end_session=exercise.sessions["53rd Council"],
        review_on=exercise.day(16),
        **in_three(
            "title",
            "Follow-up of the resolution on women and young people",
            "Suivi de la résolution sur les femmes et les jeunes",
            "متابعة القرار المتعلق بالمرأة والشباب",
        ),
    )
    file_document(
        actor=officer,
        dispute=dispute,
        file=papers.plain_text("questions", "EXERCISE - invented text", "Whom may we invite?"),
        title="Questions to Member States",
        audience=Audience.SHARED,
        dated=exercise.day(-200),
        language="en",
    )
    return dispute


def _boundary(exercise: Exercise) -> Dispute:
    """A secret file at early warning; an offer of good offices was not taken up (Rule R7)."""
    officer = exercise.people["desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-95),
        classification=Classification.SECRET,
        states_concerned=[exercise.states[KELVARA], exercise.states[RUVELDA]],
        **in_three(
            "title",
            "Marking of the Harven boundary",
            "Bornage de la frontière de Harven",
            "ترسيم حدود هارفن",
        ),
        **in_three(
            "summary",
            "Two of the old boundary stones were found in another place. Both sides keep silent about "
            "it, and so does this file.",
            "Deux des anciennes bornes ont été retrouvées ailleurs. Les deux parties gardent le "
            "silence, et ce dossier aussi.",
            "عُثر على علامتين حدوديتين قديمتين في غير موضعهما. ويلزم الجانبان الصمت، وكذلك هذا الملف.",
        ),
    )
    parties = add_governments(exercise, dispute, officer, (KELVARA, RUVELDA))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-95),
        stage=Stage.EARLY_WARNING,
        reason="Nobody has asked; the question is followed in silence.",
        engagement=Engagement.GOOD_OFFICES,
        **in_three(
            "title",
            "Contacts on the boundary",
            "Contacts sur la frontière",
            "الاتصالات بشأن الحدود",
        ),
    )
    basis = offer_good_offices(
        actor=officer,
        process=process,
        offered_on=exercise.day(-80),
        classification=Classification.SECRET,
    )
    change_basis_state(
        actor=officer, basis=basis, state=BasisState.NOT_TAKEN_UP, on=exercise.day(-70)
    )
    return dispute


def _plateau(exercise: Exercise) -> Dispute:
    """An agreement carried out under monitoring; an invitation is the footing (Rule M0)."""
    officer = exercise.people["desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=exercise.day(-2400),
        classification=Classification.RESTRICTED,
        states_concerned=[exercise.states[ORVANA], exercise.states[OSTAVAL]],
        **in_three(
            "title",
            "Common pastures of the Kelm plateau",
            "Pâturages communs du plateau de Kelm",
            "المراعي المشتركة في هضبة كيلم",
        ),
        **in_three(
            "summary",
            "The plateau has been used in common for four years, as agreed. A yearly visit confirms "
            "that the arrangement holds.",
            "Le plateau est exploité en commun depuis quatre ans, comme convenu. Une visite annuelle "
            "confirme que l’arrangement tient.",
            "تُستخدم الهضبة استخداماً مشتركاً منذ أربع سنوات وفق ما اتُّفق عليه، وتؤكد زيارة سنوية أن "
            "الترتيب قائم.",
        ),
        **in_three("territory", "The Kelm plateau", "Le plateau de Kelm", "هضبة كيلم"),
    )
    parties = add_governments(exercise, dispute, officer, (ORVANA, OSTAVAL))
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-2390),
        stage=Stage.NEGOTIATION,
        reason="The two Governments had begun to talk.",
        engagement=Engagement.GOOD_OFFICES,
        **in_three(
            "title",
            "Talks on the pastures",
            "Pourparlers sur les pâturages",
            "المحادثات بشأن المراعي",
        ),
    )
    agreement = record_agreement(
        actor=officer,
        process=process,
        recorded_on=exercise.day(-1460),
        parties=parties,
        stage=AgreementStage.COMPREHENSIVE,
        status=AgreementStatus.SIGNED,
        signed_earliest=exercise.day(-1460),
        place="Maredon",
        **in_three(
            "title",
            "Agreement on the common pastures of the Kelm plateau",
            "Accord sur les pâturages communs du plateau de Kelm",
            "اتفاق المراعي المشتركة في هضبة كيلم",
        ),
    )
    for code, level in (("LaNom", 3), ("Wat", 2), ("NatRes", 1)):
        record_provision(actor=officer, agreement=agreement, code=code, level=level)
    change_stage(
        actor=officer,
        process=process,
        stage=Stage.MONITORING,
        on=exercise.day(-700),
        reason="All that was to be done once has been done.",
    )
    for party in parties:
        obtain_consent(
            officer=officer,
            process=process,
            party=party,
            role=ConsentRole.MONITORING,
            sought_on=exercise.day(-760),
            on=exercise.day(-720),
            note="OIC/PSCU/0205",
        )
    record_invitation(
        actor=officer,
        process=process,
        inviting=exercise.states[OSTAVAL].actor,
        invited_on=exercise.day(-720),
        level=Level.MINISTER,
        scope="A yearly visit to the plateau",
        form="Note verbale",
    )
    visit = plan_activity(
        actor=officer,
        process=process,
        kind=ActivityKind.MISSION,
        planned_on=exercise.day(-180),
        purpose="Yearly visit to the plateau",
        classification=Classification.RESTRICTED,
        state_visited=exercise.states[OSTAVAL],
        agreed_by_state_on=exercise.day(-210),
        agreed_by_state_how="Note verbale",
    )
    mark_activity_held(actor=officer, activity=visit, on=exercise.day(-180))
    share(exercise, dispute, ORVANA, on=exercise.day(-1450), note="OIC/PSCU/0122")
    _link_precedents(exercise, dispute)
    return dispute


def _link_precedents(exercise: Exercise, dispute: Dispute) -> None:
    """Keep two published agreements on water beside the file, where the library has been filled."""
    published = PublishedAgreement.objects.filter(provisions__code="Wat").order_by("pk")
    for agreement in published[:2]:
        link_precedent(
            actor=exercise.people["desk.officer"],
            dispute=dispute,
            agreement=agreement,
            why="It regulates water that two communities share.",
        )


def _community(exercise: Exercise) -> Dispute:
    """Political follow-up on the Summit's text; a State outside the Organisation (Rule C6)."""
    officer = exercise.people["desk.officer"]
    dispute = open_dispute(
        actor=officer,
        type=DisputeType.MINORITY_IN_NONMEMBER,
        opened_on=exercise.day(-470),
        states_concerned=[exercise.states[LODRANIA]],
        **in_three(
            "title",
            "Situation of the Muslim community in Lodrania",
            "Situation de la communauté musulmane en Lodranie",
            "أوضاع الجماعة المسلمة في لودرانيا",
        ),
        **in_three(
            "summary",
            "The Summit asked the Secretary General to follow the situation of the community and the "
            "care of its schools and cemeteries.",
            "Le Sommet a prié le Secrétaire général de suivre la situation de la communauté et "
            "l’entretien de ses écoles et de ses cimetières.",
            "طلبت القمة من الأمين العام متابعة أوضاع الجماعة والعناية بمدارسها ومقابرها.",
        ),
        nature_described="A question of schools and cemeteries of a community",
        nature_source="Resolution 6/14-P(IS), preamble",
    )
    (government,) = add_governments(exercise, dispute, officer, (LODRANIA,))
    names = in_three(
        "name",
        "Council of the Muslim community of Lodrania",
        "Conseil de la communauté musulmane de Lodranie",
        "مجلس الجماعة المسلمة في لودرانيا",
    )
    council = add_actor(actor=officer, kind=ActorKind.COMMUNITY, **names)
    community = add_party(
        actor=officer, dispute=dispute, party_actor=council, kind=PartyKind.COMMUNITY
    )
    process = open_process(
        actor=officer,
        dispute=dispute,
        parties=[government, community],
        opened_on=exercise.day(-465),
        stage=Stage.PREPARATION,
        reason="The Summit's text foresees follow-up, and nothing else has been agreed.",
        engagement=Engagement.POLITICAL_FOLLOW_UP,
        **in_three("title", "Political follow-up", "Suivi politique", "المتابعة السياسية"),
    )
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-460),
        dispute=dispute,
        processes=[process],
        resolution=exercise.resolutions["6/14-P(IS)"],
        paragraph="11",
        type=MandateType.FOLLOW_UP,
        holders=[Actor.objects.get(kind=ActorKind.OFFICE, code="SG")],
        terms=FOLLOW_UP_TERMS,
        end_kind=MandateEnd.DECISION,
        review_on=exercise.day(120),
        **in_three(
            "title",
            "Follow-up of the situation of the community",
            "Suivi de la situation de la communauté",
            "متابعة أوضاع الجماعة",
        ),
    )
    return dispute


def _watch(exercise: Exercise) -> None:
    """Watch notes: no party, no State by name; their author may end them (Rule D4c)."""
    officer = exercise.people["desk.officer"]
    write_watch_note(
        actor=officer,
        title="Rains of the coming season",
        text="If they fail again, shared pastures will be crowded early. Read again in spring.",
        written_on=exercise.day(-40),
    )
    ended = write_watch_note(
        actor=officer,
        title="Price of flour in border markets",
        text="Prices rose for three weeks running.",
        written_on=exercise.day(-210),
        classification=Classification.RESTRICTED,
    )
    end_watch_note(
        actor=officer, note=ended, reason="Prices are steady again.", on=exercise.day(-160)
    )
    write_watch_note(
        actor=exercise.people["second.desk.officer"],
        title="Transit de bétail en saison sèche",
        text="Les éleveurs partent plus tôt que d’habitude. À relire dans un mois.",
        written_on=exercise.day(-25),
        classification=Classification.RESTRICTED,
    )
