"""Models of the institutions: whatever is the same for every dispute file."""

from institutions.models.actors import (
    Actor,
    DatedName,
    MembershipStatus,
    RegionalGroup,
    RegionalGroupMembership,
    State,
)
from institutions.models.decisions import Reservation, ResolutionParagraph
from institutions.models.organs import Office, OfficeHolding, Organ
from institutions.models.reference import ConferenceRecommendation, GlossaryTerm, Holiday
from institutions.models.sessions import Resolution, Session

__all__ = [
    "Actor",
    "ConferenceRecommendation",
    "DatedName",
    "GlossaryTerm",
    "Holiday",
    "MembershipStatus",
    "Office",
    "OfficeHolding",
    "Organ",
    "RegionalGroup",
    "RegionalGroupMembership",
    "Reservation",
    "Resolution",
    "ResolutionParagraph",
    "Session",
    "State",
]
