"""Who gets what behind every address of the product: declared, deny by default.

Read a line so: *these persons read (or act on) the thing named by the key of these addresses; those
who only see it read a refusal (403); for everybody else it does not exist (404); a stranger is sent
to log in (302, or 401 by API).* A new route, and a new method of an old one, fails
``test_leak_matrix.py`` until its line is written here.

The things are those of ``leak_world.py``; several in a row answer the parts of an address from left
to right, ``name=thing`` is sent in the body (in the query of a GET), and ``:word`` stands for itself.
An address without a prefix is a page: reading is GET, acting GET and POST. An address ``api:...``
takes the method before it, GET for readings and POST for acts where none is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

Persons = frozenset[str]


def persons(names: str) -> Persons:
    return frozenset(names.split())


# Personas ---------------------------------------------------------------------------------------

#: Nobody is known behind these: not logged in, or no longer.
STRANGERS = persons("anonymous deactivated")
#: Comes with a token alone; pages do not know it.
CLIENT = persons("client_a")
#: The desk officer's own token that may only read: sees as the officer, changes nothing.
READ_TOKEN = persons("read_token")

DESK = persons("officer team_member")
UNIT_AND_ASG = persons("head asg")
WORKERS = DESK | UNIT_AND_ASG
COMMAND = UNIT_AND_ASG | persons("secretary_general")
TEAM = DESK | COMMAND
CABINET = persons("cabinet")
ON_FILE = TEAM | CABINET
MEDIATORS = persons("envoy expert")
INSIDE = ON_FILE | MEDIATORS
STATE_A = persons("focal_a signatory_a portal_administrator_a client_a")
OTHER_STATES = persons("focal_b focal_c")
SEE_FILE = INSIDE | STATE_A

ASG = persons("asg")
SECRETARY_GENERAL = persons("secretary_general")
ADMINISTRATOR = persons("administrator")
AUDITOR = persons("auditor")
REGISTRY = persons("registry")
EXERCISE = persons("exercise_officer")
OFFICERS = DESK | persons("other_officer")
STAFF = OFFICERS | COMMAND | CABINET | REGISTRY
ALL_STAFF = STAFF | EXERCISE
CASE_OFFICERS = OFFICERS | UNIT_AND_ASG
REGISTRARS = CASE_OFFICERS | REGISTRY
ACCOUNT_READERS = ADMINISTRATOR | AUDITOR
#: Granted nothing, or cleared for less than what was granted.
LEFT_OUT = persons("other_envoy wise_person newcomer")
#: Have files by their role, though perhaps none, and a calendar that other programs may read.
CALENDAR_KEEPERS = ALL_STAFF | MEDIATORS | persons("other_envoy wise_person")
#: May ask a task of somebody.
TASK_GIVERS = CASE_OFFICERS | EXERCISE | REGISTRY | SECRETARY_GENERAL
TASK_READERS = COMMAND | persons("officer")
EVERYBODY = ALL_STAFF | MEDIATORS | STATE_A | OTHER_STATES | ACCOUNT_READERS | LEFT_OUT
NOBODY: Persons = frozenset()

PERSONAS = sorted(EVERYBODY | STRANGERS | READ_TOKEN)


#: The human page of the API is a page: it asks for a session.
API_PAGES = persons("api:docs")


# Lines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One method of one address on one thing.

    ``may`` get through, the others of ``sees`` read why not; for the rest nothing is there
    (``nothing``: how that is said). ``form_first``: who may not act has nothing to choose from, so
    that the form (400) answers before the right (403).
    """

    method: str
    route: str
    of: str
    may: Persons
    sees: Persons
    is_public: bool = False
    nothing: str = "404"
    form_first: bool = False

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api:") and self.route not in API_PAGES

    def __str__(self) -> str:
        return f"{self.method} {self.route}{f' of {self.of}' if self.of else ''}"


def _methods(routes: str, of_pages: tuple[str, ...], of_api: str) -> Iterator[tuple[str, str]]:
    method = ""
    for word in routes.split():
        if word.isupper():
            method = word
        elif word.startswith("api:"):
            yield method or of_api, word
            method = ""
        else:
            yield from ((one, word) for one in of_pages)


def reads(of: str, who: Persons, routes: str) -> list[Line]:
    """Return lines for what is read; it does not exist for anybody else."""
    return [
        Line(method, route, of, who, who) for method, route in _methods(routes, ("GET",), "GET")
    ]


def acts(of: str, may: Persons, sees: Persons, routes: str) -> list[Line]:
    """Return lines for acts: `may` do them, the others of `sees` read why not."""
    return [
        Line(method, route, of, may, sees | may)
        for method, route in _methods(routes, ("GET", "POST"), "POST")
    ]


def posts(of: str, who: Persons, routes: str) -> list[Line]:
    """Return lines for what is done without a page of its own; it does not exist for anybody else."""
    return [
        Line(method, route, of, who, who) for method, route in _methods(routes, ("POST",), "POST")
    ]


def made(of: str, may: Persons, sees: Persons, routes: str) -> list[Line]:
    """Return lines for what is made of a thing named in the body: hidden, it is no choice (400)."""
    return [replace(line, nothing="400") for line in acts(of, may, sees, routes)]


def public(routes: str) -> list[Line]:
    """Return lines for what a stranger may open too."""
    return [
        Line(method, route, "", EVERYBODY, EVERYBODY, is_public=True)
        for method, route in _methods(routes, ("GET",), "GET")
    ]


# The dispute file -------------------------------------------------------------------------------

FILES = [
    *reads("", EVERYBODY, "home search cases:dispute_list api:dispute-list"),
    *acts("", CASE_OFFICERS | EXERCISE, EVERYBODY, "cases:dispute_open api:dispute-list"),
    *reads(
        "file",
        SEE_FILE,
        """cases:dispute_detail cases:party_list cases:consent_list cases:mandate_list
        cases:agreement_list cases:document_list api:dispute-detail api:dispute-timeline
        api:party-list api:root-cause-list api:team-member-list api:state-notification-list
        api:precedent-list""",
    ),
    *reads("file", INSIDE, "cases:dispute_history"),
    *reads("file", ON_FILE, "cases:dispute_access cases:precedent_list api:dispute-access"),
    *reads("file", TEAM, "cases:dispute_record"),
    *acts(
        "file",
        WORKERS,
        SEE_FILE,
        """cases:dispute_change cases:dispute_suspend cases:dispute_resume cases:party_add
        cases:cause_add cases:team_add cases:process_open cases:mandate_draft cases:end_propose
        cases:document_file PATCH api:dispute-detail api:dispute-suspend api:dispute-resume
        api:dispute-propose-end api:party-list api:root-cause-list""",
    ),
    *(
        replace(line, form_first=True)
        for line in acts("file", WORKERS, SEE_FILE, "api:team-member-list api:precedent-list")
    ),
    *acts(
        "file",
        UNIT_AND_ASG,
        SEE_FILE,
        """cases:dispute_assign cases:dispute_reclassify cases:end_approve cases:end_decline
        cases:dispute_reopen api:dispute-assign-officer api:dispute-reclassify
        api:dispute-approve-end api:dispute-decline-end api:dispute-reopen""",
    ),
    *acts("file", ASG, SEE_FILE, "cases:state_notify api:state-notification-list"),
    *acts("file library_agreement", WORKERS, ON_FILE, "cases:precedent_link"),
    *reads("secret_file", COMMAND, "cases:dispute_detail api:dispute-detail"),
    *acts("secret_file", UNIT_AND_ASG, COMMAND, "cases:dispute_change"),
    *reads("open_file", STAFF, "cases:dispute_detail api:dispute-detail"),
    *acts("open_file", UNIT_AND_ASG | persons("other_officer"), STAFF, "cases:dispute_change"),
    *reads("exercise_file", EXERCISE, "cases:dispute_detail api:dispute-detail"),
    *acts("exercise_file", EXERCISE, EXERCISE, "cases:dispute_change"),
    *reads("history_file", ALL_STAFF, "cases:dispute_detail api:dispute-detail"),
]

PARTS = [
    *acts("party_a", WORKERS, SEE_FILE, "cases:party_change"),
    *reads("file party_a", SEE_FILE, "api:party-detail"),
    *acts("file party_a", WORKERS, SEE_FILE, "PATCH api:party-detail"),
    *acts("cause", WORKERS, TEAM | MEDIATORS, "cases:cause_change"),
    *reads("file cause", TEAM | MEDIATORS, "api:root-cause-detail"),
    *acts("file cause", WORKERS, TEAM | MEDIATORS, "PATCH api:root-cause-detail"),
    *acts("team_place", WORKERS, ON_FILE, "cases:team_end"),
    *reads("file team_place", ON_FILE, "api:team-member-detail"),
    *acts("file team_place", WORKERS, ON_FILE, "api:team-member-end"),
    *acts("shared_with_a", ASG, ON_FILE, "cases:state_share cases:sharing_end"),
    *acts("notified_c", ASG, ON_FILE, "cases:state_share cases:sharing_end"),
    *reads("file shared_with_a", ON_FILE, "api:state-notification-detail"),
    *acts(
        "file shared_with_a",
        ASG,
        ON_FILE,
        "api:state-notification-share api:state-notification-end-sharing",
    ),
    *acts("precedent", WORKERS, ON_FILE, "cases:precedent_unlink"),
    *reads("file precedent", ON_FILE, "api:precedent-detail"),
    *acts("file precedent", WORKERS, ON_FILE, "DELETE api:precedent-detail"),
]

PROCESSES = [
    *reads("", EVERYBODY, "api:process-list"),
    *reads(
        "process",
        SEE_FILE,
        "cases:process_detail api:process-detail api:basis-list api:stage-change-list",
    ),
    *reads("process", INSIDE, "cases:basis_list api:process-what-may-be-done"),
    *made("dispute=file", WORKERS, SEE_FILE, "api:process-list"),
    *acts(
        "process",
        WORKERS,
        SEE_FILE,
        """cases:process_change cases:process_stage cases:process_engagement cases:process_suspend
        cases:process_resume cases:good_offices_offer cases:invitation_record
        cases:agreement_basis_record cases:activity_plan cases:consent_open cases:agreement_record
        PATCH api:process-detail api:process-stage api:process-engagement api:process-suspend
        api:process-resume api:basis-good-offices api:basis-invitations api:basis-agreements""",
    ),
    *reads("process stage_change", TEAM | MEDIATORS, "api:stage-change-detail"),
    *acts("basis", WORKERS, ON_FILE, "cases:basis_change"),
    *reads("process basis", ON_FILE, "api:basis-detail"),
    *acts("process basis", WORKERS, ON_FILE, "api:basis-state"),
    # An offer not taken up is secret (Rule R7).
    *acts("offer", UNIT_AND_ASG, COMMAND, "cases:basis_change"),
    *reads("process offer", COMMAND, "api:basis-detail"),
    *acts("process offer", UNIT_AND_ASG, COMMAND, "api:basis-state"),
    *reads("", EVERYBODY, "api:activity-list"),
    *reads("activity", ON_FILE, "cases:activity_detail api:activity-detail"),
    *reads("activity_a", INSIDE, "cases:activity_detail api:activity-detail"),
    *made("process=process", WORKERS, SEE_FILE, "api:activity-list"),
    *acts(
        "activity",
        WORKERS,
        ON_FILE,
        """cases:activity_held cases:activity_resume cases:activity_cancel api:activity-held
        api:activity-resume api:activity-cancel""",
    ),
]

CONSENTS = [
    *reads("", EVERYBODY, "api:consent-list"),
    *made("process=process party=party_b role=:monitoring", WORKERS, SEE_FILE, "api:consent-list"),
    *reads("consent_a", SEE_FILE, "cases:consent_detail api:consent-detail"),
    *acts("consent_a", WORKERS, SEE_FILE, "cases:consent_step"),
    *reads("consent_b", INSIDE, "cases:consent_detail api:consent-detail"),
    *acts("consent_b", WORKERS, INSIDE, "cases:consent_step"),
    *reads("consent_a", ON_FILE, "api:consent-step-list"),
    *acts("consent_a", WORKERS, ON_FILE, "api:consent-step-list"),
    *acts("oral_step_a", ASG, SEE_FILE, "cases:step_countersign"),
    *acts("step_a", WORKERS, SEE_FILE, "cases:step_confirm"),
    # A withdrawal is known to the Secretariat alone until a text is released (Rule C5).
    *acts("withdrawal_b", ASG, ON_FILE, "cases:step_release"),
    *reads("consent_b withdrawal_b", ON_FILE, "api:consent-step-detail"),
    *acts("consent_b withdrawal_b", ASG, ON_FILE, "api:consent-step-release"),
    *acts("consent_b withdrawal_b", WORKERS, ON_FILE, "api:consent-step-confirm"),
    *acts("oral_consent_a oral_step_a", ASG, ON_FILE, "api:consent-step-countersign"),
    *acts("condition_a", WORKERS, SEE_FILE, "cases:condition_met"),
    *reads("conditional_consent_a", ON_FILE, "api:consent-condition-list"),
    *reads("conditional_consent_a condition_a", ON_FILE, "api:consent-condition-detail"),
    *acts("conditional_consent_a condition_a", WORKERS, ON_FILE, "api:consent-condition-meet"),
]

_MANDATE_ACTS = """cases:mandate_change cases:mandate_adopt cases:mandate_activate
    cases:mandate_suspend cases:mandate_extend cases:mandate_terminate cases:terms_add
    PATCH api:mandate-detail api:mandate-adopt api:mandate-activate api:mandate-suspend
    api:mandate-extend api:mandate-terminate"""

MANDATES = [
    *reads("", EVERYBODY, "api:mandate-list"),
    *made("dispute=file end_kind=:date ends_on=:2031-05-04", WORKERS, SEE_FILE, "api:mandate-list"),
    *reads("mandate", SEE_FILE, "cases:mandate_detail api:mandate-detail api:terms-list"),
    *acts("mandate", WORKERS, SEE_FILE, f"{_MANDATE_ACTS} api:terms-list"),
    *reads("mandate terms", TEAM | MEDIATORS, "api:terms-detail"),
    *reads("mandate_draft", ON_FILE, "cases:mandate_detail api:mandate-detail api:terms-list"),
    *acts("mandate_draft", WORKERS, ON_FILE, _MANDATE_ACTS),
]

REVIEWS = [
    *reads("", EVERYBODY, "api:mandate-review-list"),
    *acts("mandate", WORKERS, SEE_FILE, "cases:review_open"),
    *made("mandate=mandate", WORKERS, SEE_FILE, "api:mandate-review-list"),
    # What the Secretariat thinks of a mandate is its own affair: no mediator reads it, no State.
    *reads("review", ON_FILE, "cases:review_detail api:mandate-review-detail"),
    *acts(
        "review",
        WORKERS,
        ON_FILE,
        """cases:review_assess cases:review_draft cases:review_submit cases:review_take_back
        cases:review_renew cases:review_amend cases:review_end PATCH api:mandate-review-detail
        api:mandate-review-assess api:mandate-review-submit api:mandate-review-take-back
        api:mandate-review-renew api:mandate-review-amend api:mandate-review-end""",
    ),
    *acts(
        "review",
        UNIT_AND_ASG,
        ON_FILE,
        """cases:review_countersign cases:review_return api:mandate-review-countersign
        api:mandate-review-send-back""",
    ),
    *acts("review", ASG, ON_FILE, "cases:review_propose api:mandate-review-propose"),
]

AGREEMENTS = [
    *reads("", EVERYBODY, "api:agreement-list"),
    *made("process=process", WORKERS, SEE_FILE, "api:agreement-list"),
    *reads(
        "agreement",
        SEE_FILE,
        """cases:agreement_detail api:agreement-detail api:signatory-list
        api:agreement-provision-list""",
    ),
    *acts(
        "agreement",
        WORKERS,
        SEE_FILE,
        """cases:agreement_change cases:signatory_add cases:provision_record
        PATCH api:agreement-detail api:signatory-list api:agreement-provision-list""",
    ),
    *acts("agreement signatory", WORKERS, SEE_FILE, "cases:signatory_remove"),
    *acts("agreement provision", WORKERS, SEE_FILE, "cases:provision_remove"),
    *reads("agreement signatory", SEE_FILE, "api:signatory-detail"),
    *acts("agreement signatory", WORKERS, SEE_FILE, "DELETE api:signatory-detail"),
    *reads("agreement provision", SEE_FILE, "api:agreement-provision-detail"),
    *acts("agreement provision", WORKERS, SEE_FILE, "DELETE api:agreement-provision-detail"),
    *reads(
        "agreement_draft",
        TEAM | MEDIATORS,
        """cases:agreement_detail api:agreement-detail api:signatory-list
        api:agreement-provision-list""",
    ),
    *acts(
        "agreement_draft",
        WORKERS,
        TEAM | MEDIATORS,
        "cases:agreement_change cases:signatory_add PATCH api:agreement-detail",
    ),
]


# Documents, by the audience each was filed for --------------------------------------------------

AUDIENCES = {
    "document_team": TEAM | MEDIATORS,
    "document_secretariat": ON_FILE,
    "document_a": SEE_FILE,
    "document_b": INSIDE,
    "document_parties": SEE_FILE,
    "document_shared": SEE_FILE,
    "document_secret": COMMAND,
}

DOCUMENTS = [
    *reads("", EVERYBODY, "api:document-list"),
    *made("dispute=file", WORKERS, SEE_FILE, "api:document-list"),
    *(
        line
        for name, readers in AUDIENCES.items()
        for line in (
            *reads(
                name,
                readers,
                "cases:document_detail api:document-detail api:document-version-list",
            ),
            *reads(
                f"{name} version_of_{name}",
                readers,
                """cases:document_download api:document-version-detail
                api:document-version-content""",
            ),
            *acts(
                name,
                WORKERS & readers,
                readers,
                """cases:document_change cases:document_version_add cases:document_audience
                cases:document_classification PATCH api:document-detail api:document-audience
                api:document-classification api:document-version-list""",
            ),
        )
    ),
]

DUE = [
    *reads(
        "",
        EVERYBODY,
        """cases:my_files cases:mandates_by_session cases:calendar api:worklist-list
        api:mandates-by-session-list api:calendar-feed-list""",
    ),
    # Whoever oversees nothing has no unit to ask for.
    Line("GET", "api:worklist-list", "scope=:unit", COMMAND, EVERYBODY),
    Line("GET", "cases:feed_list", "", CALENDAR_KEEPERS, EVERYBODY),
    *acts("", CALENDAR_KEEPERS, EVERYBODY, "cases:feed_create api:calendar-feed-list"),
    *acts("feed", persons("officer"), NOBODY, "cases:feed_revoke DELETE api:calendar-feed-detail"),
]

TASKS = [
    *reads("", CALENDAR_KEEPERS, "cases:task_list"),
    *reads("", EVERYBODY, "api:task-list"),
    *acts("", TASK_GIVERS, CALENDAR_KEEPERS, "cases:task_add"),
    *acts("", TASK_GIVERS, EVERYBODY, "api:task-list"),
    *acts("file", TEAM, SEE_FILE, "cases:task_add_to_file"),
    *made("dispute=file", TEAM, SEE_FILE, "api:task-list"),
    # A task on a file is read by whoever owes or asked for it, and by the line of command.
    *reads("task", TASK_READERS, "cases:task_detail api:task-detail"),
    *acts(
        "task",
        UNIT_AND_ASG | persons("officer"),
        TASK_READERS,
        """cases:task_change cases:task_hold cases:task_cancel PATCH api:task-detail
        api:task-hold api:task-resume api:task-complete api:task-cancel api:task-reopen""",
    ),
    *(
        Line("POST", route, "task", UNIT_AND_ASG | persons("officer"), TASK_READERS)
        for route in ("cases:task_done", "cases:task_resume", "cases:task_reopen")
    ),
    *(
        replace(line, form_first=True, nothing="400")
        for line in acts("", UNIT_AND_ASG | persons("officer"), TASK_READERS, "api:task-hand-over")
    ),
    *acts("staff_account", UNIT_AND_ASG, STAFF | ACCOUNT_READERS, "cases:hand_over"),
    *acts(
        "staff_account",
        UNIT_AND_ASG,
        STAFF | ACCOUNT_READERS,
        "GET api:hand-over-detail api:hand-over-give",
    ),
    *acts("account_a", NOBODY, STATE_A | ACCOUNT_READERS, "GET api:hand-over-detail"),
]

NOTES = [
    *reads("", ALL_STAFF, "cases:watch_note_list"),
    *reads("", EVERYBODY, "api:watch-note-list"),
    *acts("", CASE_OFFICERS | EXERCISE, ALL_STAFF, "cases:watch_note_write"),
    *acts("", CASE_OFFICERS | EXERCISE, EVERYBODY, "api:watch-note-list"),
    *reads(
        "watch_note",
        COMMAND | CABINET | persons("officer"),
        "cases:watch_note_detail api:watch-note-detail",
    ),
    *acts(
        "watch_note",
        persons("officer"),
        COMMAND | CABINET,
        """cases:watch_note_change cases:watch_note_end cases:watch_note_open_file
        PATCH api:watch-note-detail api:watch-note-end api:watch-note-open-file""",
    ),
]


# The register -----------------------------------------------------------------------------------

REGISTER = [
    *reads(
        "",
        EVERYBODY,
        """institutions:state_list institutions:observer_list institutions:organ_list
        institutions:office_list institutions:session_list institutions:resolution_list
        institutions:recommendation_list institutions:glossary institutions:holiday_list
        api:state-list api:actor-list api:organ-list api:office-list api:office-holding-list
        api:session-list api:resolution-list api:holiday-list api:regional-group-list
        api:glossary-term-list api:recommendation-list api:paragraph-list
        api:reservation-list""",
    ),
    *reads("paragraph", EVERYBODY, "api:paragraph-detail"),
    *reads("reservation", EVERYBODY, "api:reservation-detail"),
    *reads("exercise_paragraph", EXERCISE, "api:paragraph-detail"),
    *reads("state", EVERYBODY, "institutions:state_detail api:state-detail"),
    *reads("actor", EVERYBODY, "institutions:actor_detail api:actor-detail"),
    *reads("organ", EVERYBODY, "institutions:organ_detail api:organ-detail"),
    *reads("office", EVERYBODY, "api:office-detail"),
    *reads("holding", EVERYBODY, "api:office-holding-detail"),
    *reads("session", EVERYBODY, "institutions:session_detail api:session-detail"),
    *reads("resolution", EVERYBODY, "institutions:resolution_detail api:resolution-detail"),
    *reads("holiday", EVERYBODY, "api:holiday-detail"),
    *reads("group", EVERYBODY, "api:regional-group-detail"),
    *reads("term", EVERYBODY, "api:glossary-term-detail"),
    *reads("recommendation", EVERYBODY, "api:recommendation-detail"),
    # An actor made for a file would tell that the file exists.
    *reads("actor_of_file", STAFF, "institutions:actor_detail api:actor-detail"),
    *reads("exercise_state", EXERCISE, "institutions:state_detail api:state-detail"),
    *reads("exercise_session", EXERCISE, "institutions:session_detail api:session-detail"),
    *acts("", ADMINISTRATOR, EVERYBODY, "institutions:state_add api:state-list"),
    *acts(
        "state",
        ADMINISTRATOR,
        EVERYBODY,
        """institutions:state_change institutions:state_group institutions:state_standing
        PATCH api:state-detail api:state-change-group api:state-change-standing""",
    ),
    # The register's own actors are kept by the administrator, those of files by who keeps files.
    *acts("", CASE_OFFICERS | EXERCISE | ADMINISTRATOR, EVERYBODY, "institutions:actor_add"),
    *acts("", CASE_OFFICERS | EXERCISE, EVERYBODY, "api:actor-list"),
    *acts("actor", ADMINISTRATOR, EVERYBODY, "institutions:actor_change PATCH api:actor-detail"),
    *acts(
        "actor_of_file",
        CASE_OFFICERS,
        STAFF,
        "institutions:actor_change PATCH api:actor-detail",
    ),
    *acts(
        "",
        REGISTRARS | EXERCISE,
        EVERYBODY,
        """institutions:session_add institutions:resolution_add api:session-list
        api:resolution-list""",
    ),
    *acts(
        "office",
        REGISTRARS | EXERCISE,
        EVERYBODY,
        "institutions:office_take_up api:office-take-up",
    ),
    *acts("holding", REGISTRARS, EVERYBODY, "institutions:office_leave api:office-holding-leave"),
    *acts(
        "session",
        REGISTRARS,
        EVERYBODY,
        """institutions:session_change institutions:session_move institutions:session_postpone
        institutions:session_held PATCH api:session-detail api:session-move
        api:session-postpone api:session-record-held""",
    ),
    *acts(
        "resolution",
        REGISTRARS,
        EVERYBODY,
        """institutions:resolution_correct PATCH api:resolution-detail
        institutions:paragraph_add institutions:reservation_record""",
    ),
    *acts("resolution=resolution", REGISTRARS, EVERYBODY, "api:paragraph-list"),
    *acts("resolution=resolution state=state", REGISTRARS, EVERYBODY, "api:reservation-list"),
    *acts(
        "paragraph",
        REGISTRARS,
        EVERYBODY,
        """institutions:paragraph_correct institutions:paragraph_remove
        PATCH api:paragraph-detail DELETE api:paragraph-detail""",
    ),
    *acts(
        "reservation",
        REGISTRARS,
        EVERYBODY,
        """institutions:reservation_correct institutions:reservation_remove
        PATCH api:reservation-detail DELETE api:reservation-detail""",
    ),
    *acts("exercise_paragraph", EXERCISE, EXERCISE, "institutions:paragraph_correct"),
    *acts(
        "",
        REGISTRARS | EXERCISE | ADMINISTRATOR,
        EVERYBODY,
        "institutions:holiday_add api:holiday-list",
    ),
    *acts(
        "holiday",
        REGISTRARS | ADMINISTRATOR,
        EVERYBODY,
        "institutions:holiday_remove DELETE api:holiday-detail",
    ),
]

LIBRARY = [
    *reads(
        "",
        ALL_STAFF,
        """library:home library:agreements api:library-process-list
        api:library-agreement-list""",
    ),
    *reads("library_agreement", ALL_STAFF, "library:agreement api:library-agreement-detail"),
    *reads("library_process", ALL_STAFF, "library:process api:library-process-detail"),
]


# Accounts and the record ------------------------------------------------------------------------

OWN_ACCOUNT = [
    *acts(
        "",
        EVERYBODY,
        EVERYBODY,
        """accounts:profile accounts:own_end_access accounts:token_create
        account_change_password PATCH api:me api:token-list""",
    ),
    *reads("", EVERYBODY, "api:me api:token-list"),
    *acts("token", persons("officer"), NOBODY, "accounts:token_revoke DELETE api:token-detail"),
    *acts(
        "token_a",
        CLIENT | persons("portal_administrator_a"),
        NOBODY,
        "accounts:token_revoke DELETE api:token-detail",
    ),
]

_ACCOUNT_PAGES = """accounts:user_change accounts:user_clearance accounts:user_deactivate
    accounts:user_reactivate accounts:user_end_access accounts:user_renew_invitation
    accounts:role_propose"""
_ACCOUNT_ACTS = """PATCH api:user-detail api:user-clearance api:user-deactivate
    api:user-reactivate api:user-invite-again api:user-propose-role"""

ACCOUNTS = [
    *reads("", ACCOUNT_READERS, "accounts:user_list"),
    *acts("", ADMINISTRATOR, NOBODY, "accounts:user_invite accounts:unit_add"),
    *reads("", EVERYBODY, "api:user-list api:role-change-list api:unit-list api:delegation-list"),
    *acts("", ADMINISTRATOR, EVERYBODY, "api:user-list api:unit-list"),
    *reads("staff_account", STAFF | ACCOUNT_READERS, "accounts:user_detail api:user-detail"),
    *acts("staff_account", ADMINISTRATOR, NOBODY, _ACCOUNT_PAGES),
    *acts("staff_account", ADMINISTRATOR, STAFF | AUDITOR, _ACCOUNT_ACTS),
    *acts("staff_account", ADMINISTRATOR, STAFF | AUDITOR, "api:user-end-access"),
    *reads("account_a", STATE_A | ACCOUNT_READERS, "accounts:user_detail api:user-detail"),
    *acts("account_a", ADMINISTRATOR, NOBODY, _ACCOUNT_PAGES),
    *acts("account_a", ADMINISTRATOR, STATE_A | AUDITOR, _ACCOUNT_ACTS),
    # Everybody ends their own sessions and tokens.
    *acts(
        "account_a",
        ADMINISTRATOR | persons("focal_a"),
        STATE_A | AUDITOR,
        "api:user-end-access",
    ),
    *reads(
        "account_b",
        ACCOUNT_READERS | persons("focal_b"),
        "accounts:user_detail api:user-detail",
    ),
    *reads("exercise_account", ACCOUNT_READERS | EXERCISE, "accounts:user_detail api:user-detail"),
    *reads("", ALL_STAFF | ADMINISTRATOR, "accounts:absence_list"),
    *reads("", EVERYBODY, "api:absence-list"),
    *acts("", ALL_STAFF | ADMINISTRATOR, NOBODY, "accounts:absence_record"),
    *reads("absence", STAFF | ADMINISTRATOR, "accounts:absence_detail api:absence-detail"),
    *acts(
        "absence",
        ADMINISTRATOR | persons("officer"),
        STAFF | ADMINISTRATOR,
        """accounts:absence_change accounts:absence_call_off PATCH api:absence-detail
        api:absence-call-off""",
    ),
    # Absences are kept for the Secretariat's staff; a rule stands in the way of all others' (409).
    *acts("", EVERYBODY, EVERYBODY, "api:absence-list"),
    *reads("", ASG | ADMINISTRATOR, "accounts:role_change_list"),
    *acts(
        "role_change",
        ASG | ADMINISTRATOR,
        NOBODY,
        "accounts:role_approve accounts:role_decline",
    ),
    *reads(
        "role_change",
        ASG | ACCOUNT_READERS | persons("newcomer"),
        "api:role-change-detail",
    ),
    *acts(
        "role_change",
        ASG | ADMINISTRATOR,
        AUDITOR | persons("newcomer"),
        "api:role-change-approve api:role-change-decline",
    ),
    *reads("", ALL_STAFF | ACCOUNT_READERS, "accounts:unit_list"),
    *reads("unit", ALL_STAFF | ACCOUNT_READERS, "api:unit-detail"),
    *acts("unit", ADMINISTRATOR, NOBODY, "accounts:unit_change"),
    *acts("unit", ADMINISTRATOR, ALL_STAFF | AUDITOR, "PATCH api:unit-detail"),
    *acts("", ADMINISTRATOR | REGISTRY, NOBODY, "accounts:delegation_record"),
    *acts("", ADMINISTRATOR | REGISTRY, EVERYBODY, "api:delegation-list"),
    *reads(
        "delegation_a",
        STAFF | ACCOUNT_READERS | STATE_A,
        "accounts:delegation_detail api:delegation-detail",
    ),
    *reads(
        "delegation_b",
        STAFF | ACCOUNT_READERS | persons("focal_b"),
        "accounts:delegation_detail api:delegation-detail",
    ),
    *acts(
        "delegation_a",
        SECRETARY_GENERAL,
        NOBODY,
        "accounts:delegation_accept accounts:delegation_freeze accounts:delegation_release",
    ),
    *acts(
        "delegation_a",
        SECRETARY_GENERAL,
        STAFF | ACCOUNT_READERS | STATE_A,
        "api:delegation-accept api:delegation-freeze api:delegation-release",
    ),
]

NOTICES = [
    *reads("", EVERYBODY, "notifications:notices api:notice-list api:notice-preferences"),
    *acts("", EVERYBODY, EVERYBODY, "notifications:preferences PATCH api:notice-preferences"),
    *posts("", EVERYBODY, "notifications:read_all api:notice-mark-all-read"),
    *reads("notice", persons("officer"), "notifications:notice api:notice-detail"),
    *posts(
        "notice",
        persons("officer"),
        "notifications:open notifications:read api:notice-mark-read",
    ),
    # One's own, but of a file that is above one's clearance now.
    *reads("notice_of_secret_file", NOBODY, "notifications:notice api:notice-detail"),
    *reads("", ADMINISTRATOR, "notifications:outbox"),
    *acts("", ADMINISTRATOR, NOBODY, "notifications:replay_all"),
    *acts("mail", ADMINISTRATOR, NOBODY, "notifications:replay"),
]

RECORD = [
    *reads("", AUDITOR, "audit:record api:audit-list"),
    *reads("target_label=:cases.Dispute target_id=file", TEAM | AUDITOR, "api:audit-list"),
    *reads("target_label=:cases.Dispute target_id=file", STATE_A, "api:audit-readings"),
    *reads("target_label=:cases.Basis target_id=offer", COMMAND | AUDITOR, "api:audit-list"),
    *reads(":cases.Dispute file", TEAM | AUDITOR | STATE_A, "audit:object"),
    *reads(":cases.Consent consent_b", TEAM | AUDITOR, "audit:object"),
    *reads(":cases.Document document_team", TEAM | AUDITOR, "audit:object"),
    *reads(":cases.Basis offer", COMMAND | AUDITOR, "audit:object"),
    *reads(":accounts.User staff_account", ACCOUNT_READERS, "audit:object"),
    *reads("staff_account", AUDITOR, "audit:person"),
    *reads("", ADMINISTRATOR | UNIT_AND_ASG, "sweeps"),
]

DOORS = [
    *public(
        """healthz healthz_sweeps readyz account_login account_inactive account_reset_password
        account_reset_password_done account_reset_password_from_key_done accounts:take_up
        account_logout styleguide"""
    ),
    Line("POST", "account_logout", "", EVERYBODY, EVERYBODY, is_public=True),
    *reads("", EVERYBODY, "api:schema api:docs api:api-root"),
]

#: Reached by a secret in the address, by POST alone or in development; their own tests say by whom.
ELSEWHERE = {
    "api:nothing": "tests/common/test_api.py",
    "sent_mail": "tests/accounts/test_door.py",
    "set_language": "tests/accounts/test_pages.py",
    "account_reset_password_from_key": "tests/accounts/test_door.py",
    "accounts:invitation": "tests/accounts/test_door.py",
    "cases:calendar_feed": "tests/cases/test_calendar.py",
    "cases:task_done": "tests/cases/test_tasks_doors.py",
    "cases:task_resume": "tests/cases/test_tasks_doors.py",
    "cases:task_reopen": "tests/cases/test_tasks_doors.py",
    "notifications:read_all": "tests/notifications/test_pages.py",
    "notifications:open": "tests/notifications/test_pages.py",
    "notifications:read": "tests/notifications/test_pages.py",
}

MATRIX = [
    *FILES,
    *PARTS,
    *PROCESSES,
    *CONSENTS,
    *MANDATES,
    *REVIEWS,
    *AGREEMENTS,
    *DOCUMENTS,
    *DUE,
    *TASKS,
    *NOTES,
    *REGISTER,
    *LIBRARY,
    *OWN_ACCOUNT,
    *ACCOUNTS,
    *NOTICES,
    *RECORD,
    *DOORS,
]
