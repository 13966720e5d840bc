"""Shapes of agreements: facts that all who see the file see, the Secretariat's summary apart (D3)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    InputSerializer,
    NamedActorSerializer,
    NamedSerializer,
    OneWorldField,
    SideField,
    TwoSidedSerializer,
)
from cases.choices import SignatoryRole
from cases.models import Agreement, AgreementProvision, Party, Process, Signatory
from cases.selectors.participation import women_on
from common.api.fields import VisibleRelatedField
from common.choices import Audience
from institutions.models import Actor
from library.provisions import PROVISIONS, provision_code

_FACTS = (
    "title_en",
    "title_fr",
    "title_ar",
    "stage",
    "status",
    "is_final",
    "signed_earliest",
    "signed_latest",
    "signed_as_written",
    "place",
    "names_oic",
    "source",
)


class SignatorySerializer(serializers.ModelSerializer[Signatory]):
    """Who stands on an agreement, in which capacity, for whom."""

    party = NamedSerializer(read_only=True, allow_null=True)
    signatory_actor = NamedActorSerializer(source="actor", read_only=True, allow_null=True)

    class Meta:
        model = Signatory
        fields = ("id", "role", "name", "function", "party", "signatory_actor", "sex")


class SignatoryInput(InputSerializer):
    """A signatory, witness or guarantor: a name, an actor of the register, or a party."""

    party = VisibleRelatedField(Party, required=False, allow_null=True)
    signatory_actor = OneWorldField(Actor, required=False, allow_null=True)

    class Meta(InputSerializer.Meta):
        model = Signatory
        fields = ("role", "name", "function", "party", "signatory_actor", "sex")


class AgreementProvisionSerializer(serializers.ModelSerializer[AgreementProvision]):
    """A provision on the common typology, and what its code means in the reader's language."""

    level = serializers.IntegerField(read_only=True)
    group = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment] # Field has a label too

    class Meta:
        model = AgreementProvision
        fields = ("id", "code", "group", "label", "level", "text")

    def get_group(self, provision: AgreementProvision) -> str:
        """Return the group's code."""
        return str(provision_code(provision.code).group.value)

    def get_label(self, provision: AgreementProvision) -> str:
        """Return what the code means."""
        return str(provision_code(provision.code).label)


class AgreementProvisionInput(InputSerializer):
    """A provision: its code, its detail, and the words of the agreement."""

    code = serializers.CharField(
        max_length=20, help_text=f"A code of the common typology; {len(PROVISIONS)} are known."
    )
    level = serializers.IntegerField(
        min_value=1, max_value=3, help_text="1 mentioned, 2 described, 3 regulated in detail."
    )

    class Meta(InputSerializer.Meta):
        model = AgreementProvision
        fields = ("code", "level", "text")


class WomenShareSerializer(serializers.Serializer[Any]):
    """Women among the persons in one capacity; those whose sex is not known count in the total."""

    role = serializers.ChoiceField(choices=SignatoryRole.choices)
    women = serializers.IntegerField()
    total = serializers.IntegerField()
    unknown = serializers.IntegerField()


class AgreementOutsideSerializer(serializers.ModelSerializer[Agreement]):
    """An agreement as all who see the file see it."""

    seen_from = SideField(OUTSIDE)
    dispute = serializers.UUIDField(source="process.dispute_id", read_only=True)
    classification = serializers.IntegerField(source="effective_classification", read_only=True)
    audience = serializers.ChoiceField(choices=Audience.choices, read_only=True)
    parties = NamedSerializer(many=True, read_only=True)
    signatories = SignatorySerializer(many=True, read_only=True)
    women = serializers.SerializerMethodField()
    provisions = AgreementProvisionSerializer(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "dispute",
            "process",
            *_FACTS,
            "parties",
            "signatories",
            "women",
            "provisions",
            "classification",
            "audience",
        )

    @extend_schema_field(WomenShareSerializer(many=True))
    def get_women(self, agreement: Agreement) -> Any:
        """Return the shares of women among signatories and witnesses."""
        return WomenShareSerializer(women_on(agreement), many=True).data


class AgreementInsideSerializer(AgreementOutsideSerializer):
    """An agreement with the Secretariat's own summary."""

    seen_from = SideField(INSIDE)

    class Meta(AgreementOutsideSerializer.Meta):
        fields = (*AgreementOutsideSerializer.Meta.fields, "summary", "version")


class AgreementSerializer(TwoSidedSerializer):
    """An agreement, from the person's side."""

    inside = AgreementInsideSerializer
    outside = AgreementOutsideSerializer


class AgreementChangeInput(InputSerializer):
    """What is on record of an agreement; a signature on one known day needs the earliest only."""

    parties = VisibleRelatedField(Party, many=True, required=False)

    class Meta(InputSerializer.Meta):
        model = Agreement
        fields: tuple[str, ...] = (*_FACTS, "summary", "classification", "parties")


class AgreementInput(AgreementChangeInput):
    """A new agreement of a process."""

    process = VisibleRelatedField(Process)

    class Meta(AgreementChangeInput.Meta):
        fields = ("process", *AgreementChangeInput.Meta.fields)
