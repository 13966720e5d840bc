"""What case work brings to "My morning": the next steps of reviews, and mandates that near their end.

The steps name what the person can do at once; the rows of mandates say what is missing, so that
nobody finds it out on the last day (Rules M4, M5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.selectors import absentees_of
from cases.choices import MandateEnd, ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Mandate, ReviewStep
from cases.selectors.mandates_due import UNDECIDED_STATES, Lacks, with_missing
from cases.selectors.overview import end_of
from cases.selectors.reviews_due import awaited_steps, review_day_of
from common.clock import Today
from common.dates import gregorian
from common.errors import Text
from common.extensions import WorkItem
from common.worklist import MINE, NEAREST


@dataclass(frozen=True)
class _Wording:
    """How one step of a review reads: what to do, why it comes to this person, what the button says.

    ``route`` is where the button leads: to the act itself, or where one reads first, to the review.
    """

    act: Text
    why: Text
    button: Text
    route: str


_STEPS: dict[str, _Wording] = {
    ReviewStepKind.ASSESSMENT: _Wording(
        gettext_lazy("Assess the mandate"),
        gettext_lazy("The review opened on %(opened)s; the head of unit countersigns after you."),
        gettext_lazy("Write the assessment"),
        "cases:review_assess",
    ),
    ReviewStepKind.COUNTERSIGNATURE: _Wording(
        gettext_lazy("Countersign the assessment"),
        gettext_lazy(
            "The desk officer has assessed the mandate; the Assistant Secretary General proposes "
            "after you."
        ),
        gettext_lazy("Read and countersign"),
        "cases:review_detail",
    ),
    ReviewStepKind.PROPOSAL: _Wording(
        gettext_lazy("Propose to the organ"),
        gettext_lazy("The assessment is countersigned; the desk officer submits your proposal."),
        gettext_lazy("Write the proposal"),
        "cases:review_propose",
    ),
    ReviewStepKind.SUBMISSION: _Wording(
        gettext_lazy("Submit to a session"),
        gettext_lazy("The proposal is made; it must lie before the organ that may decide."),
        gettext_lazy("Submit"),
        "cases:review_submit",
    ),
    ReviewStepKind.DECISION: _Wording(
        gettext_lazy("Record what the organ decided"),
        gettext_lazy("Submitted to: %(session)s."),
        gettext_lazy("Record the decision"),
        "cases:review_detail",
    ),
}


#: Said to whoever oversees the unit: what to do is not theirs.
_OF_OTHERS = gettext_lazy("The review opened on %(opened)s.")


def review_steps(user: Any, until: date, scope: str) -> Iterator[WorkItem]:
    """Yield the steps of reviews that are next; those without a day wait for their session's (M4)."""
    rows = awaited_steps().filter(pk__in=ReviewStep.objects.visible_to(user).values("pk"))
    rows = rows.filter(Q(due_on__isnull=True) | Q(due_on__lte=until))
    if scope == MINE:
        rows = rows.filter(_owed_by(user))
    for step in rows.order_by("due_on", "pk")[:NEAREST]:
        yield _item_of_step(user, step)


def _owed_by(user: Any) -> Q:
    """Return the condition that a step is the person's, or an absent colleague's, or falls to them.

    A step that names nobody falls to whoever holds the power that it asks.
    """
    powers = {
        kind
        for kind, rule in REVIEW_STEPS.items()
        if rule.power != "cases.work_on_dispute" and user.has_power(rule.power)
    }
    return (
        Q(owner=user)
        | Q(owner__in=absentees_of(user))
        | Q(owner__isnull=True, kind__in=powers)
        | Q(owner__isnull=True, review__mandate__dispute__desk_officer=user)
    )


def _item_of_step(user: Any, step: ReviewStep) -> WorkItem:
    review, owner = step.review, step.owner
    opened = {"opened": gregorian(review.opened_on)}
    is_stood_in_for = owner is not None and owner.pk in absentees_of(user)
    review_url = reverse("cases:review_detail", args=[review.pk])
    wording = _STEPS[step.kind]
    why, button, button_url = wording.why, wording.button, reverse(wording.route, args=[review.pk])
    if owner is not None and owner.pk != user.pk and not is_stood_in_for:
        why, button, button_url = _OF_OTHERS, _("Open the review"), review_url
    return WorkItem(
        due_on=step.due_on,
        act=wording.act,
        thing=str(review.mandate),
        why=why % {**opened, "session": review.session.label if review.session else ""},
        kind=_("review"),
        url=review_url,
        button=button,
        button_url=button_url,
        owner=owner.display_name if owner else "",
        stands_in_for=owner.display_name if owner and is_stood_in_for else "",
    )


def ending_mandates(user: Any, until: date, scope: str) -> Iterator[WorkItem]:
    """Yield the mandates that end, or are to be reviewed, by a day, with what is still missing."""
    if not user.is_secretariat:
        return
    rows: Any = Mandate.objects.visible_to(user).filter(
        state__in=UNDECIDED_STATES, dispute__is_historical=False
    )
    if scope == MINE:
        rows = rows.filter(
            Q(dispute__desk_officer=user) | Q(dispute__desk_officer__in=absentees_of(user))
        )
    rows = rows.annotate(decides_by=review_day_of()).filter(decides_by__lte=until)
    rows = rows.filter(Q(end_kind=MandateEnd.DECISION) | Q(decides_by__gte=Today()))
    rows = with_missing(rows).select_related(
        "dispute__desk_officer",
        "end_session__organ__actor",
        "end_session__joint_with",
        "extended_to__organ__actor",
        "extended_to__joint_with",
    )
    for mandate in rows.order_by("decides_by", "pk")[:NEAREST]:
        yield _item_of_mandate(user, mandate)


def _item_of_mandate(user: Any, mandate: Any) -> WorkItem:
    officer = mandate.dispute.desk_officer
    missing = [str(words) for words in Lacks(mandate).words()]
    is_open_ended = mandate.end_kind == MandateEnd.DECISION
    url = reverse("cases:mandate_detail", args=[mandate.pk])
    return WorkItem(
        due_on=mandate.decides_by,
        act=_("Review date of the mandate") if is_open_ended else _("The mandate ends"),
        thing=str(mandate),
        why=_("It runs %(end)s; still missing: %(missing)s.")
        % {
            "end": end_of(mandate),
            "missing": pgettext("between the items of a list", ", ").join(missing),
        }
        if missing
        else _("It runs %(end)s; nothing is missing.") % {"end": end_of(mandate)},
        kind=_("mandate"),
        url=url,
        button=_("See what is missing") if missing else _("Read"),
        button_url=url,
        owner=officer.display_name if officer else "",
        stands_in_for=officer.display_name if officer and officer.pk in absentees_of(user) else "",
    )
