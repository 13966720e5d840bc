"""Routes of case work under /api/v1/."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from cases.api import (
    activities,
    consents,
    disputes,
    due,
    feeds,
    filing_urls,
    mandates,
    processes,
    reviews,
    tasks,
)

_KEY = "[0-9a-f-]{36}"


def register(router: BaseRouter) -> None:
    """Add case work to the central router."""
    router.register("disputes", disputes.DisputeViewSet, basename="dispute")
    router.register("processes", processes.ProcessViewSet, basename="process")
    router.register("consents", consents.ConsentViewSet, basename="consent")
    router.register("mandates", mandates.MandateViewSet, basename="mandate")
    router.register("worklist", due.WorklistViewSet, basename="worklist")
    router.register(
        "mandates-by-session", due.MandatesBySessionViewSet, basename="mandates-by-session"
    )
    router.register("mandate-reviews", reviews.MandateReviewViewSet, basename="mandate-review")
    router.register("calendar-feeds", feeds.CalendarFeedViewSet, basename="calendar-feed")
    router.register("tasks", tasks.TaskViewSet, basename="task")
    router.register("hand-overs", tasks.HandOverViewSet, basename="hand-over")
    router.register("activities", activities.ActivityViewSet, basename="activity")
    of_file = f"disputes/(?P<dispute_pk>{_KEY})"
    router.register(f"{of_file}/parties", disputes.PartyViewSet, basename="party")
    router.register(f"{of_file}/root-causes", disputes.RootCauseViewSet, basename="root-cause")
    router.register(f"{of_file}/team", disputes.TeamViewSet, basename="team-member")
    router.register(
        f"{of_file}/notifications",
        disputes.StateNotificationViewSet,
        basename="state-notification",
    )
    of_process = f"processes/(?P<process_pk>{_KEY})"
    router.register(f"{of_process}/bases", processes.BasisViewSet, basename="basis")
    router.register(
        f"{of_process}/stage-changes", processes.StageChangeViewSet, basename="stage-change"
    )
    of_consent = f"consents/(?P<consent_pk>{_KEY})"
    router.register(f"{of_consent}/steps", consents.ConsentStepViewSet, basename="consent-step")
    router.register(
        f"{of_consent}/conditions", consents.ConsentConditionViewSet, basename="consent-condition"
    )
    router.register(
        f"mandates/(?P<mandate_pk>{_KEY})/terms", mandates.TermsViewSet, basename="terms"
    )
    filing_urls.register(router)
