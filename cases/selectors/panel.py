"""The panel "what may be done today": the policies' own answers, asked for one process at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import ActivityKind, ReviewStepKind
from cases.models import Process, ReviewStep
from cases.selectors.reviews_due import awaited_steps
from cases.selectors.situation import Situation
from common.errors import Text
from common.policy import Verdict, may


@dataclass(frozen=True)
class Act:
    """One act of the panel: what it is, whether it is open, and where it is done."""

    key: str
    label: Text
    verdict: Verdict
    url: str


#: Key, words, whether the answer follows from the facts of the day, where it is done, which kind.
_ACTS: tuple[tuple[str, Text, bool, str, str], ...] = (
    (
        "make_contact",
        _("Soundings, separate contacts, talks about talks"),
        False,
        "cases:activity_plan",
        ActivityKind.SOUNDING,
    ),
    (
        "offer_good_offices",
        _("Offer the good offices of the Secretary General"),
        False,
        "cases:good_offices_offer",
        "",
    ),
    ("seek_consent", _("Ask for consent"), False, "cases:consent_open", ""),
    (
        "send_mission",
        _("Send a mission to a State that agrees"),
        True,
        "cases:activity_plan",
        ActivityKind.MISSION,
    ),
    (
        "convene_joint_round",
        _("Convene a joint round"),
        True,
        "cases:activity_plan",
        ActivityKind.JOINT_ROUND,
    ),
    ("table_proposal", _("Table a proposal"), True, "cases:activity_plan", ActivityKind.PROPOSAL),
    ("record_agreement", _("Record an agreement"), False, "cases:agreement_record", ""),
    ("change_stage", _("Change the stage"), False, "cases:process_stage", ""),
)


def acts_of(user: Any, process: Process, on: date, situation: Situation | None = None) -> list[Act]:
    """Return what may be done in a process on a day, with the reason of each answer.

    The facts are read once and the same policies are asked that guard the services.

    Args:
        situation: the facts, where the caller has read them already.
    """
    facts = {"on": on, "situation": situation or Situation(process, on)}
    acts = []
    for key, label, needs_facts, url_name, kind in _ACTS:
        verdict = may(user, f"cases.{key}", process, **(facts if needs_facts else {}))
        url = reverse(url_name, args=[process.pk]) + (f"?kind={kind}" if kind else "")
        acts.append(Act(key, label, verdict, url))
    return acts + _review_acts(user, process)


#: What the next step of a review is called among the acts, and the policy that guards it.
_STEPS: dict[str, tuple[str, Text]] = {
    ReviewStepKind.ASSESSMENT: ("assess_review", _("Assess the mandate under review")),
    ReviewStepKind.COUNTERSIGNATURE: (
        "countersign_review",
        _("Countersign the assessment of the mandate"),
    ),
    ReviewStepKind.PROPOSAL: (
        "propose_review",
        _("Propose to the organ what becomes of the mandate"),
    ),
    ReviewStepKind.SUBMISSION: (
        "submit_review",
        _("Submit the review of the mandate to a session"),
    ),
    ReviewStepKind.DECISION: ("decide_review", _("Record what the organ decided on the mandate")),
}


def _review_acts(user: Any, process: Process) -> list[Act]:
    """Return the next step of each open review of a mandate that covers the process (Rule M5)."""
    covering = Q(review__mandate__processes=process) | Q(review__mandate__processes__isnull=True)
    steps = awaited_steps().filter(
        covering,
        review__mandate__dispute=process.dispute_id,
        pk__in=ReviewStep.objects.visible_to(user).order_by().values("pk"),
    )
    acts = []
    for step in steps:
        step.review.mandate.dispute = process.dispute  # of which the right was asked already
        key, label = _STEPS[step.kind]
        url = reverse("cases:review_detail", args=[step.review_id])
        acts.append(Act(key, label, may(user, f"cases.{key}", step.review), url))
    return acts
