"""Routes of the dispute file, its processes, bases, consents, mandates, reviews and activities."""

from __future__ import annotations

from django.urls import path

from cases.views import (
    access,
    activities,
    bases,
    consents,
    disputes,
    ends,
    history,
    mandates,
    parties,
    processes,
    review_decisions,
    reviews,
    sharing,
    team,
)

_FILES = [
    path("files/", disputes.dispute_list, name="dispute_list"),
    path("files/new/", disputes.dispute_open, name="dispute_open"),
    path("files/<uuid:pk>/", disputes.dispute_detail, name="dispute_detail"),
    path("files/<uuid:pk>/change/", disputes.dispute_change, name="dispute_change"),
    path("files/<uuid:pk>/classification/", disputes.dispute_reclassify, name="dispute_reclassify"),
    path("files/<uuid:pk>/desk-officer/", disputes.dispute_assign, name="dispute_assign"),
    path("files/<uuid:pk>/suspend/", disputes.dispute_suspend, name="dispute_suspend"),
    path("files/<uuid:pk>/resume/", disputes.dispute_resume, name="dispute_resume"),
    path("files/<uuid:pk>/end/propose/", ends.end_propose, name="end_propose"),
    path("files/<uuid:pk>/end/approve/", ends.end_approve, name="end_approve"),
    path("files/<uuid:pk>/end/decline/", ends.end_decline, name="end_decline"),
    path("files/<uuid:pk>/reopen/", ends.dispute_reopen, name="dispute_reopen"),
    path("files/<uuid:pk>/history/", history.dispute_history, name="dispute_history"),
    path("files/<uuid:pk>/record/", history.dispute_record, name="dispute_record"),
]
_PARTIES = [
    path("files/<uuid:pk>/parties/", parties.party_list, name="party_list"),
    path("files/<uuid:pk>/parties/add/", parties.party_add, name="party_add"),
    path("parties/<uuid:pk>/change/", parties.party_change, name="party_change"),
    path("files/<uuid:pk>/causes/add/", parties.cause_add, name="cause_add"),
    path("causes/<uuid:pk>/change/", parties.cause_change, name="cause_change"),
]
_ACCESS = [
    path("files/<uuid:pk>/access/", access.dispute_access, name="dispute_access"),
    path("files/<uuid:pk>/team/add/", team.team_add, name="team_add"),
    path("team/<uuid:pk>/end/", team.team_end, name="team_end"),
    path("files/<uuid:pk>/notify/", sharing.state_notify, name="state_notify"),
    path("notifications/<uuid:pk>/share/", sharing.state_share, name="state_share"),
    path("notifications/<uuid:pk>/end/", sharing.sharing_end, name="sharing_end"),
]
_PROCESSES = [
    path("files/<uuid:pk>/processes/open/", processes.process_open, name="process_open"),
    path("processes/<uuid:pk>/", processes.process_detail, name="process_detail"),
    path("processes/<uuid:pk>/change/", processes.process_change, name="process_change"),
    path("processes/<uuid:pk>/stage/", processes.process_stage, name="process_stage"),
    path(
        "processes/<uuid:pk>/engagement/", processes.process_engagement, name="process_engagement"
    ),
    path("processes/<uuid:pk>/suspend/", processes.process_suspend, name="process_suspend"),
    path("processes/<uuid:pk>/resume/", processes.process_resume, name="process_resume"),
    path("processes/<uuid:pk>/bases/", bases.basis_list, name="basis_list"),
    path("processes/<uuid:pk>/good-offices/", bases.good_offices_offer, name="good_offices_offer"),
    path("processes/<uuid:pk>/invitations/", bases.invitation_record, name="invitation_record"),
    path(
        "processes/<uuid:pk>/agreement-basis/",
        bases.agreement_basis_record,
        name="agreement_basis_record",
    ),
    path("bases/<uuid:pk>/change/", bases.basis_change, name="basis_change"),
    path("processes/<uuid:pk>/activities/plan/", activities.activity_plan, name="activity_plan"),
    path("activities/<uuid:pk>/", activities.activity_detail, name="activity_detail"),
    path("activities/<uuid:pk>/held/", activities.activity_held, name="activity_held"),
    path("activities/<uuid:pk>/resume/", activities.activity_resume, name="activity_resume"),
    path("activities/<uuid:pk>/cancel/", activities.activity_cancel, name="activity_cancel"),
]
_CONSENTS = [
    path("files/<uuid:pk>/consents/", consents.consent_list, name="consent_list"),
    path("processes/<uuid:pk>/consents/open/", consents.consent_open, name="consent_open"),
    path("consents/<uuid:pk>/", consents.consent_detail, name="consent_detail"),
    path("consents/<uuid:pk>/step/", consents.consent_step, name="consent_step"),
    path("steps/<uuid:pk>/countersign/", consents.step_countersign, name="step_countersign"),
    path("steps/<uuid:pk>/confirm/", consents.step_confirm, name="step_confirm"),
    path("steps/<uuid:pk>/release/", consents.step_release, name="step_release"),
    path("conditions/<uuid:pk>/met/", consents.condition_met, name="condition_met"),
]
_MANDATES = [
    path("files/<uuid:pk>/mandates/", mandates.mandate_list, name="mandate_list"),
    path("files/<uuid:pk>/mandates/draft/", mandates.mandate_draft, name="mandate_draft"),
    path("mandates/<uuid:pk>/", mandates.mandate_detail, name="mandate_detail"),
    path("mandates/<uuid:pk>/change/", mandates.mandate_change, name="mandate_change"),
    path("mandates/<uuid:pk>/adopt/", mandates.mandate_adopt, name="mandate_adopt"),
    path("mandates/<uuid:pk>/activate/", mandates.mandate_activate, name="mandate_activate"),
    path("mandates/<uuid:pk>/suspend/", mandates.mandate_suspend, name="mandate_suspend"),
    path("mandates/<uuid:pk>/extend/", mandates.mandate_extend, name="mandate_extend"),
    path("mandates/<uuid:pk>/terminate/", mandates.mandate_terminate, name="mandate_terminate"),
    path("mandates/<uuid:pk>/terms/add/", mandates.terms_add, name="terms_add"),
]
_REVIEWS = [
    path("mandates/<uuid:pk>/review/open/", reviews.review_open, name="review_open"),
    path("reviews/<uuid:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<uuid:pk>/assess/", reviews.review_assess, name="review_assess"),
    path("reviews/<uuid:pk>/draft/", reviews.review_draft, name="review_draft"),
    path("reviews/<uuid:pk>/countersign/", reviews.review_countersign, name="review_countersign"),
    path("reviews/<uuid:pk>/return/", reviews.review_return, name="review_return"),
    path("reviews/<uuid:pk>/propose/", reviews.review_propose, name="review_propose"),
    path("reviews/<uuid:pk>/submit/", reviews.review_submit, name="review_submit"),
    path("reviews/<uuid:pk>/take-back/", reviews.review_take_back, name="review_take_back"),
    path("reviews/<uuid:pk>/renew/", review_decisions.review_renew, name="review_renew"),
    path("reviews/<uuid:pk>/amend/", review_decisions.review_amend, name="review_amend"),
    path("reviews/<uuid:pk>/end/", review_decisions.review_end, name="review_end"),
]

urlpatterns = [*_FILES, *_PARTIES, *_ACCESS, *_PROCESSES, *_CONSENTS, *_MANDATES, *_REVIEWS]
