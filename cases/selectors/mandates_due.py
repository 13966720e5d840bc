"""Mandates on their way to a decision, each with what is still missing, in one query (Rules M3 to M6).

What is missing is read beside the mandate: the step of its review that is next and whose it is, the
terms of reference, the consent that a mediation needs, and the languages of the draft decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models.users import name_in_script
from cases.choices import (
    ConsentRole,
    ConsentState,
    Instrument,
    MandateState,
    MandateType,
    PartyKind,
    ReviewStepKind,
)
from cases.lifecycle import FINAL_REVIEW_STATES, STANDING
from cases.models import (
    Consent,
    ConsentCondition,
    ConsentStep,
    Mandate,
    MandateReview,
    ProcessParty,
    ReviewStep,
    TermsOfReference,
)
from cases.selectors.reviews_due import awaited_steps
from common.clock import Today
from common.dates import gregorian
from common.errors import Text
from common.i18n import LANGUAGE_CODES, in_language
from common.text import isolated

#: States in which an organ still has to decide what becomes of a mandate.
UNDECIDED_STATES = frozenset(
    {
        MandateState.ADOPTED,
        MandateState.ACTIVE,
        MandateState.UNDER_REVIEW,
        MandateState.SUSPENDED,
    }
)


@dataclass(frozen=True)
class NextStep:
    """The step of the open review that is next."""

    kind: ReviewStepKind
    owner: str
    due_on: date | None

    def words(self) -> str:
        """Say what is awaited of whom until when."""
        values = {
            "step": self.kind.label,
            "person": isolated(self.owner or _("nobody yet")),
            "date": gregorian(self.due_on) if self.due_on else "",
        }
        if self.due_on is None:
            return _("%(step)s: %(person)s, waits for the days of the session") % values
        return _("%(step)s: %(person)s, by %(date)s") % values


class Lacks:
    """What a mandate of :func:`with_missing` still lacks before an organ can decide."""

    def __init__(self, mandate: Any) -> None:
        self._mandate = mandate

    @cached_property
    def next_step(self) -> NextStep | None:
        """The step of the review that is next; None where no review is open."""
        row = self._mandate.awaited_step
        if row is None:
            return None
        due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
        owner = name_in_script(row["name"] or "", row["name_ar"] or "")
        return NextStep(ReviewStepKind(row["kind"]), owner, due_on)

    @property
    def review_id(self) -> str:
        """The key of the open review, or nothing."""
        review = self._mandate.open_review_row
        return review["id"] if review else ""

    def words(self) -> list[Text]:
        """Return what is missing, item by item."""
        return [*self._terms(), *self._consents(), *self._draft()]

    def _terms(self) -> Iterator[Text]:
        if not self._mandate.has_terms and not self._mandate.terms_waived_reason:
            yield _("terms of reference")

    def _consents(self) -> Iterator[Text]:
        if self._mandate.type != MandateType.MEDIATION:
            return
        for kind, name in dict.fromkeys(map(_kind_and_name, self._mandate.parties_awaited)):
            party = {"party": isolated(name)}
            if kind == PartyKind.GOVERNMENT:
                yield _("consent of %(party)s") % party
            else:
                yield _("agreement of %(party)s to take part") % party

    def _draft(self) -> Iterator[Text]:
        review = self._mandate.open_review_row
        if review is None:
            return
        lacking = [code for code in LANGUAGE_CODES if review[f"no_{code}"]]
        if len(lacking) == len(LANGUAGE_CODES):
            yield _("draft decision")
            return
        wordings = {
            "en": _("draft decision in English"),
            "fr": _("draft decision in French"),
            "ar": _("draft decision in Arabic"),
        }
        yield from (wordings[code] for code in lacking)


def _kind_and_name(values: dict[str, str]) -> tuple[str, str]:
    """Return what a party is and its name, as ``Party.name`` would."""
    party = SimpleNamespace(**values)
    return party.kind, in_language(party, "neutral") or in_language(party, "name")


def with_missing(rows: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Read beside each mandate what :class:`Lacks` says; for the Secretariat's eyes."""
    of_mandate = TermsOfReference.objects.filter(mandate=OuterRef("pk"))
    return rows.annotate(
        has_terms=Exists(of_mandate),
        awaited_step=Subquery(_next_step()),
        open_review_row=Subquery(_open_review()),
        parties_awaited=ArraySubquery(_parties_awaited()),
    )


def _next_step() -> QuerySet[ReviewStep, Any]:
    steps = awaited_steps().filter(review__mandate=OuterRef("pk"))
    said = JSONObject(
        kind="kind", due_on="due_on", name="owner__full_name", name_ar="owner__full_name_ar"
    )
    return steps.order_by("pk").values_list(said)[:1]


def _open_review() -> QuerySet[MandateReview, Any]:
    rows = MandateReview.objects.filter(mandate=OuterRef("pk")).exclude(
        state__in=FINAL_REVIEW_STATES
    )
    empty = {
        f"no_{code}": ExpressionWrapper(Q(**{f"draft_{code}": ""}), BooleanField())
        for code in LANGUAGE_CODES
    }
    return rows.order_by("pk").values_list(JSONObject(id="id", **empty))[:1]


def _parties_awaited() -> QuerySet[ProcessParty, Any]:
    """Return the parties whose consent, or agreement, to mediation is missing (Rules C2, C3, M3)."""
    named = Mandate.processes.through.objects.filter(mandate=OuterRef(OuterRef("pk")))
    covers = Q(process__in=named.values("process")) | ~Q(Exists(named))
    agreed = standing_consents().filter(
        process=OuterRef("process"), party=OuterRef("party"), role=ConsentRole.MEDIATION
    )
    names = {
        **{f"neutral_{code}": f"party__neutral_name_{code}" for code in LANGUAGE_CODES},
        **{f"name_{code}": f"party__actor__name_{code}" for code in LANGUAGE_CODES},
    }
    return (
        ProcessParty.objects.filter(covers, process__dispute=OuterRef("dispute"))
        .filter(Q(party__valid_from__isnull=True) | Q(party__valid_from__lte=Today()))
        .filter(Q(party__valid_to__isnull=True) | Q(party__valid_to__gte=Today()))
        .exclude(Exists(agreed))
        .order_by("party__created_at", "party")
        .values_list(JSONObject(kind="party__kind", **names))
    )


def standing_consents() -> QuerySet[Consent]:
    """Return the consents that count as given: ``situation.counts_as_given`` in SQL."""
    deciding = ConsentStep.objects.filter(consent=OuterRef("pk"), new_state=OuterRef("state"))
    unsigned = Case(
        When(instrument=Instrument.ORAL, countersigned_by__isnull=True, then=Value(True)),
        default=Value(False),
    )
    unmet = ConsentCondition.objects.filter(
        consent=OuterRef("pk"), is_current=True, met_on__isnull=True
    )
    rows: Any = Consent.objects.filter(state__in=STANDING).annotate(
        waits=Subquery(deciding.order_by("-created_at", "-id").values_list(unsigned)[:1])
    )
    met = ~Q(state=ConsentState.CONDITIONAL) | ~Q(Exists(unmet))
    standing: QuerySet[Consent] = rows.exclude(waits=True).filter(met)
    return standing
