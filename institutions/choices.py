"""Enumerations of actors, organs, sessions and the calendar."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActorKind(models.TextChoices):
    """What an actor is; one table, for one actor bears many roles (MNLF: observer and party)."""

    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    ORGAN = "organ", _("Organ")
    OFFICE = "office", _("Office")
    MOVEMENT = "movement", _("Movement")
    COMMUNITY = "community", _("Community")
    GROUP = "group", _("Group")
    PERSON = "person", _("Person")


class Membership(models.TextChoices):
    """The standing of a State or another actor in the Organisation during an interval."""

    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    SUSPENDED = "suspended", pgettext_lazy("membership", "Suspended")
    NONE = "none", _("Neither member nor observer")


class Confidence(models.TextChoices):
    """How well a fact is attested by its source."""

    HIGH = "high", _("well attested")
    MEDIUM = "medium", _("one source only")
    LOW = "low", _("not verified")


class OrganTier(models.TextChoices):
    """Where an organ stands in the house of the Organisation."""

    DECISION = "decision", _("Decides")
    SUPPORT = "support", _("Prepares and supports")
    SECRETARIAT = "secretariat", _("Secretariat")
    MECHANISM = "mechanism", _("Mechanism of peace and security")
    JUDICIAL = "judicial", _("Judicial")
    INDEPENDENT = "independent", _("Independent")
    SUBSIDIARY = "subsidiary", _("Subsidiary")
    SPECIALISED = "specialised", _("Specialised")
    ADVISORY = "advisory", _("Advisory")
    CONFERENCE = "conference", _("Conference")


class SessionKind(models.TextChoices):
    """How a session was convened."""

    ORDINARY = "ordinary", _("Ordinary session")
    EXTRAORDINARY = "extraordinary", _("Extraordinary session")
    JOINT = "joint", _("Joint session")


class SessionStatus(models.TextChoices):
    """Whether a session has taken place."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    HELD = "held", pgettext_lazy("session", "Held")
    POSTPONED = "postponed", _("Postponed")


class HolidayKind(models.TextChoices):
    """Why the house does not work; on days of mourning no reminder leaves it (rule N2)."""

    HOLIDAY = "holiday", _("Holiday")
    MOURNING = "mourning", _("National mourning")


class ReservationKind(models.TextChoices):
    """How a State stood apart from a resolution that was adopted."""

    RESERVATION = "reservation", _("Reservation")
    DISSOCIATION = "dissociation", _("Dissociation")
