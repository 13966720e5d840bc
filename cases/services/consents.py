"""Consent, step by step (Rules C1 to C5): nothing is erased, a withdrawal stops outward acts at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import ActivityKind, ActivityState, ConsentState
from cases.lifecycle import CONSENT_MOVES, STANDING
from cases.models import Activity, Consent, ConsentCondition, ConsentStep, Party, Process
from cases.selectors.situation import ROLE_OF_ENGAGEMENT
from common import extensions
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require

_JOINT_ACTS = (ActivityKind.JOINT_ROUND, ActivityKind.PROPOSAL)


@transaction.atomic
def open_consent(*, actor: User, process: Process, party: Party, role: str) -> Consent:
    """Open the record of one party's consent to one role in a process; nothing is sought yet (C1).

    Raises:
        Refused: the party does not talk in this process.
    """
    require(actor, "cases.seek_consent", process)
    if not process.parties.filter(pk=party.pk).exists():
        raise Refused(
            "foreign_party", _("Choose among the parties of this process."), field="party"
        )
    consent = Consent(process=process, party=party, role=role)
    consent.full_clean()
    consent.save()
    record(
        actor=actor,
        verb="cases.consent_sought",
        target=consent,
        subject=process.dispute,
        party=party,
        role=role,
    )
    return consent


@transaction.atomic
def record_consent(
    *,
    actor: User,
    consent: Consent,
    state: str,
    on: date,
    instrument: str,
    conditions: Sequence[str] = (),
    version: int | None = None,
    **particulars: Any,
) -> ConsentStep:
    """Record the next step of a consent with its date and instrument (Rule C1).

    A press statement is neither consent nor withdrawal and has no instrument here. A consent that
    is no longer in force stops new outward acts of its role at once (C5): joint rounds and
    proposals that are planned go on hold, and outside nobody sees it until a text is released.

    Args:
        state: the state the step leads to.
        on: the day of the instrument.
        conditions: for a conditional consent, each condition in words.
        particulars: ``instrument_reference``, ``spoken_by``, ``spoken_to``, ``meeting``, ``level``,
            ``scope``, ``note``, ``confirmation_pending``.

    Raises:
        Refused: the move is unknown, the day lies before the last step, or conditions are missing.
    """
    consent = lock(consent, version=version)
    require(actor, "cases.record_consent", consent)
    _require_move(consent, state, on, conditions)
    step = ConsentStep(
        consent=consent,
        old_state=consent.state,
        new_state=state,
        on=on,
        instrument=instrument,
        by=actor,
        **particulars,
    )
    step.full_clean()
    step.save()
    _write_conditions(consent, step, conditions)
    changes = _advance(consent, state, on)
    if state == ConsentState.NO_LONGER_IN_FORCE:
        _stop_outward_acts(actor, consent)
    record(
        actor=actor,
        verb="cases.consent_recorded",
        target=consent,
        subject=consent.process.dispute,
        changes=changes,
        instrument=instrument,
        step=step,
    )
    return step


def _require_move(consent: Consent, state: str, on: date, conditions: Sequence[str]) -> None:
    if ConsentState(state) not in CONSENT_MOVES[ConsentState(consent.state)]:
        raise Refused(
            "no_such_move",
            _("A consent that is “%(old)s” cannot become “%(new)s”.")
            % {"old": consent.get_state_display(), "new": ConsentState(state).label},
            field="state",
        )
    if consent.state_since is not None and on < consent.state_since:
        raise Refused("before_last_step", _("This day lies before the last step."), field="on")
    if (state == ConsentState.CONDITIONAL) != bool(conditions):
        raise Refused(
            "conditions",
            _("A consent on conditions names each of them, and no other consent does."),
            field="conditions",
        )


def _write_conditions(consent: Consent, step: ConsentStep, conditions: Sequence[str]) -> None:
    ConsentCondition.objects.filter(consent=consent).exclude(step=step).update(is_current=False)
    for text in conditions:
        condition = ConsentCondition(consent=consent, step=step, text=text)
        condition.full_clean()
        condition.save()


def _advance(consent: Consent, state: str, on: date) -> dict[str, list[Any]]:
    """Write where the consent stands, and what is seen of it from outside (Rule C5)."""
    values: dict[str, Any] = {"state": state, "state_since": on}
    if not _is_withheld(consent):
        values["outward_state"] = state
    changes = apply_changes(consent, values)
    consent.full_clean()
    consent.save()
    return changes


def _is_withheld(consent: Consent) -> bool:
    """Tell whether a withdrawal that nobody outside was told of is the last that was said.

    Until its text is released, or the party consents anew, the earlier state is seen.
    """
    said = (*STANDING, ConsentState.NO_LONGER_IN_FORCE)
    last = consent.steps.filter(new_state__in=said).last()
    return (
        last is not None
        and last.new_state == ConsentState.NO_LONGER_IN_FORCE
        and last.released_at is None
    )


def _stop_outward_acts(actor: User, consent: Consent) -> None:
    """Put planned joint acts of the role on hold and tell the upper apps (Rule C5)."""
    process = consent.process
    if ROLE_OF_ENGAGEMENT.get(process.engagement) == consent.role:
        for activity in Activity.objects.select_for_update().filter(
            process=process, kind__in=_JOINT_ACTS, state=ActivityState.PLANNED
        ):
            changes = apply_changes(
                activity, {"state": ActivityState.ON_HOLD, "stopped_by": consent}
            )
            activity.full_clean()
            activity.save()
            record(
                actor=actor,
                verb="cases.activity_on_hold",
                target=activity,
                subject=process.dispute,
                changes=changes,
            )
    for _key, provider in extensions.on_consent_withdrawn:
        provider(actor, consent)


@transaction.atomic
def countersign_step(*, actor: User, step: ConsentStep, on: date) -> ConsentStep:
    """Countersign an oral step as the ASG; from now on it counts (Rule C1).

    Raises:
        Refused: the step is not oral, is countersigned already, or was recorded by the same person.
    """
    step = lock(step)
    require(actor, "cases.countersign_consent", step)
    changes = apply_changes(step, {"countersigned_by": actor, "countersigned_on": on})
    step.full_clean()
    step.save()
    record(
        actor=actor,
        verb="cases.consent_countersigned",
        target=step,
        subject=step.consent.process.dispute,
        changes=changes,
    )
    return step


@transaction.atomic
def confirm_in_writing(*, actor: User, step: ConsentStep, on: date) -> ConsentStep:
    """Record that a step was confirmed in writing.

    Raises:
        Refused: no confirmation is pending.
    """
    step = lock(step)
    require(actor, "cases.record_consent", step.consent)
    if not step.confirmation_pending:
        raise Refused("not_pending", _("No confirmation in writing is pending."))
    changes = apply_changes(step, {"confirmation_pending": False, "confirmed_on": on})
    step.full_clean()
    step.save()
    record(
        actor=actor,
        verb="cases.consent_confirmed",
        target=step,
        subject=step.consent.process.dispute,
        changes=changes,
    )
    return step


@transaction.atomic
def meet_condition(*, actor: User, condition: ConsentCondition, on: date) -> ConsentCondition:
    """Record that a condition is met; when every one is, the consent counts as given (Rule C3).

    Raises:
        Refused: the condition is met already.
    """
    condition = lock(condition)
    require(actor, "cases.record_consent", condition.consent)
    if condition.met_on is not None:
        raise Refused("met_already", _("This condition is met already."))
    changes = apply_changes(condition, {"met_on": on, "met_by": actor})
    condition.full_clean()
    condition.save()
    record(
        actor=actor,
        verb="cases.condition_met",
        target=condition,
        subject=condition.consent.process.dispute,
        changes=changes,
    )
    return condition


@transaction.atomic
def release_outward_text(
    *, actor: User, step: ConsentStep, at: datetime | None = None, **texts: str
) -> ConsentStep:
    """Release, as the ASG, what others learn of a consent that is no longer in force (Rule C5).

    Args:
        texts: ``outward_text_en``, ``outward_text_fr``, ``outward_text_ar``; at least one.

    Raises:
        Refused: the step is no withdrawal, is released already, or no text is given.
    """
    step = lock(step)
    require(actor, "cases.release_text", step)
    if step.new_state != ConsentState.NO_LONGER_IN_FORCE:
        raise Refused("nothing_to_release", _("Only a consent no longer in force has such a text."))
    if not any(texts.values()):
        raise Refused(
            "text_missing", _("Give the text in at least one language."), field="outward_text_en"
        )
    changes = apply_changes(
        step, {**texts, "released_at": at or timezone.now(), "released_by": actor}
    )
    step.full_clean()
    step.save()
    consent = lock(step.consent)
    if not _is_withheld(consent) and apply_changes(consent, {"outward_state": consent.state}):
        consent.full_clean()
        consent.save()
    record(
        actor=actor,
        verb="cases.outward_text_released",
        target=step,
        subject=consent.process.dispute,
        changes=changes,
    )
    return step
