"""Activities in the API: what is done in a process, as Rule C4 tells one act from another."""

from __future__ import annotations

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, act
from cases.api.filters import ActivityFilter
from cases.api.serializers import activities as shapes
from cases.api.serializers.shared import DayInput, ReasonedInput
from cases.models import Activity
from cases.services import activities

act_on_activity = partial(act, answer=shapes.ActivitySerializer)


class ActivityViewSet(CaseViewSet):
    """Soundings, contacts, missions, joint rounds and proposals; seen from inside only."""

    model = Activity
    keyword = "activity"
    queryset = Activity.objects.none()
    serializer_class = shapes.ActivitySerializer
    joined = (
        "process__dispute",
        "state_visited__actor",
        "decided_in_person_by",
        "audience_party__actor",
        "by",
    )
    inward_filters = ActivityFilter
    outward_filters = ActivityFilter

    def select(self, rows: Any) -> Any:
        """Join what the answers show; outside, a file has no activities."""
        if not self.sight.is_secretariat:
            rows = rows.filter(process__dispute_id__in=self.sight.team_files)
        return super().select(rows.with_footing())

    @extend_schema(request=shapes.ActivityInput, responses={201: shapes.ActivitySerializer})
    def create(self, request: Request) -> Response:
        """Plan an activity on the footing that is in force on its day (Rules C4, M5)."""
        return self.add(activities.plan_activity, shapes.ActivityInput)

    held = act_on_activity("held", activities.mark_activity_held, DayInput)
    resume = act_on_activity("resume", activities.resume_activity, shapes.ReplanInput)
    cancel = act_on_activity("cancel", activities.cancel_activity, ReasonedInput)
