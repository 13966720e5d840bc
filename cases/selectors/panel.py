"""The panel "what may be done today": the policies' own answers, asked for one process at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import ActivityKind
from cases.models import Process
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


def acts_of(user: Any, process: Process, on: date, situation: Situation | None = None) -> list[Act]:
    """Return what may be done in a process on a day, with the reason of each answer.

    The facts are read once and the same policies are asked that guard the services.

    Args:
        situation: the facts, where the caller has read them already.
    """
    known = situation or Situation(process, on)
    facts = {"on": on, "situation": known}
    plan = reverse("cases:activity_plan", args=[process.pk])
    return [
        Act(
            "make_contact",
            _("Soundings, separate contacts, talks about talks"),
            may(user, "cases.make_contact", process),
            f"{plan}?kind={ActivityKind.SOUNDING}",
        ),
        Act(
            "offer_good_offices",
            _("Offer the good offices of the Secretary General"),
            may(user, "cases.offer_good_offices", process),
            reverse("cases:good_offices_offer", args=[process.pk]),
        ),
        Act(
            "seek_consent",
            _("Ask for consent"),
            may(user, "cases.seek_consent", process),
            reverse("cases:consent_open", args=[process.pk]),
        ),
        Act(
            "send_mission",
            _("Send a mission to a State that agrees"),
            may(user, "cases.send_mission", process, **facts),
            f"{plan}?kind={ActivityKind.MISSION}",
        ),
        Act(
            "convene_joint_round",
            _("Convene a joint round"),
            may(user, "cases.convene_joint_round", process, **facts),
            f"{plan}?kind={ActivityKind.JOINT_ROUND}",
        ),
        Act(
            "table_proposal",
            _("Table a proposal"),
            may(user, "cases.table_proposal", process, **facts),
            f"{plan}?kind={ActivityKind.PROPOSAL}",
        ),
        Act(
            "record_agreement",
            _("Record an agreement"),
            may(user, "cases.record_agreement", process),
            reverse("cases:agreement_record", args=[process.pk]),
        ),
        Act(
            "change_stage",
            _("Change the stage"),
            may(user, "cases.change_stage", process),
            reverse("cases:process_stage", args=[process.pk]),
        ),
    ]
