"""The timeline of a file: everything with a date that the person sees, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.choices import ActivityState, ConsentState, Stage
from cases.models import (
    Activity,
    Agreement,
    Basis,
    ConsentStep,
    Dispute,
    Document,
    Mandate,
    MandateReview,
    StageChange,
    StateNotification,
)
from common import extensions
from common.extensions import TimelineEntry
from common.text import isolated

Source = Callable[[Any, Dispute], Iterator[TimelineEntry]]


def timeline_of(user: Any, dispute: Dispute, limit: int | None = None) -> list[TimelineEntry]:
    """Return the file's dated entries, each source one query, newest first.

    Args:
        limit: at most so many entries.
    """
    providers = [provider for _key, provider in extensions.timeline]
    entries = [entry for source in (*SOURCES, *providers) for entry in source(user, dispute)]
    entries.sort(key=lambda entry: (entry.on, entry.sort_key), reverse=True)
    return entries[:limit]


def _seen(rows: Any, user: Any, **of_file: Any) -> QuerySet[Any]:
    visible: QuerySet[Any] = rows.visible_to(user).filter(**of_file)
    return visible


def _opening(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    if user.is_secretariat and not dispute.is_historical:
        yield TimelineEntry(dispute.opened_on, _("File opened"), kind=_("file"))
    if user.is_secretariat and dispute.ended_on is not None:
        yield TimelineEntry(
            dispute.ended_on,
            _("File ended: %(outcome)s") % {"outcome": dispute.get_outcome_display()},
            kind=_("file"),
            sort_key="z",
        )


def _stages(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(StageChange.objects, user, process__dispute=dispute)
    for change in rows.select_related("process", "agreement"):
        yield TimelineEntry(
            change.on,
            _("%(process)s: %(stage)s")
            % {"process": isolated(change.process), "stage": Stage(change.new_stage).label},
            kind=_("stage"),
            note=change.why,
            audience="team",
            sort_key=change.created_at.isoformat(),
        )


def _consents(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(ConsentStep.objects, user, consent__process__dispute=dispute)
    for step in rows.select_related("consent__party__actor", "consent__process"):
        values = {
            "party": step.consent.party.name,
            "role": step.consent.get_role_display(),
            "state": ConsentState(step.new_state).label,
        }
        text = (
            _("%(party)s – consent (%(role)s): %(state)s")
            if step.consent.party.is_government
            else _("%(party)s – agreement to take part (%(role)s): %(state)s")
        )
        yield TimelineEntry(
            step.on,
            text % values,
            kind=step.get_instrument_display(),
            url=reverse("cases:consent_detail", args=[step.consent_id]),
            audience="party",
            sort_key=step.created_at.isoformat(),
        )


def _mandates(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(Mandate.objects, user, dispute=dispute).exclude(adopted_on__isnull=True)
    for mandate in rows.select_related("resolution__session", "organ__actor"):
        url = reverse("cases:mandate_detail", args=[mandate.pk])
        yield TimelineEntry(
            mandate.adopted_on,
            _("Mandate adopted: %(organ)s, resolution %(resolution)s, paragraph %(paragraph)s")
            % {
                "organ": mandate.organ,
                "resolution": isolated(mandate.resolution),
                "paragraph": mandate.paragraph,
            },
            kind=_("mandate"),
            url=url,
            sort_key=mandate.created_at.isoformat(),
        )
        if mandate.terminated_on is not None:
            yield TimelineEntry(
                mandate.terminated_on,
                _("Mandate terminated: %(mandate)s") % {"mandate": isolated(mandate)},
                kind=_("mandate"),
                url=url,
                sort_key="z",
            )


def _reviews(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(MandateReview.objects, user, mandate__dispute=dispute)
    for review in rows.select_related("mandate", "resolution__session"):
        values = {"mandate": isolated(review.mandate), "result": review.get_state_display()}
        shared: dict[str, Any] = {
            "kind": _("review"),
            "url": reverse("cases:review_detail", args=[review.pk]),
            "audience": "secretariat",
        }
        opened = _("Review opened of the mandate: %(mandate)s") % values
        yield TimelineEntry(review.opened_on, opened, sort_key="a", **shared)
        if review.closed_on is not None:
            closed = _("Review of the mandate %(mandate)s: %(result)s") % values
            yield TimelineEntry(
                review.closed_on,
                closed,
                note=review.get_outcome_display(),
                sort_key="z",
                **shared,
            )


def _bases(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    if not user.is_secretariat and user.state_actor_id is not None:
        return
    for basis in _seen(Basis.objects, user, process__dispute=dispute):
        yield TimelineEntry(
            basis.state_since,
            _("%(basis)s: %(state)s")
            % {"basis": basis.get_kind_display(), "state": basis.get_state_display()},
            kind=_("basis"),
            classification=basis.classification,
            audience="secretariat",
            sort_key=basis.created_at.isoformat(),
        )


def _agreements(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(Agreement.objects, user, process__dispute=dispute)
    for agreement in rows.exclude(signed_latest__isnull=True):
        yield TimelineEntry(
            agreement.signed_latest,
            _("Agreement: %(title)s") % {"title": isolated(agreement)},
            kind=agreement.get_stage_display(),
            url=reverse("cases:agreement_detail", args=[agreement.pk]),
            note=agreement.signed_as_written,
            classification=agreement.classification,
            sort_key=agreement.created_at.isoformat(),
        )


def _activities(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    for activity in _seen(Activity.objects.with_footing(), user, process__dispute=dispute):
        yield TimelineEntry(
            activity.planned_on,
            _("%(kind)s: %(purpose)s")
            % {"kind": activity.get_kind_display(), "purpose": isolated(activity.purpose)},
            kind=ActivityState(activity.state).label,
            url="" if user.state_actor_id else reverse("cases:activity_detail", args=[activity.pk]),
            note=_("On the footing of: %(footing)s") % {"footing": activity.footing}
            if activity.footing
            else "",
            audience=activity.audience,
            classification=activity.classification,
            sort_key=activity.created_at.isoformat(),
        )


def _documents(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    for document in _seen(Document.objects, user, dispute=dispute):
        yield TimelineEntry(
            document.dated or _day(document.created_at),
            _("Document filed: %(title)s") % {"title": isolated(document)},
            kind=_("document"),
            url=reverse("cases:document_detail", args=[document.pk]),
            audience=document.audience,
            classification=document.classification,
            sort_key=document.created_at.isoformat(),
        )


def _notifications(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    rows = _seen(StateNotification.objects, user, dispute=dispute)
    for notification in rows.select_related("state__actor"):
        yield TimelineEntry(
            notification.notified_on,
            _("%(state)s notified of the file") % {"state": notification.state},
            kind=_("notification"),
            audience="secretariat",
            sort_key=notification.created_at.isoformat(),
        )


def _day(moment: Any) -> date:
    return timezone.localdate(moment)


SOURCES: tuple[Source, ...] = (
    _opening,
    _stages,
    _consents,
    _mandates,
    _reviews,
    _bases,
    _agreements,
    _activities,
    _documents,
    _notifications,
)
