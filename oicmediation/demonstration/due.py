"""What is due in the exercise: words agreed before, reviews under way, tasks, somebody away."""

from __future__ import annotations

from accounts.services.absences import record_absence
from cases.choices import Recommendation, TaskPriority
from cases.models import Dispute, Mandate
from cases.services.reviews import (
    assess_mandate,
    countersign_assessment,
    draft_decision,
    open_review,
)
from cases.services.tasks import add_task, hold_task
from institutions.choices import ReservationKind
from institutions.services.decisions import add_paragraph, record_reservation
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA
from oicmediation.demonstration.register import SOURCE

#: Reference and number: the paragraph in three languages.
_PARAGRAPHS = {
    ("12/51-POL", "3"): (
        "Requests the Secretary General to follow the implementation of the agreements on the Mira "
        "Hills with both sides and to report to the Council at its next session.",
        "Prie le Secrétaire général de suivre, avec les deux parties, la mise en œuvre des accords "
        "relatifs aux collines de Mira et de faire rapport au Conseil à sa prochaine session.",
        "يطلب إلى الأمين العام متابعة تنفيذ الاتفاقات المتعلقة بتلال ميرا مع الطرفين وتقديم تقرير إلى "
        "المجلس في دورته المقبلة.",
    ),
    ("12/52-POL", "5"): (
        "Requests the Secretary General to continue to follow the implementation of the agreements "
        "on the Mira Hills, in particular the return of families, and to report to the Council at "
        "its next session.",
        "Prie le Secrétaire général de continuer à suivre la mise en œuvre des accords relatifs aux "
        "collines de Mira, en particulier le retour des familles, et de faire rapport au Conseil à "
        "sa prochaine session.",
        "يطلب إلى الأمين العام مواصلة متابعة تنفيذ الاتفاقات المتعلقة بتلال ميرا، ولا سيما عودة الأسر، "
        "وتقديم تقرير إلى المجلس في دورته المقبلة.",
    ),
    ("9/52-POL", "4"): (
        "Welcomes the appointment of a Special Envoy for the Upper Sahn valley and invites the two "
        "Governments to extend to her their full cooperation.",
        "Se félicite de la nomination d’une Envoyée spéciale pour la haute vallée de Sahn et invite "
        "les deux gouvernements à lui apporter leur entière coopération.",
        "يرحب بتعيين مبعوثة خاصة لوادي سهن الأعلى، ويدعو الحكومتين إلى التعاون معها تعاوناً كاملاً.",
    ),
}


def tell(exercise: Exercise) -> None:
    """Tell what is due on the exercise's day, for those who begin their morning in it."""
    _write_words_agreed(exercise)
    _review_sahn(exercise)
    _review_mira(exercise)
    _give_tasks(exercise)
    _go_away(exercise)


def _write_words_agreed(exercise: Exercise) -> None:
    registry = exercise.people["registry"]
    for (reference, number), texts in _PARAGRAPHS.items():
        add_paragraph(
            actor=registry,
            resolution=exercise.resolutions[reference],
            number=number,
            source=SOURCE,
            **in_three("text", *texts),
        )
    record_reservation(
        actor=registry,
        resolution=exercise.resolutions["12/52-POL"],
        state=exercise.states[KELVARA],
        kind=ReservationKind.RESERVATION,
        paragraph="5",
        recorded_on=exercise.day(-253),
        source=SOURCE,
        **in_three(
            "text",
            "Kelvara understands the paragraph as leaving the timetable to the two sides.",
            "Kelvara entend que ce paragraphe laisse le calendrier aux deux parties.",
            "تفهم كيلفارا أن هذه الفقرة تترك الجدول الزمني للطرفين.",
        ),
    )


def _mandate(exercise: Exercise, reference: str) -> Mandate:
    return Mandate.objects.get(resolution=exercise.resolutions[reference])


def _review_sahn(exercise: Exercise) -> None:
    """A review whose assessment is awaited."""
    open_review(
        actor=exercise.people["desk.officer"],
        mandate=_mandate(exercise, "9/52-POL"),
        on=exercise.day(-6),
    )


def _review_mira(exercise: Exercise) -> None:
    """A review that waits for the Assistant Secretary General, with a draft in three languages."""
    officer = exercise.people["desk.officer"]
    review = open_review(
        actor=officer, mandate=_mandate(exercise, "12/52-POL"), on=exercise.day(-20)
    )
    review = assess_mandate(
        actor=officer,
        review=review,
        progress="Both sides reported twice; two of the three return areas are open.",
        consent="Both sides stand by the role of the OIC.",
        obstacles="The commission on land has not met since spring.",
        recommendation=Recommendation.RENEW,
        on=exercise.day(-12),
    )
    review = draft_decision(
        actor=officer,
        review=review,
        **in_three(
            "draft",
            "Requests the Secretary General to continue to follow the implementation of the "
            "agreements on the Mira Hills, in particular the work of the commission on land, and to "
            "report to the Council at its next session.",
            "Prie le Secrétaire général de continuer à suivre la mise en œuvre des accords relatifs "
            "aux collines de Mira, en particulier les travaux de la commission foncière, et de faire "
            "rapport au Conseil à sa prochaine session.",
            "يطلب إلى الأمين العام مواصلة متابعة تنفيذ الاتفاقات المتعلقة بتلال ميرا، ولا سيما أعمال لجنة "
            "الأراضي، وتقديم تقرير إلى المجلس في دورته المقبلة.",
        ),
    )
    countersign_assessment(
        actor=exercise.people["head.of.unit"], review=review, on=exercise.day(-5)
    )


def _give_tasks(exercise: Exercise) -> None:
    officer, head = exercise.people["desk.officer"], exercise.people["head.of.unit"]
    valley = _file_of(exercise, "9/52-POL")
    hills = _file_of(exercise, "12/52-POL")
    add_task(
        actor=officer,
        owner=officer,
        dispute=valley,
        title="Compare the two readings of the flow with the expert on water",
        on=exercise.day(-14),
        due_on=exercise.day(-3),
        priority=TaskPriority.HIGH,
    )
    add_task(
        actor=head,
        owner=officer,
        dispute=hills,
        title="Ask both sides when the commission on land meets",
        on=exercise.day(-2),
        due_on=exercise.day(0),
    )
    add_task(
        actor=officer,
        owner=officer,
        title="Prepare the table of mandates for the weekly meeting",
        on=exercise.day(-1),
        due_on=exercise.day(3),
        priority=TaskPriority.LOW,
    )
    held = add_task(
        actor=officer,
        owner=officer,
        dispute=valley,
        title="Visit the grazing grounds after the rains",
        on=exercise.day(-9),
        due_on=exercise.day(20),
    )
    hold_task(
        actor=officer,
        task=held,
        until=exercise.day(14),
        reason="The road is closed until the rains end.",
        on=exercise.day(-1),
    )
    add_task(
        actor=head,
        owner=exercise.people["second.desk.officer"],
        title="Read the minutes of the technical meeting",
        on=exercise.day(-2),
        due_on=exercise.day(1),
    )


def _file_of(exercise: Exercise, reference: str) -> Dispute:
    dispute: Dispute = _mandate(exercise, reference).dispute
    return dispute


def _go_away(exercise: Exercise) -> None:
    """The second desk officer is away and the head of unit stands in; the head goes later."""
    second, head = exercise.people["second.desk.officer"], exercise.people["head.of.unit"]
    record_absence(
        actor=second,
        user=second,
        stand_in=head,
        first_day=exercise.day(-1),
        last_day=exercise.day(6),
        on=exercise.day(-4),
    )
    record_absence(
        actor=head,
        user=head,
        stand_in=exercise.people["asg"],
        first_day=exercise.day(25),
        last_day=exercise.day(32),
        on=exercise.day(-4),
    )
