"""Policies of the file itself: opening, changing, team, sharing, ending."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.choices import DisputeStatus
from cases.models import Dispute, StateNotification, WatchNote
from cases.policies.rights import (
    NO_POWER,
    STANDS_IN_FOR_FIRST,
    has_right,
    is_borrowed_from,
    may_change,
)
from common.policy import Allowed, Denied, Verdict, policy


@policy("cases.open_dispute")
def may_open_dispute(user: Any, subject: None = None) -> Verdict:
    """Desk officers, the head of unit and the ASG open files."""
    return Allowed() if user.has_power("cases.open_dispute") else NO_POWER


@policy("cases.change_dispute")
def may_change_dispute(user: Any, dispute: Dispute) -> Verdict:
    """The team changes what the file says."""
    return may_change(user, dispute)


@policy("cases.reclassify")
def may_reclassify(user: Any, dispute: Dispute) -> Verdict:
    """Head of unit and ASG set the classification of a standing file."""
    return may_change(user, dispute, "cases.reclassify", needs_team=False)


@policy("cases.assign_officer")
def may_assign_officer(user: Any, dispute: Dispute) -> Verdict:
    """Head of unit and ASG say whose file it is."""
    return may_change(user, dispute, "cases.assign_officer", needs_team=False)


@policy("cases.change_team")
def may_change_team(user: Any, dispute: Dispute) -> Verdict:
    """The desk officer and those above form the team."""
    return may_change(user, dispute)


@policy("cases.notify_state")
def may_notify_state(user: Any, dispute: Dispute) -> Verdict:
    """Only the ASG notifies a concerned State of a file (Rule D7)."""
    verdict = may_change(user, dispute, "cases.notify_state", needs_team=False)
    if verdict and dispute.is_thematic:
        return Denied(
            "thematic", _("A thematic file has no State concerned to notify."), is_rule=True
        )
    return verdict


@policy("cases.share_with_state")
def may_share_with_state(user: Any, notification: StateNotification) -> Verdict:
    """The ASG shares the file with a State that was notified (Rule D7)."""
    return may_change(user, notification.dispute, "cases.notify_state", needs_team=False)


@policy("cases.suspend_dispute")
def may_suspend_dispute(user: Any, dispute: Dispute) -> Verdict:
    """The team suspends an active file."""
    verdict = may_change(user, dispute)
    if verdict and dispute.status != DisputeStatus.ACTIVE:
        return Denied("not_active", _("The file is not active."), is_rule=True)
    return verdict


@policy("cases.resume_dispute")
def may_resume_dispute(user: Any, dispute: Dispute) -> Verdict:
    """The team resumes a suspended file."""
    verdict = may_change(user, dispute)
    if verdict and dispute.status != DisputeStatus.SUSPENDED:
        return Denied("not_suspended", _("The file is not suspended."), is_rule=True)
    return verdict


@policy("cases.propose_end")
def may_propose_end(user: Any, dispute: Dispute) -> Verdict:
    """The team proposes an honourable way out (Rule D4b)."""
    verdict = may_change(user, dispute)
    if verdict and dispute.end_proposed_outcome:
        return Denied(
            "end_proposed",
            _("An end is proposed already and awaits a second person."),
            is_rule=True,
        )
    return verdict


@policy("cases.approve_end")
def may_approve_end(user: Any, dispute: Dispute) -> Verdict:
    """A second person, head of unit or ASG, approves the end (Rule D4b)."""
    verdict = may_change(user, dispute, "cases.approve_end", needs_team=False)
    if not verdict:
        return verdict
    if not dispute.end_proposed_outcome:
        return Denied("no_end_proposed", _("No end of this file is proposed."), is_rule=True)
    if dispute.end_proposed_by_id == user.pk:
        return Denied(
            "same_person",
            _("You proposed this end; another person must approve it."),
            is_rule=True,
        )
    if is_borrowed_from(user, "cases.approve_end", dispute.end_proposed_by_id):
        return STANDS_IN_FOR_FIRST
    return verdict


@policy("cases.reopen_dispute")
def may_reopen_dispute(user: Any, dispute: Dispute) -> Verdict:
    """Whoever may approve an end may reopen an ended file (Rule D4b)."""
    verdict = has_right(user, dispute, "cases.approve_end", needs_team=False)
    if verdict and not dispute.is_ended:
        return Denied("not_ended", _("The file has not ended."), is_rule=True)
    return verdict


@policy("cases.link_precedent")
def may_link_precedent(user: Any, dispute: Dispute) -> Verdict:
    """The team keeps published agreements beside its file."""
    return may_change(user, dispute, "library.link_precedent")


@policy("cases.write_watch_note")
def may_write_watch_note(user: Any, subject: None = None) -> Verdict:
    """Case officers write watch notes (Rule D4c)."""
    return Allowed() if user.has_power("cases.write_watch_note") else NO_POWER


@policy("cases.change_watch_note")
def may_change_watch_note(user: Any, note: WatchNote) -> Verdict:
    """A watch note is changed and ended by its author alone (Rule D4c)."""
    if note.author_id != user.pk:
        return Denied("not_author", _("Only its author changes or ends a watch note."))
    if note.ended_on is not None:
        return Denied("note_ended", _("The watch note has ended."), is_rule=True)
    return Allowed()
