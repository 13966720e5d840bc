"""The Mira Hills: agreements signed, a process in implementation, a national one beside it."""

from __future__ import annotations

from cases.choices import (
    AgreementStage,
    AgreementStatus,
    CauseKind,
    ConsentRole,
    DisputeType,
    Engagement,
    MandateEnd,
    MandateType,
    NationalRole,
    PartyKind,
    Sex,
    SignatoryRole,
    Stage,
)
from cases.models import Agreement, Dispute, Party, Process
from cases.services.agreement_parts import add_signatory, record_provision
from cases.services.agreements import record_agreement
from cases.services.bases import record_agreement_basis
from cases.services.disputes import open_dispute
from cases.services.documents import file_document
from cases.services.parties import add_party, add_root_cause
from cases.services.processes import open_process
from common.choices import Audience, Classification
from institutions.choices import ActorKind
from institutions.models import Actor
from institutions.services import add_actor
from oicmediation.demonstration import papers
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA, OSTAVAL
from oicmediation.demonstration.telling import (
    Text,
    add_governments,
    adopt_and_activate,
    obtain_consent,
    share,
)

TERMS = Text(
    "The General Secretariat follows the implementation of the agreements with both sides and "
    "reports to the Council once a year.",
    "Le Secrétariat général suit, avec les deux parties, la mise en œuvre des accords et fait "
    "rapport au Conseil une fois par an.",
    "تتابع الأمانة العامة مع الطرفين تنفيذ الاتفاقات، وترفع تقريراً إلى المجلس مرة في السنة.",
)
MOVEMENT = ("Movement of the Mira Hills", "Mouvement des collines de Mira", "حركة تلال ميرا")

#: Provisions of the final agreement: code, detail, wording.
PROVISIONS = (
    ("TpsAut", 3, "The hill districts elect councils of their own."),
    ("EpsRes", 2, "A third of the revenue of the quarries stays in the districts."),
    ("DevInfra", 2, "Two roads and a hospital within five years."),
    ("SsrDdr", 3, "Members of the Movement return to civil life or join the district guard."),
    ("GeWom", 2, "At least a third of the seats of the councils are held by women."),
    ("TjAm", 1, "Pardon for acts of the conflict, international crimes excepted."),
    ("GRef", 2, "Families that left may return to their land."),
    ("ImOth", 2, "The OIC and the guarantor follow the implementation."),
)


def tell(exercise: Exercise) -> Dispute:
    """Tell the file on the Mira Hills."""
    dispute = _open(exercise)
    officer = exercise.people["desk.officer"]
    government, movement = _add_parties(exercise, dispute)
    track = _begin_track(exercise, dispute, [government, movement])
    _begin_national_process(exercise, dispute, [government])
    for party in (government, movement):
        obtain_consent(
            officer=officer,
            process=track,
            party=party,
            role=ConsentRole.MEDIATION,
            sought_on=exercise.day(-1480),
            on=exercise.day(-1450),
            note="OIC/PSCU/0127",
        )
    final = _conclude(exercise, track, [government, movement])
    record_agreement_basis(
        actor=officer,
        process=track,
        agreement=final,
        since=exercise.day(-410),
        note="Article 31 asks the OIC to follow the implementation.",
    )
    _give_mandates(exercise, dispute, track)
    file_document(
        actor=officer,
        dispute=dispute,
        file=papers.pdf(
            "final-agreement",
            "EXERCISE - invented text",
            "Final Agreement on the Mira Hills",
            "Article 31. The OIC follows the implementation of this Agreement.",
        ),
        title="Final Agreement on the Mira Hills",
        audience=Audience.SHARED,
        dated=exercise.day(-410),
        language="en",
    )
    share(exercise, dispute, KELVARA, on=exercise.day(-1400), note="OIC/PSCU/0131")
    return dispute


def _open(exercise: Exercise) -> Dispute:
    dispute = open_dispute(
        actor=exercise.people["desk.officer"],
        type=DisputeType.INTRA_STATE_MEMBER,
        opened_on=exercise.day(-1500),
        classification=Classification.RESTRICTED,
        states_concerned=[exercise.states[KELVARA]],
        **in_three(
            "title",
            "Peace process in the Mira Hills",
            "Processus de paix dans les collines de Mira",
            "عملية السلام في تلال ميرا",
        ),
        **in_three(
            "summary",
            "The Government and the Movement have settled the self-government of the hill districts. "
            "Both are carrying out what they signed; a national dialogue goes on beside it.",
            "Le Gouvernement et le Mouvement se sont entendus sur l’administration des districts des "
            "collines. Tous deux exécutent ce qu’ils ont signé ; un dialogue national se poursuit "
            "parallèlement.",
            "اتفقت الحكومة والحركة على الإدارة الذاتية لمناطق التلال، وينفذ الطرفان ما وقّعا عليه، "
            "ويجري إلى جانب ذلك حوار وطني.",
        ),
        **in_three(
            "territory",
            "The four hill districts of Kelvara",
            "Les quatre districts des collines de Kelvara",
            "مناطق التلال الأربع في كيلفارا",
        ),
    )
    add_root_cause(
        actor=exercise.people["desk.officer"],
        dispute=dispute,
        kind=CauseKind.STRUCTURAL,
        identified_on=exercise.day(-1470),
        source="Preamble of the Framework Agreement",
        **in_three(
            "text",
            "The districts had no say in how their quarries were worked.",
            "Les districts n’avaient pas voix au chapitre sur l’exploitation de leurs carrières.",
            "لم يكن لهذه المناطق رأي في كيفية استغلال محاجرها.",
        ),
    )
    return dispute


def _add_parties(exercise: Exercise, dispute: Dispute) -> tuple[Party, Party]:
    officer = exercise.people["desk.officer"]
    (government,) = add_governments(exercise, dispute, officer, (KELVARA,))
    movement = add_actor(actor=officer, kind=ActorKind.MOVEMENT, **in_three("name", *MOVEMENT))
    party = add_party(
        actor=officer,
        dispute=dispute,
        party_actor=movement,
        kind=PartyKind.MOVEMENT,
        own_wording="Movement for the Dignity of the Mira Hills",
        **in_three("neutral_name", *MOVEMENT),
    )
    return government, party


def _begin_track(exercise: Exercise, dispute: Dispute, parties: list[Party]) -> Process:
    return open_process(
        actor=exercise.people["desk.officer"],
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-1490),
        stage=Stage.NEGOTIATION,
        reason="The two sides were at the table when the Organisation was asked to join.",
        engagement=Engagement.MEDIATION,
        **in_three(
            "title",
            "Talks between the Government and the Movement",
            "Pourparlers entre le Gouvernement et le Mouvement",
            "المحادثات بين الحكومة والحركة",
        ),
    )


def _begin_national_process(exercise: Exercise, dispute: Dispute, parties: list[Party]) -> None:
    open_process(
        actor=exercise.people["desk.officer"],
        dispute=dispute,
        parties=parties,
        opened_on=exercise.day(-600),
        stage=Stage.NEGOTIATION,
        reason="Opened by the Government with the elected councils.",
        engagement=Engagement.NATIONAL_PROCESS,
        national_role=NationalRole.OBSERVER,
        **in_three(
            "title",
            "National dialogue on the hill districts",
            "Dialogue national sur les districts des collines",
            "الحوار الوطني بشأن مناطق التلال",
        ),
    )


def _conclude(exercise: Exercise, process: Process, parties: list[Party]) -> Agreement:
    """Record a ceasefire, a framework and the final agreement, which moves the process (D3)."""
    guarantor = exercise.states[OSTAVAL].actor
    ceasefire = _sign(
        exercise,
        process,
        parties,
        offset=-1320,
        stage=AgreementStage.CEASEFIRE,
        titles=(
            "Ceasefire in the Mira Hills",
            "Cessez-le-feu dans les collines de Mira",
            "وقف إطلاق النار في تلال ميرا",
        ),
    )
    record_provision(
        actor=exercise.people["desk.officer"], agreement=ceasefire, code="CeProv", level=2
    )
    _sign(
        exercise,
        process,
        parties,
        offset=-980,
        stage=AgreementStage.PARTIAL,
        titles=(
            "Framework Agreement on the hill districts",
            "Accord-cadre sur les districts des collines",
            "الاتفاق الإطاري بشأن مناطق التلال",
        ),
    )
    final = _sign(
        exercise,
        process,
        parties,
        offset=-410,
        stage=AgreementStage.COMPREHENSIVE,
        titles=(
            "Final Agreement on the Mira Hills",
            "Accord final sur les collines de Mira",
            "الاتفاق النهائي بشأن تلال ميرا",
        ),
        is_final=True,
        names_oic=True,
        guarantor=guarantor,
    )
    for code, level, text in PROVISIONS:
        record_provision(
            actor=exercise.people["desk.officer"],
            agreement=final,
            code=code,
            level=level,
            text=text,
        )
    return final


def _sign(
    exercise: Exercise,
    process: Process,
    parties: list[Party],
    *,
    offset: int,
    stage: AgreementStage,
    titles: tuple[str, str, str],
    guarantor: Actor | None = None,
    **values: bool,
) -> Agreement:
    officer = exercise.people["desk.officer"]
    agreement = record_agreement(
        actor=officer,
        process=process,
        recorded_on=exercise.day(offset),
        parties=parties,
        stage=stage,
        status=AgreementStatus.SIGNED,
        signed_earliest=exercise.day(offset),
        place="Sivelta",
        **in_three("title", *titles),
        **values,
    )
    government, movement = parties
    signing = (
        (SignatoryRole.SIGNATORY, government, "Rashid Almorel", Sex.MALE),
        (SignatoryRole.SIGNATORY, government, "Sumaya Teldoran", Sex.FEMALE),
        (SignatoryRole.SIGNATORY, movement, "Anwar Mirsolet", Sex.MALE),
        (SignatoryRole.WITNESS, None, "Zaynab Ulverane", Sex.FEMALE),
        (SignatoryRole.WITNESS, None, "The elder of the upper districts", Sex.UNKNOWN),
    )
    for role, party, name, sex in signing:
        add_signatory(
            actor=officer, agreement=agreement, role=role, party=party, name=name, sex=sex
        )
    if guarantor is not None:
        add_signatory(
            actor=officer,
            agreement=agreement,
            role=SignatoryRole.GUARANTOR,
            signatory_actor=guarantor,
        )
    return agreement


def _give_mandates(exercise: Exercise, dispute: Dispute, track: Process) -> None:
    """A mandate of the 51st session, renewed by the 52nd; the old one stays readable (M1)."""
    officer = exercise.people["desk.officer"]
    secretary_general = Actor.objects.get(kind=ActorKind.OFFICE, code="SG")
    titles = in_three(
        "title",
        "Follow-up of the agreements on the Mira Hills",
        "Suivi des accords relatifs aux collines de Mira",
        "متابعة الاتفاقات المتعلقة بتلال ميرا",
    )
    first = adopt_and_activate(
        officer=officer,
        on=exercise.day(-610),
        dispute=dispute,
        processes=[track],
        resolution=exercise.resolutions["12/51-POL"],
        paragraph="3",
        type=MandateType.MONITORING,
        holders=[secretary_general],
        terms=TERMS,
        end_kind=MandateEnd.SESSION,
        end_session=exercise.sessions["52nd Council"],
        **titles,
    )
    adopt_and_activate(
        officer=officer,
        on=exercise.day(-252),
        dispute=dispute,
        processes=[track],
        resolution=exercise.resolutions["12/52-POL"],
        paragraph="5",
        type=MandateType.MONITORING,
        holders=[secretary_general],
        terms=TERMS,
        succeeds=first,
        starts_on=exercise.day(-253),
        end_kind=MandateEnd.SESSION,
        end_session=exercise.sessions["53rd Council"],
        review_on=exercise.day(16),
        **titles,
    )
