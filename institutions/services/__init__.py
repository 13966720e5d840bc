"""Every act that changes the register."""

from institutions.services.actors import ADDABLE_KINDS, add_actor, change_actor
from institutions.services.decisions import (
    add_paragraph,
    correct_paragraph,
    correct_reservation,
    record_reservation,
    remove_paragraph,
    remove_reservation,
)
from institutions.services.holidays import add_holiday, remove_holiday
from institutions.services.offices import leave_office, take_up_office
from institutions.services.resolutions import correct_resolution, register_resolution
from institutions.services.sessions import (
    change_session,
    create_session,
    move_session,
    postpone_session,
    record_session_held,
)
from institutions.services.states import (
    add_state,
    change_regional_group,
    change_standing,
    change_state,
)

__all__ = [
    "ADDABLE_KINDS",
    "add_actor",
    "add_holiday",
    "add_paragraph",
    "add_state",
    "change_actor",
    "change_regional_group",
    "change_session",
    "change_standing",
    "change_state",
    "correct_paragraph",
    "correct_reservation",
    "correct_resolution",
    "create_session",
    "leave_office",
    "move_session",
    "postpone_session",
    "record_reservation",
    "record_session_held",
    "register_resolution",
    "remove_holiday",
    "remove_paragraph",
    "remove_reservation",
    "take_up_office",
]
