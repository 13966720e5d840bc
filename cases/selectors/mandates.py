"""Where a mandate stands by its dates, beside what is written (Rules M1, M3 to M5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.choices import MandateState
from cases.lifecycle import IN_FORCE_STATES
from cases.models import Mandate
from cases.selectors.overview import end_of
from common import dates
from common.errors import Text
from institutions.choices import SessionStatus


@dataclass(frozen=True)
class Standing:
    """What holds on a day, in words; a remark where the written state says something else."""

    words: Text
    tone: str
    remark: Text = ""


def standing_of(mandate: Mandate, on: date, *, has_terms: bool) -> Standing:
    """Return where a mandate stands on a day: its dates decide, the written state follows (M5).

    Args:
        has_terms: terms of reference are on record.
    """
    last = mandate.last_day
    if mandate.state in (MandateState.DRAFT, MandateState.TERMINATED, MandateState.EXPIRED):
        tone = "neutral" if mandate.state == MandateState.DRAFT else "red"
        return Standing(mandate.get_state_display(), tone)
    if last is not None and last < on:
        return Standing(_("Lapsed on %(date)s") % {"date": dates.gregorian(last)}, "red")
    if mandate.state == MandateState.ADOPTED:
        return _standing_of_adopted(mandate, on, has_terms)
    if mandate.state == MandateState.SUSPENDED:
        return Standing(mandate.get_state_display(), "amber", end_of(mandate))
    if mandate.state in IN_FORCE_STATES and mandate.starts_on and mandate.starts_on > on:
        first = dates.gregorian(mandate.starts_on)
        return Standing(_("Begins on %(date)s") % {"date": first}, "neutral")
    return Standing(pgettext("mandate", "In force"), "green", _pending(mandate))


def _standing_of_adopted(mandate: Mandate, on: date, has_terms: bool) -> Standing:
    if not has_terms and not mandate.terms_waived_reason:
        return Standing(_("Adopted, terms of reference pending"), "amber", _pending(mandate))
    if mandate.starts_on is not None and mandate.starts_on > on:
        first = dates.gregorian(mandate.starts_on)
        return Standing(_("Adopted, begins on %(date)s") % {"date": first}, "neutral")
    return Standing(_("Adopted, not yet active"), "amber", _pending(mandate))


def _pending(mandate: Mandate) -> str:
    """Return that the mandate runs on to a postponed session, where it does (Rule M4)."""
    session = mandate.extended_to or mandate.end_session
    is_pending = session is not None and session.status == SessionStatus.POSTPONED
    return end_of(mandate) if is_pending else ""


def is_adopted_outside_session(mandate: Mandate) -> bool:
    """Tell whether the adoption is dated outside the days of its session; a warning only (M2)."""
    if mandate.session is None or mandate.adopted_on is None:
        return False
    return not mandate.session.may_include(mandate.adopted_on)
