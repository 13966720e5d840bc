"""Enumerations of case work; the words on screen follow domain.md § 7, "Words on screen"."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DisputeType(models.TextChoices):
    """Rule D1."""

    INTER_STATE_MEMBERS = "inter_state_members", _("Between Member States")
    MEMBER_VS_NONMEMBER = "member_vs_nonmember", _("Between a Member State and another State")
    INTRA_STATE_MEMBER = "intra_state_member", _("Within a Member State")
    MINORITY_IN_NONMEMBER = "minority_in_nonmember", _("Muslim community in another State")
    THEMATIC = "thematic", _("Thematic")


class DisputeStatus(models.TextChoices):
    """The state of a file (Rule D1); not to be mixed with a process's stage."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")


class Outcome(models.TextChoices):
    """How a file ended (Rules D4, D4b). None but `settled` is called settled."""

    SETTLED = "settled", _("Settled")
    REMOVED_FROM_AGENDA = "removed_from_agenda", _("Removed from the agenda")
    TAKEN_OVER = "taken_over", _("Taken over by another forum")
    DECIDED_BY_COURT = "decided_by_court", _("Decided by a court")
    MERGED = "merged", _("Merged into another file")
    OPENED_IN_ERROR = "opened_in_error", _("Opened in error")


class PartyKind(models.TextChoices):
    """What a party is; only governments give consent (Rule C2)."""

    GOVERNMENT = "government", _("Government")
    MOVEMENT = "movement", _("Movement")
    COMMUNITY = "community", _("Community")
    ORGANISATION = "organisation", _("Organisation")
    OTHER = "other", _("Other")


class CauseKind(models.TextChoices):
    """What a root cause is of."""

    STRUCTURAL = "structural", _("Structural")
    PROXIMATE = "proximate", _("Proximate")
    TRIGGER = "trigger", _("Trigger")


class Stage(models.TextChoices):
    """The stages of a process (Rule D2); a ceasefire is a dated record and not a stage."""

    EARLY_WARNING = "early_warning", _("Early warning")
    PREPARATION = "preparation", _("Preparation")
    PRE_NEGOTIATION = "pre_negotiation", _("Pre-negotiation")
    NEGOTIATION = "negotiation", _("Negotiation")
    FRAMEWORK = "framework", _("Framework")
    COMPREHENSIVE = "comprehensive", _("Comprehensive")
    IMPLEMENTATION = "implementation", _("Implementation")
    MONITORING = "monitoring", _("Monitoring")


class OutwardStage(models.TextChoices):
    """What others than the Secretariat and the team see of a stage (Rule D7)."""

    CONSULTATIONS = "consultations_continue", _("Consultations continue")
    FOLLOW_UP = "follow_up", _("Follow-up of the agreement")


class StageChangeKind(models.TextChoices):
    """How a process came to a stage."""

    OPENED = "opened", _("opened at this stage")
    STEP = "step", _("moved on")
    SKIP = "skip", _("skipped ahead")
    BACK = "back", _("went back")
    AGREEMENT = "agreement", _("moved by a signed agreement")


class Engagement(models.TextChoices):
    """What the OIC is in a process (Rule C6)."""

    GOOD_OFFICES = "good_offices", _("Good offices")
    MEDIATION = "mediation", _("Mediation")
    POLITICAL_FOLLOW_UP = "political_follow_up", _("Political follow-up")
    NATIONAL_PROCESS = "national_process", _("National process")


class NationalRole(models.TextChoices):
    """The OIC's place in a national process (Rule C6)."""

    NONE = "none", _("No role")
    OBSERVER = "observer", _("Observer")
    SUPPORT = "support", _("Support at the State's request")


class BasisKind(models.TextChoices):
    """The bases of acting besides a mandate (Rule M0)."""

    GOOD_OFFICES = "good_offices", _("Good offices of the Secretary General")
    AGREEMENT = "agreement", _("Agreement of the parties that names the OIC")
    INVITATION = "invitation", _("Invitation of a State")


class BasisState(models.TextChoices):
    """Where an offer of good offices stands; the other bases are in force or ended."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    IN_FORCE = "in_force", _("In force")
    NO_REPLY = "no_reply", _("No reply")
    NOT_TAKEN_UP = "not_taken_up", _("Not taken up")
    ENDED = "ended", pgettext_lazy("basis", "Ended")


class ConsentRole(models.TextChoices):
    """The role to which a party consents (Rule C1)."""

    GOOD_OFFICES = "good_offices", _("Good offices")
    FACILITATION = "facilitation", _("Facilitation")
    MEDIATION = "mediation", _("Mediation")
    MONITORING = "monitoring", _("Monitoring")


class ConsentState(models.TextChoices):
    """Where a party's consent stands (Rule C1)."""

    NOT_SOUGHT = "not_sought", _("Not sought")
    SOUGHT = "sought", _("Sought")
    GIVEN = "given", _("Given")
    CONDITIONAL = "conditional", _("Given on conditions")
    NOT_GIVEN = "not_given", _("Not in a position to agree at present")
    NO_LONGER_IN_FORCE = "no_longer_in_force", _("No longer in force")


class Instrument(models.TextChoices):
    """In what form a step of consent reached the Secretariat (Rule C1)."""

    SIGNED = "signed", _("Signed instrument")
    NOTE = "note", _("Note verbale")
    LETTER = "letter", _("Letter")
    COMMUNIQUE = "communique", _("Joint communiqué")
    ORAL = "oral", _("Oral")
    CONDUCT = "conduct", _("By conduct")


class Level(models.TextChoices):
    """The level at which a party spoke."""

    HEAD_OF_STATE = "head_of_state", _("Head of State or Government")
    MINISTER = "minister", _("Minister")
    SENIOR_OFFICIAL = "senior_official", _("Senior official")
    PERMANENT_REPRESENTATIVE = "permanent_representative", _("Permanent Representative")
    LEADERSHIP = "leadership", _("Leadership of the movement")
    REPRESENTATIVE = "representative", _("Representative of the movement")


class MandateType(models.TextChoices):
    """What a mandate asks its holder to do."""

    GOOD_OFFICES = "good_offices", _("Good offices")
    FACILITATION = "facilitation", _("Facilitation")
    MEDIATION = "mediation", _("Mediation")
    ENQUIRY = "enquiry", _("Enquiry")
    MONITORING = "monitoring", _("Monitoring")
    FOLLOW_UP = "follow_up", _("Political follow-up")


class MandateState(models.TextChoices):
    """Rule M1; the last two are final."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    ACTIVE = "active", pgettext_lazy("mandate", "Active")
    UNDER_REVIEW = "under_review", _("Under review")
    SUSPENDED = "suspended", pgettext_lazy("mandate", "Suspended")
    RENEWED = "renewed", _("Renewed")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")


class MandateEnd(models.TextChoices):
    """How long a mandate runs (Rule M4)."""

    DATE = "date", _("Until a date")
    SESSION = "session", _("Until the close of a session")
    DECISION = "decision", _("Until further decision")


class AgreementStage(models.TextChoices):
    """The stage of an agreement, an attribute of its own (domain.md § 5)."""

    PRE_NEGOTIATION = "pre_negotiation", _("Pre-negotiation")
    CEASEFIRE = "ceasefire", _("Ceasefire")
    PARTIAL = "partial", _("Framework or partial")
    COMPREHENSIVE = "comprehensive", _("Comprehensive")
    IMPLEMENTATION = "implementation", _("Implementation")
    RENEWAL = "renewal", _("Renewal")
    OTHER = "other", _("Other")


class AgreementStatus(models.TextChoices):
    """Whether an agreement was signed."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    AGREED = "agreed", _("Agreed without signature")


class ProvisionLevel(models.IntegerChoices):
    """How far an agreement goes on a matter (domain.md § 5)."""

    MENTIONED = 1, _("1 – mentioned")
    DESCRIBED = 2, _("2 – described")
    REGULATED = 3, _("3 – regulated in detail")


class SignatoryRole(models.TextChoices):
    """In which capacity a person or actor stands on an agreement."""

    SIGNATORY = "signatory", _("Signatory")
    WITNESS = "witness", _("Witness")
    GUARANTOR = "guarantor", _("Guarantor")


class Sex(models.TextChoices):
    """Recorded for the shares of women; unknown is shown, not dropped."""

    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")
    UNKNOWN = "unknown", _("Not known")


class ActivityKind(models.TextChoices):
    """What is done in a process; the kinds that Rule C4 names apart."""

    SOUNDING = "sounding", _("Sounding")
    TALKS_ABOUT_TALKS = "talks_about_talks", _("Talks about talks")
    SEPARATE_CONTACT = "separate_contact", _("Separate contact")
    HUMANITARIAN = "humanitarian", _("Humanitarian contact")
    MISSION = "mission", _("Mission")
    JOINT_ROUND = "joint_round", _("Joint round")
    PROPOSAL = "proposal", _("Proposal tabled")


class ActivityState(models.TextChoices):
    """Where an activity stands; a withdrawal of consent puts a joint round on hold (Rule C5)."""

    PLANNED = "planned", _("Planned")
    ON_HOLD = "on_hold", _("On hold")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class GrantReason(models.TextChoices):
    """Why a grant on a file stands, where the house gives it; a place in a team names its function."""

    DESK_OFFICER = "desk_officer", _("desk officer of the file")
    OPENER = "opener", _("opened the file")
    OPEN_FILE = "open_file", _("the file is classified open")
    SHARED_WITH_STATE = "shared_with_state", _("the file was shared with the State")
    STANDS_IN = "stands_in", _("stands in for somebody who is away")


class ReviewState(models.TextChoices):
    """Where the review of a mandate stands (Rule M5); in the last three it is closed."""

    OPEN = "open", _("Assessment awaited")
    ASSESSED = "assessed", _("Countersignature awaited")
    COUNTERSIGNED = "countersigned", _("Proposal awaited")
    PROPOSED = "proposed", _("Submission awaited")
    SUBMITTED = "submitted", _("Decision of the organ awaited")
    DECIDED = "decided", _("Decided")
    LAPSED = "lapsed", _("The mandate lapsed without a decision")
    OVERTAKEN = "overtaken", _("Overtaken by a decision outside the review")


class ReviewStepKind(models.TextChoices):
    """The steps of a review, in their order."""

    ASSESSMENT = "assessment", _("Assessment")
    COUNTERSIGNATURE = "countersignature", _("Countersignature")
    PROPOSAL = "proposal", _("Proposal")
    SUBMISSION = "submission", _("Submission")
    DECISION = "decision", _("Decision of the organ")


class Recommendation(models.TextChoices):
    """What is recommended to the organ at the end of a review."""

    RENEW = "renew", _("Renew")
    AMEND = "amend", _("Renew with new terms of reference")
    END = "end", _("End")


class ReviewOutcome(models.TextChoices):
    """What the organ decided on a mandate under review."""

    RENEWED = "renewed", _("Renewed")
    AMENDED = "amended", _("Terms of reference amended")
    TERMINATED = "terminated", _("Terminated")


class TaskState(models.TextChoices):
    """Where a task stands; a hold returns by itself on its day."""

    OPEN = "open", pgettext_lazy("task", "Open")
    ON_HOLD = "on_hold", pgettext_lazy("task", "On hold")
    DONE = "done", pgettext_lazy("task", "Done")
    CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")


class TaskPriority(models.IntegerChoices):
    """How pressing a task is; ordered."""

    LOW = 0, pgettext_lazy("priority", "Low")
    NORMAL = 1, pgettext_lazy("priority", "Normal")
    HIGH = 2, pgettext_lazy("priority", "High")


class TaskTold(models.IntegerChoices):
    """What the clock has told of a task on the day it is due; ordered."""

    NOTHING = 0, pgettext_lazy("task", "Nothing told")
    NEAR = 1, pgettext_lazy("task", "Told that it falls due")
    PAST = 2, pgettext_lazy("task", "Told that its day is past")
    ESCALATED = 3, pgettext_lazy("task", "Told to the head of the unit")
