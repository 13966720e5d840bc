"""Reviews of mandates with their five steps, at any point of the way."""

from __future__ import annotations

from typing import Any

import factory

from cases.choices import Recommendation, ReviewState, ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import MandateReview, ReviewStep
from tests.factories.cases import OPENED, MandateReviewFactory
from tests.factories.institutions import SessionFactory


class ReviewFactory(MandateReviewFactory):
    """An open review with its steps; traits ``assessed``, ``countersigned``, ``proposed``, ``submitted``.

    Each trait includes those before it; ``assessor=`` names who assessed.
    """

    class Meta:
        model = MandateReview
        skip_postgeneration_save = True

    class Params:
        assessed = factory.Trait(
            state=ReviewState.ASSESSED,
            progress="Two rounds were held",
            consent="Both Governments stand by it",
            recommendation=Recommendation.RENEW,
        )
        countersigned = factory.Trait(assessed=True, state=ReviewState.COUNTERSIGNED)
        proposed = factory.Trait(
            countersigned=True,
            state=ReviewState.PROPOSED,
            proposal="To renew it for a year",
            draft_en="Decides to renew the mandate",
            draft_fr="Décide de renouveler le mandat",
            draft_ar="يقرر تجديد الولاية",
        )
        submitted = factory.Trait(
            proposed=True,
            state=ReviewState.SUBMITTED,
            session=factory.SubFactory(
                SessionFactory,
                planned=True,
                is_exercise=factory.SelfAttribute("..mandate.dispute.is_exercise"),
            ),
        )

    @factory.post_generation
    def assessor(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create:
            return
        officer = self.mandate.dispute.desk_officer
        done_from = [rule.done_from for rule in REVIEW_STEPS.values()]
        is_done = self.state in done_from
        for kind in ReviewStepKind:
            is_done &= REVIEW_STEPS[kind].done_from != self.state
            ReviewStep.objects.create(
                review=self,
                kind=kind,
                owner=officer,
                due_on=self.decide_by,
                done_on=OPENED if is_done else None,
                done_by=(extracted or officer) if is_done else None,
            )
