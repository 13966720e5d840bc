"""The dispute file and everything that hangs on it."""

from cases.models.activities import Activity
from cases.models.agreements import Agreement, AgreementParty, AgreementProvision, Signatory
from cases.models.bases import Basis
from cases.models.consents import Consent, ConsentCondition, ConsentStep
from cases.models.disputes import Dispute, Party, RootCause
from cases.models.documents import Document, DocumentVersion
from cases.models.mandates import Mandate, MandateAssignment, TermsOfReference
from cases.models.notes import Precedent, WatchNote
from cases.models.people import DisputeGroupGrant, StateNotification, TeamMember
from cases.models.processes import Process, ProcessParty, StageChange
from cases.models.reviews import MandateReview, ReviewStep
from cases.models.tasks import Task

__all__ = [
    "Activity",
    "Agreement",
    "AgreementParty",
    "AgreementProvision",
    "Basis",
    "Consent",
    "ConsentCondition",
    "ConsentStep",
    "Dispute",
    "DisputeGroupGrant",
    "Document",
    "DocumentVersion",
    "Mandate",
    "MandateAssignment",
    "MandateReview",
    "Party",
    "Precedent",
    "Process",
    "ProcessParty",
    "ReviewStep",
    "RootCause",
    "Signatory",
    "StageChange",
    "StateNotification",
    "Task",
    "TeamMember",
    "TermsOfReference",
    "WatchNote",
]
