"""Consent, step by step, never erased (Rules C1 to C5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import ConsentRole, ConsentState, Instrument, Level
from cases.models.base import FilePart, ProcessChildQuerySet
from cases.models.disputes import Party
from cases.models.processes import Process
from common.choices import Audience


class ConsentQuerySet(ProcessChildQuerySet):
    """A consent is read by the Secretariat, the team and the one party."""

    default_audience = Audience.PARTY
    party_actor_path = "party__actor"


class Consent(FilePart):
    """Where one party stands on one role in one process.

    Governments give consent; movements give agreement to take part, kept and shown apart (C2).
    ``state`` is the real, inside state; ``outward_state`` what others than the Secretariat see
    until the ASG releases a text (C5).
    """

    file_path = ("process", "dispute")

    process = models.ForeignKey(Process, models.CASCADE, related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, related_name="consents")
    role = models.CharField(_("role"), max_length=20, choices=ConsentRole.choices)
    state = models.CharField(
        _("state"),
        max_length=30,
        choices=ConsentState.choices,
        default=ConsentState.NOT_SOUGHT,
        editable=False,
    )
    outward_state = models.CharField(
        _("state shown outside"),
        max_length=30,
        choices=ConsentState.choices,
        default=ConsentState.NOT_SOUGHT,
        editable=False,
    )
    state_since = models.DateField(_("since"), null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "party", "role"],
                name="consent_once",
                violation_error_message=_("This consent is on record already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_role_display()}"


class ConsentStepQuerySet(ProcessChildQuerySet):
    """Steps follow their consent; from a withdrawal not yet released on they are seen inside (C5).

    What was asked or answered after it would tell of it.
    """

    scope_path = "consent__process__dispute"
    default_audience = Audience.PARTY
    party_actor_path = "consent__party__actor"

    def audience_of(self, user: object) -> Q:
        seen = super().audience_of(user)
        if getattr(user, "is_secretariat", False):
            return seen
        untold = ConsentStep.objects.filter(
            consent=OuterRef("consent"),
            created_at__lte=OuterRef("created_at"),
            new_state=ConsentState.NO_LONGER_IN_FORCE,
            released_at__isnull=True,
        )
        return seen & Q(~Exists(untold))


class ConsentStep(FilePart):
    """One dated step of a consent, with its instrument. The database refuses to alter what it says."""

    file_path = ("consent", "process", "dispute")

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="steps")
    old_state = models.CharField(_("from"), max_length=30, choices=ConsentState.choices)
    new_state = models.CharField(_("to"), max_length=30, choices=ConsentState.choices)
    on = models.DateField(_("date"))
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument.choices)
    instrument_reference = models.CharField(_("reference"), max_length=200, blank=True)
    spoken_by = models.CharField(_("said by"), max_length=200, blank=True)
    spoken_to = models.CharField(_("said to"), max_length=200, blank=True)
    meeting = models.CharField(_("meeting taken part in"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=30, choices=Level.choices, blank=True)
    scope = models.TextField(_("scope"), blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmation_pending = models.BooleanField(_("confirmation in writing pending"), default=False)
    confirmed_on = models.DateField(_("confirmed in writing on"), null=True, blank=True)
    countersigned_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("countersigned by"),
    )
    countersigned_on = models.DateField(_("countersigned on"), null=True, blank=True)
    outward_text_en = models.TextField(_("text for others in English"), blank=True)
    outward_text_fr = models.TextField(_("text for others in French"), blank=True)
    outward_text_ar = models.TextField(_("text for others in Arabic"), blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("text released by"),
    )

    objects = ConsentStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a consent")
        verbose_name_plural = _("steps of a consent")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(instrument=Instrument.ORAL) | (~Q(spoken_by="") & ~Q(spoken_to="")),
                name="oral_step_says_who",
                violation_error_message=_("An oral step names who said it, and to whom."),
            ),
            models.CheckConstraint(
                condition=~Q(instrument=Instrument.CONDUCT) | ~Q(meeting=""),
                name="conduct_step_names_meeting",
                violation_error_message=_("Consent by conduct names the meeting taken part in."),
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True, countersigned_on__isnull=True)
                | Q(countersigned_by__isnull=False, countersigned_on__isnull=False),
                name="step_countersigned_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="step_released_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_state} → {self.new_state}"

    @property
    def waits_for_countersignature(self) -> bool:
        """Tell whether an oral step does not count yet."""
        return self.instrument == Instrument.ORAL and self.countersigned_by_id is None


class ConsentConditionQuerySet(ProcessChildQuerySet):
    """Conditions follow their consent."""

    scope_path = "consent__process__dispute"
    default_audience = Audience.PARTY
    party_actor_path = "consent__party__actor"


class ConsentCondition(FilePart):
    """A condition of a conditional consent; it counts as given when every one is met (C3)."""

    file_path = ("consent", "process", "dispute")

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="conditions")
    step = models.ForeignKey(ConsentStep, models.CASCADE, related_name="conditions")
    text = models.TextField(_("condition"))
    is_current = models.BooleanField(_("of the present step"), default=True, editable=False)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    met_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded as met by"),
    )

    objects = ConsentConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.text[:120]
