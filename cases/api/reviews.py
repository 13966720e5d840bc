"""Reviews of mandates in the API (Rules M4 to M8)."""

from __future__ import annotations

from functools import partial

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, act
from cases.api.filters import MandateReviewFilter
from cases.api.serializers import reviews as shapes
from cases.api.serializers.shared import DayInput
from cases.models import MandateReview
from cases.services import review_decisions, reviews

act_on_review = partial(act, answer=shapes.MandateReviewSerializer)


class MandateReviewViewSet(CaseViewSet):
    """Reviews of mandates: assessed, countersigned, proposed, submitted, decided."""

    model = MandateReview
    keyword = "review"
    queryset = MandateReview.objects.none()
    serializer_class = shapes.MandateReviewSerializer
    joined = (
        "mandate__dispute",
        "session__organ__actor",
        "session__joint_with",
        "resolution__session",
    )
    fetched = ("steps__owner", "steps__done_by")
    inward_filters = MandateReviewFilter
    outward_filters = MandateReviewFilter

    @extend_schema(request=shapes.OpenReviewInput, responses={201: shapes.MandateReviewSerializer})
    def create(self, request: Request) -> Response:
        """Open the review of a mandate before its day; on its day it opens by itself (Rule M5)."""
        return self.add(reviews.open_review, shapes.OpenReviewInput)

    @extend_schema(request=shapes.DraftInput, responses=shapes.MandateReviewSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Draft the decision in its languages; If-Match names the state that was read."""
        return self.change(reviews.draft_decision, shapes.DraftInput)

    assess = act_on_review("assess", reviews.assess_mandate, shapes.AssessInput)
    countersign = act_on_review("countersign", reviews.countersign_assessment, DayInput)
    send_back = act_on_review("send-back", reviews.return_assessment, shapes.ReturnInput)
    propose = act_on_review("propose", reviews.propose_to_organ, shapes.ProposeInput)
    submit = act_on_review("submit", reviews.submit_to_session, shapes.SubmitInput)
    take_back = act_on_review("take-back", reviews.take_submission_back, shapes.ReturnInput)
    renew = act_on_review("renew", review_decisions.record_renewal, shapes.RenewInput)
    amend = act_on_review("amend", review_decisions.record_amendment, shapes.AmendInput)
    end = act_on_review("end", review_decisions.record_termination, shapes.EndInput)
