"""Roles as readable classes: what each is for, which files it sees, what it may do.

Powers are strings ``app.verb_object``; policies ask ``user.has_power(...)`` and add what the object
itself demands. Whom a person may read besides is decided by dated grants (architecture.md § 4).
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from common.errors import Text


class Side(StrEnum):
    """Whose person this is; decides audiences."""

    SECRETARIAT = "secretariat"
    FIELD = "field"
    STATE = "state"
    OVERSIGHT = "oversight"
    TECHNICAL = "technical"


class Role:
    """Base of every role; the defaults give nothing.

    ``outward_name`` is how a Member State reads of an act of the house (Rule R10, domain.md): the
    function, never the officer.
    """

    code: ClassVar[str]
    label: ClassVar[Text]
    description: ClassVar[Text]
    side: ClassVar[Side]
    outward_name: ClassVar[Text] = ""
    sees_all_files: ClassVar[bool] = False
    sees_open_files: ClassVar[bool] = False
    sees_team_parts: ClassVar[bool] = False
    powers: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def may_see_files(cls) -> bool:
        """Auditors read the record and administrators keep the house: neither sees a file."""
        return cls.side in (Side.SECRETARIAT, Side.FIELD, Side.STATE)

    @classmethod
    def needs_second_person(cls) -> bool:
        """Tell whether nobody receives the role by one hand: it sees all files or rules accounts."""
        return cls.sees_all_files or any(power.startswith("accounts.") for power in cls.powers)


_POLITICAL_AFFAIRS = _("General Secretariat, Political Affairs")
_OFFICE_OF_THE_SG = _("General Secretariat, Office of the Secretary General")

_REGISTERS = frozenset(
    {
        "institutions.manage_sessions",
        "institutions.manage_resolutions",
        "institutions.manage_offices",
        "institutions.manage_holidays",
    }
)
_CASE_WORK = frozenset(
    {
        "audit.read_history",
        "cases.add_task",
        "cases.open_dispute",
        "cases.work_on_dispute",
        "cases.write_watch_note",
        "institutions.add_actor",
        "library.link_precedent",
    }
)


class DeskOfficer(Role):
    code = "desk_officer"
    label = _("Desk officer")
    description = _(
        "Keeps dispute files in the Peace, Security and Conflict Resolution Unit: own files, the "
        "team's files, and those classified open."
    )
    side = Side.SECRETARIAT
    outward_name = _POLITICAL_AFFAIRS
    sees_open_files = True
    powers = _CASE_WORK | _REGISTERS


class HeadOfUnit(Role):
    code = "head_of_unit"
    label = _("Head of the Peace, Security and Conflict Resolution Unit")
    description = _("Sees all files up to the clearance, assigns officers, countersigns.")
    side = Side.SECRETARIAT
    outward_name = _POLITICAL_AFFAIRS
    sees_all_files = sees_open_files = sees_team_parts = True
    powers = (
        _CASE_WORK
        | _REGISTERS
        | {
            "cases.assign_officer",
            "cases.approve_end",
            "cases.countersign_review",
            "cases.reclassify",
            "common.watch_sweeps",
        }
    )


class AssistantSecretaryGeneral(Role):
    code = "asg"
    label = _("Assistant Secretary General for Political Affairs")
    description = _(
        "Sees all files up to the clearance, notifies States of a file, releases outward texts, "
        "countersigns oral consents."
    )
    side = Side.SECRETARIAT
    outward_name = _POLITICAL_AFFAIRS
    sees_all_files = sees_open_files = sees_team_parts = True
    powers = HeadOfUnit.powers | {
        "accounts.approve_role",
        "cases.countersign_consent",
        "cases.notify_state",
        "cases.propose_review",
        "cases.release_text",
    }


class SecretaryGeneral(Role):
    code = "secretary_general"
    label = _("Secretary General")
    description = _(
        "Sees all files, accepts accreditations, decides in person where a rule asks it."
    )
    side = Side.SECRETARIAT
    outward_name = _OFFICE_OF_THE_SG
    sees_all_files = sees_open_files = sees_team_parts = True
    powers = frozenset(
        {
            "accounts.accept_accreditation",
            "audit.read_history",
            "cases.add_task",
            "cases.decide_in_person",
        }
    )


class Cabinet(Role):
    code = "sg_cabinet"
    label = _("Cabinet of the Secretary General")
    description = _("Reads all files up to the clearance; changes nothing.")
    side = Side.SECRETARIAT
    outward_name = _OFFICE_OF_THE_SG
    sees_all_files = sees_open_files = True


class RegistryClerk(Role):
    code = "registry_clerk"
    label = _("Registry")
    description = _(
        "Keeps sessions, resolutions, offices and holidays; sees files classified open."
    )
    side = Side.SECRETARIAT
    outward_name = _("General Secretariat, Registry")
    sees_open_files = True
    powers = _REGISTERS | {"accounts.manage_delegations", "cases.add_task"}


class SpecialEnvoy(Role):
    code = "special_envoy"
    label = _("Special Envoy")
    description = _("Sees only the files of the mandate, from its first to its last day.")
    side = Side.FIELD


class WisePerson(Role):
    code = "wise_person"
    label = _("Member of the Wise Persons Council")
    description = _("Sees nothing until assigned to a file.")
    side = Side.FIELD


class Expert(Role):
    code = "expert"
    label = _("Mediation expert")
    description = _("Sees only the files to which advice was asked.")
    side = Side.FIELD


class FocalPoint(Role):
    code = "focal_point"
    label = _("Focal point of a Member State")
    description = _("Reads what was shared with the State. Powers of signature are given apart.")
    side = Side.STATE


class RestClient(Role):
    code = "rest_client"
    label = _("System of a ministry or a partner")
    description = _("Reads through the REST API what its delegation may read.")
    side = Side.STATE


class Newcomer(Role):
    code = "newcomer"
    label = _("Without a role yet")
    description = _("Has no rights until a second person has approved the role.")
    side = Side.TECHNICAL


class Auditor(Role):
    code = "auditor"
    label = _("Auditor")
    description = _("Reads the record of acts and readings, and no content.")
    side = Side.OVERSIGHT
    powers = frozenset({"audit.read_record", "accounts.read_users"})


class Administrator(Role):
    code = "administrator"
    label = _("System administrator")
    description = _(
        "Keeps users, roles and reference settings; sees no file by virtue of the role."
    )
    side = Side.TECHNICAL
    powers = frozenset(
        {
            "accounts.manage_users",
            "accounts.read_users",
            "accounts.approve_role",
            "accounts.manage_delegations",
            "common.watch_sweeps",
            "institutions.manage_groups",
            "institutions.manage_states",
            "institutions.manage_holidays",
            "notifications.manage_outbox",
        }
    )


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        DeskOfficer,
        HeadOfUnit,
        AssistantSecretaryGeneral,
        SecretaryGeneral,
        Cabinet,
        RegistryClerk,
        SpecialEnvoy,
        WisePerson,
        Expert,
        FocalPoint,
        RestClient,
        Newcomer,
        Auditor,
        Administrator,
    )
}

CHOICES = [(role.code, role.label) for role in ROLES.values()]
STATE_ROLES = frozenset(code for code, role in ROLES.items() if role.side is Side.STATE)
STAFF_ROLES = frozenset(code for code, role in ROLES.items() if role.side is Side.SECRETARIAT)

_BOUND_TO_THE_PERSON = frozenset({"cases.decide_in_person"})


def is_lent(power: str) -> bool:
    """Tell whether a power goes to whoever stands in.

    Accounts are ruled by their own rules of two persons, and what the Secretary General decides in
    person nobody decides for him.
    """
    return not power.startswith("accounts.") and power not in _BOUND_TO_THE_PERSON
