"""Where a process stands on a day: the facts from which every answer about it follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cases.choices import BasisKind, ConsentRole, ConsentState, Engagement
from cases.lifecycle import IN_FORCE_STATES, LIVE_BASIS_STATES, STANDING
from cases.models import Basis, Consent, ConsentStep, Mandate, Party, Process
from common.dates import gregorian

#: The consent that a joint act needs, by what the OIC is in the process (Rules C1, C4).
ROLE_OF_ENGAGEMENT: dict[str, ConsentRole] = {
    Engagement.GOOD_OFFICES: ConsentRole.GOOD_OFFICES,
    Engagement.MEDIATION: ConsentRole.MEDIATION,
}


def counts_as_given(consent: Consent) -> bool:
    """Tell whether the consent stands (Rules C1, C3).

    An oral one counts once countersigned, a conditional one once every condition is met.
    """
    if consent.state not in STANDING:
        return False
    if any(step.waits_for_countersignature for step in _deciding_steps(consent)):
        return False
    return consent.state == ConsentState.GIVEN or all(
        condition.met_on is not None
        for condition in consent.conditions.all()
        if condition.is_current
    )


def _deciding_steps(consent: Consent) -> list[ConsentStep]:
    """Return the step that brought the consent where it is (steps are prefetched, oldest first)."""
    steps = [step for step in consent.steps.all() if step.new_state == consent.state]
    return steps[-1:]


@dataclass(frozen=True)
class MissingConsent:
    """A party whose consent, or agreement to take part, is missing, and how far it has come."""

    party: Party
    consent: Consent | None

    @property
    def state(self) -> str:
        return self.consent.state if self.consent else ConsentState.NOT_SOUGHT

    def words(self) -> str:
        """Return one sentence that names who is missing and since when it waits."""
        name = {"party": self.party.name}
        if self.consent is not None and self.consent.state in STANDING:
            if self.consent.state == ConsentState.CONDITIONAL:
                return _("the conditions of %(party)s are not all met") % name
            return _("the oral consent of %(party)s awaits countersignature") % name
        return self._not_standing()

    def _not_standing(self) -> str:
        since = self.consent.state_since if self.consent else None
        values = {"party": self.party.name, "date": gregorian(since) if since else ""}
        if self.state == ConsentState.SOUGHT:
            if self.party.is_government:
                return _("the consent of %(party)s is missing (sought %(date)s)") % values
            return (
                _("the agreement of %(party)s to take part is missing (sought %(date)s)") % values
            )
        if self.state == ConsentState.NO_LONGER_IN_FORCE:
            return _("the consent of %(party)s is no longer in force (since %(date)s)") % values
        if self.state == ConsentState.NOT_GIVEN:
            return _("%(party)s is not in a position to agree at present (%(date)s)") % values
        if self.party.is_government:
            return _("the consent of %(party)s is missing (not sought)") % values
        return _("the agreement of %(party)s to take part is missing (not sought)") % values


class Situation:
    """The facts of one process on one day, each read at most once.

    Args:
        process: the process.
        on: the day the question is about.
    """

    def __init__(self, process: Process, on: date) -> None:
        self.process = process
        self.on = on

    @cached_property
    def parties(self) -> list[Party]:
        """Return the parties that talk in the process on the day."""
        return list(
            Party.objects.filter(places__process=self.process)
            .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=self.on))
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.on))
            .select_related("actor")
        )

    @cached_property
    def consents(self) -> dict[tuple[object, str], Consent]:
        """Return every consent of the process by party and role."""
        rows = Consent.objects.filter(process=self.process).select_related("party__actor")
        rows = rows.prefetch_related("steps", "conditions")
        return {(row.party_id, row.role): row for row in rows}

    def missing_consents(self, role: str) -> list[MissingConsent]:
        """Return whose consent to `role` is missing.

        Governments consent to every role; movements and others agree to take part in mediation
        (Rule C2).
        """
        missing = []
        for party in self.parties:
            if not party.is_government and role != ConsentRole.MEDIATION:
                continue
            consent = self.consents.get((party.pk, role))
            if consent is None or not counts_as_given(consent):
                missing.append(MissingConsent(party, consent))
        return missing

    @cached_property
    def mandates(self) -> list[Mandate]:
        """Return the adopted mandates that cover the process, the latest adopted first."""
        covered = Mandate.processes.through.objects.filter(mandate=OuterRef("pk"))
        return list(
            Mandate.objects.filter(dispute_id=self.process.dispute_id, adopted_on__isnull=False)
            .filter(Exists(covered.filter(process=self.process)) | ~Exists(covered))
            .select_related(
                "organ__actor",
                "resolution__session__organ__actor",
                "resolution__session__joint_with",
                "end_session__organ__actor",
                "end_session__joint_with",
                "extended_to__organ__actor",
                "extended_to__joint_with",
            )
            .order_by("-adopted_on", "-created_at")
        )

    @cached_property
    def mandates_in_force(self) -> list[Mandate]:
        """Return the mandates under which the OIC acts on the day."""
        return [mandate for mandate in self.mandates if is_in_force(mandate, self.on)]

    @cached_property
    def lapsed_mandate(self) -> Mandate | None:
        """Return the mandate that lapsed last, if any: a refusal names it."""
        lapsed = [
            mandate
            for mandate in self.mandates
            if mandate.last_day is not None and mandate.last_day < self.on
        ]
        return max(lapsed, key=lambda mandate: mandate.last_day or self.on, default=None)

    @cached_property
    def live_bases(self) -> list[Basis]:
        """Return the bases besides mandates that are in force on the day (Rule M0)."""
        return list(
            Basis.objects.filter(
                process=self.process, state__in=LIVE_BASIS_STATES, starts_on__lte=self.on
            )
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.on))
            .select_related("holder", "inviting", "agreement")
        )

    @cached_property
    def foot(self) -> Mandate | Basis | None:
        """Return what the OIC stands on: a mandate first, then good offices, agreement, invitation."""
        if self.mandates_in_force:
            return self.mandates_in_force[0]
        by_kind = {basis.kind: basis for basis in self.live_bases}
        return next((by_kind[kind] for kind in BasisKind if kind in by_kind), None)

    @property
    def footing(self) -> str:
        """Return in words on what footing the OIC acts on the day; empty when on none."""
        return self.foot.as_footing if self.foot is not None else ""


def is_in_force(mandate: Mandate, on: date) -> bool:
    """Tell whether a mandate is in force on a day: its dates decide, the written state follows (M5)."""
    if mandate.state not in IN_FORCE_STATES or mandate.starts_on is None or mandate.starts_on > on:
        return False
    return mandate.last_day is None or mandate.last_day >= on
