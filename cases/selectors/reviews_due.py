"""What is due in the reviews of mandates on a day: stored facts decide, whoever asks (Rules M4, M5).

Every function takes the day and returns rows in the order of their keys, ready to be locked. Nothing
is due in a file of published history.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from cases.choices import DisputeStatus, MandateEnd, MandateState
from cases.lifecycle import FINAL_REVIEW_STATES, REVIEW_STEPS, REVIEWED_STATES
from cases.models import Mandate, MandateReview, ReviewStep
from institutions.calendar import working_calendar
from institutions.choices import SessionStatus
from institutions.models import Session

_ONE_DAY = timedelta(days=1)
_NEVER = Value(date.max, output_field=DateField())


def _session_gone(path: str) -> Q:
    return Q(**{f"{path}__status": SessionStatus.POSTPONED})


def review_day_of(prefix: str = "") -> Case:
    """Return ``Mandate.review_day`` in SQL.

    Args:
        prefix: the lookup from the row to its mandate, for instance ``mandate__``.
    """
    extended, end = f"{prefix}extended_to", f"{prefix}end_session"
    return Case(
        When(~Q(**{f"{prefix}terminated_on": None}), then=F(f"{prefix}terminated_on")),
        When(**{f"{prefix}end_kind": MandateEnd.DATE}, then=F(f"{prefix}ends_on")),
        When(**{f"{prefix}end_kind": MandateEnd.DECISION}, then=F(f"{prefix}review_on")),
        When(_session_gone(extended), then=None),
        When(~Q(**{extended: None}), then=F(f"{extended}__ends_on")),
        When(_session_gone(end), then=None),
        default=F(f"{end}__ends_on"),
        output_field=DateField(),
    )


def _ending(**bound: date) -> Q:
    """Return the condition on the end of a mandate: ``_ending(lt=day)``, ``_ending(lte=day)``."""
    ((comparison, day),) = bound.items()
    by_session = Q(end_kind=MandateEnd.SESSION)
    held_back = _session_gone("end_session")
    extended_back = _session_gone("extended_to")
    return (
        Q(end_kind=MandateEnd.DATE, **{f"ends_on__{comparison}": day})
        | by_session & Q(**{f"extended_to__ends_on__{comparison}": day}) & ~extended_back
        | by_session
        & Q(extended_to=None, **{f"end_session__ends_on__{comparison}": day})
        & ~held_back
    )


# Opening ----------------------------------------------------------------------------------------


def opening_horizon(on: date, *, is_exercise: bool) -> date:
    """Return the latest end whose review is open on a day.

    A review opens ``MANDATE_REVIEW_OPENS`` days before the end, moved to the working day before
    (Rule M5): so every end counts whose day of opening falls before the next working day.
    """
    calendar = working_calendar(is_exercise=is_exercise)
    next_working_day = calendar.add_working_days(on, 1)
    return next_working_day - _ONE_DAY + timedelta(days=settings.MANDATE_REVIEW_OPENS)


def mandates_to_review(on: date) -> QuerySet[Mandate]:
    """Return the mandates whose review must open on a day.

    Not those with an open review, nor those whose present end a closed review was about already,
    nor those that lapsed while nobody looked. A mandate until further decision is reviewed before its
    review date, and nothing of it lapses.
    """
    open_or_done = MandateReview.objects.filter(mandate=OuterRef("pk")).filter(
        ~Q(state__in=FINAL_REVIEW_STATES) | Q(ends_on__gte=review_day_of("mandate__"))
    )
    due = Q()
    for world in (False, True):
        horizon = opening_horizon(on, is_exercise=world)
        ahead = _ending(lte=horizon) & ~_ending(lt=on)
        to_look_at = Q(end_kind=MandateEnd.DECISION, review_on__lte=horizon)
        due |= Q(dispute__is_exercise=world) & (ahead | to_look_at)
    return (
        Mandate.objects.filter(due, state__in=REVIEWED_STATES, dispute__is_historical=False)
        .exclude(dispute__status=DisputeStatus.ENDED)
        .exclude(Exists(open_or_done))
        .select_related(*_OF_MANDATE)
        .order_by("pk")
    )


# Reminders --------------------------------------------------------------------------------------


def _open_reviews() -> QuerySet[MandateReview]:
    rows = MandateReview.objects.exclude(state__in=FINAL_REVIEW_STATES)
    return rows.select_related(*_OF_REVIEW).order_by("pk")


def reminder_due(days_left: int) -> int | None:
    """Return which reminder of the end is due with so many days left; None when none is yet."""
    due = [days for days in settings.MANDATE_REVIEW_REMINDERS if days_left <= days]
    return min(due, default=None)


def reviews_to_remind(on: date) -> QuerySet[MandateReview]:
    """Return the open reviews of whose end the owner is to be reminded (Rule M5: T-30, T-7)."""
    due = Q()
    for days in settings.MANDATE_REVIEW_REMINDERS:
        unsent = Q(reminded_days=None) | Q(reminded_days__gt=days)
        due |= Q(ends_on__lte=on + timedelta(days=days)) & unsent
    return _open_reviews().filter(due)


def awaited_steps() -> QuerySet[ReviewStep]:
    """Return the steps that are next: nobody is pressed for what waits for another."""
    is_next = Q()
    for kind, rule in REVIEW_STEPS.items():
        is_next |= Q(kind=kind, review__state=rule.done_from)
    rows = ReviewStep.objects.filter(is_next, done_on__isnull=True)
    return rows.select_related("owner", *(f"review__{path}" for path in _OF_REVIEW)).order_by("pk")


def steps_to_remind(on: date) -> QuerySet[ReviewStep]:
    """Return the awaited steps that fall due soon and of which nobody was reminded."""
    soon = on + timedelta(days=settings.MANDATE_REVIEW_STEP_REMINDER)
    return awaited_steps().filter(
        due_on__lte=soon, due_on__gte=on, reminded_on__isnull=True, escalated_on__isnull=True
    )


def steps_to_escalate(on: date) -> QuerySet[ReviewStep]:
    """Return the awaited steps that are late and of which the command was not told."""
    late = on - timedelta(days=settings.MANDATE_REVIEW_ESCALATION)
    return awaited_steps().filter(due_on__lte=late, escalated_on__isnull=True)


# Dates that moved -------------------------------------------------------------------------------


def mandates_out_of_step(on: date) -> QuerySet[Mandate]:
    """Return the mandates whose written state does not follow their dates (Rule M5).

    Those whose last day is past while nothing decided on them; those that the clockwork wrote as
    expired and whose end, corrected since, is not past, unless another mandate succeeds them; those
    that became active during a review.
    """
    under_review = MandateReview.objects.filter(mandate=OuterRef("pk")).exclude(
        state__in=FINAL_REVIEW_STATES
    )
    past = _ending(lt=on)
    succeeded = Mandate.objects.filter(succeeds=OuterRef("pk")).exclude(state=MandateState.DRAFT)
    lapsed = Q(state=MandateState.EXPIRED) & ~Q(lapsed_from="") & ~Exists(succeeded)
    return _dated_mandates().filter(
        Q(past, state__in=REVIEWED_STATES)
        | lapsed & ~past
        | Q(Exists(under_review), state=MandateState.ACTIVE)
    )


def _dated_mandates() -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(dispute__is_historical=False)
    return rows.select_related(*_OF_MANDATE).order_by("pk")


def reviews_to_redate(on: date) -> QuerySet[MandateReview]:
    """Return the open reviews whose days are not those of their mandate and session any more."""
    close = Case(
        When(_session_gone("session"), then=None),
        default=F("session__ends_on"),
        output_field=DateField(),
    )
    day = review_day_of("mandate__")
    rows = _open_reviews().annotate(
        _ends_on=Coalesce("ends_on", _NEVER),
        _decide_by=Coalesce("decide_by", _NEVER),
        _end=Coalesce(day, _NEVER),
        _decision=Coalesce(Least(day, close), _NEVER),
    )
    return rows.exclude(_ends_on=F("_end"), _decide_by=F("_decision"))


def open_reviews_of_session(session: Session) -> QuerySet[MandateReview]:
    """Return the open reviews whose mandate ends with a session, or that wait for its decision."""
    return _open_reviews().filter(
        Q(session=session) | Q(mandate__end_session=session) | Q(mandate__extended_to=session)
    )


_SESSIONS = ("end_session", "extended_to")
_OF_MANDATE: tuple[str, ...] = (
    "dispute__desk_officer",
    "dispute__unit",
    "resolution__session",
    *(f"{name}__organ__actor" for name in _SESSIONS),
    *(f"{name}__joint_with" for name in _SESSIONS),
)
_OF_REVIEW: tuple[str, ...] = (
    "session__organ__actor",
    "session__joint_with",
    *(f"mandate__{path}" for path in _OF_MANDATE),
)
