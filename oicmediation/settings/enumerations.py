"""Names of the enumerations in the API's schema: one name each, whatever the field that bears it."""

from __future__ import annotations

from typing import Any

_CASES = (
    "DisputeType",
    "DisputeStatus",
    "Outcome",
    "PartyKind",
    "CauseKind",
    "Stage",
    "OutwardStage",
    "StageChangeKind",
    "Engagement",
    "NationalRole",
    "BasisKind",
    "BasisState",
    "ConsentRole",
    "ConsentState",
    "Instrument",
    "Level",
    "MandateType",
    "MandateState",
    "MandateEnd",
    "AgreementStage",
    "AgreementStatus",
    "ProvisionLevel",
    "SignatoryRole",
    "Sex",
    "ActivityKind",
    "ActivityState",
    "ReviewState",
    "ReviewStepKind",
    "ReviewOutcome",
)
_INSTITUTIONS = (
    "ActorKind",
    "Membership",
    "Confidence",
    "OrganTier",
    "SessionKind",
    "SessionStatus",
    "HolidayKind",
    "ReservationKind",
)

ENUM_NAME_OVERRIDES: dict[str, Any] = {
    **{name: f"cases.choices.{name}" for name in _CASES},
    **{name: f"institutions.choices.{name}" for name in _INSTITUTIONS},
    "ReviewRecommendation": "cases.choices.Recommendation",
    "Audience": "common.choices.Audience",
    "Classification": "common.choices.Classification",
    "ScanState": "common.files.ScanState",
    "Role": "accounts.roles.CHOICES",
    "GivenRole": "accounts.api.serializers.GIVEN_ROLES",
    "TokenScope": "accounts.models.tokens.TokenScope",
    "RecordKind": "audit.models.Kind",
    "LibraryKind": "library.choices.Kind",
    "LibraryStage": "library.choices.Stage",
    "SeenFromInside": ["inside"],
    "SeenFromOutside": ["outside"],
    "WayOut": "cases.api.serializers.disputes.WAYS_OUT_CHOICES",
}
