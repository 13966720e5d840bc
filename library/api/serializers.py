"""Shapes of the library's answers; texts and codes are the data set's own."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from library import selectors
from library.models import Agreement, Process, Provision
from library.provisions import provision_code


@extend_schema_serializer(component_name="LibraryProcess")
class ProcessSerializer(serializers.ModelSerializer[Process]):
    """A process; number and years are those of its agreements that meet the filter."""

    agreement_count = serializers.IntegerField(read_only=True)
    first_on = serializers.DateField(read_only=True, allow_null=True)
    last_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Process
        fields = [
            "id",
            "source",
            "source_key",
            "name",
            "conflict_names",
            "regions",
            "agreement_count",
            "first_on",
            "last_on",
        ]


class NamedProcessSerializer(serializers.ModelSerializer[Process]):
    """The process of an agreement."""

    class Meta:
        model = Process
        fields = ["id", "source_key", "name"]


@extend_schema_serializer(component_name="LibraryAgreement")
class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """An agreement as a row of a list."""

    process = NamedProcessSerializer(read_only=True)
    stage_label = serializers.CharField(read_only=True)
    kind_label = serializers.CharField(read_only=True)

    class Meta:
        model = Agreement
        fields = [
            "id",
            "source",
            "source_id",
            "title",
            "process",
            "dated_earliest",
            "dated_latest",
            "dated_as_written",
            "kind",
            "kind_label",
            "stage",
            "stage_label",
            "sub_stage",
            "provision_count",
        ]


class ProvisionSerializer(serializers.ModelSerializer[Provision]):
    """A coded provision with its group and what the code means, in the reader's language."""

    group = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]

    class Meta:
        model = Provision
        fields = ["code", "level", "group", "label"]

    def get_group(self, provision: Provision) -> str:
        """Return the group's code."""
        return str(provision_code(provision.code).group.value)

    def get_label(self, provision: Provision) -> str:
        """Return what the code means."""
        return str(provision_code(provision.code).label)


class SimilarAgreementSerializer(serializers.ModelSerializer[Agreement]):
    """An agreement that shares provisions with another, and how alike they are (0 to 1)."""

    process = NamedProcessSerializer(read_only=True)
    shared_count = serializers.IntegerField(read_only=True)
    either_count = serializers.IntegerField(read_only=True)
    likeness = serializers.FloatField(read_only=True)

    class Meta:
        model = Agreement
        fields = ["id", "title", "process", "shared_count", "either_count", "likeness"]


@extend_schema_serializer(component_name="LibraryAgreementDetail")
class AgreementDetailSerializer(AgreementSerializer):
    """An agreement with its texts, countries, provisions and the agreements most like it."""

    countries = serializers.SlugRelatedField[Any](
        source="locations", slug_field="iso3", many=True, read_only=True
    )
    provisions = ProvisionSerializer(many=True, read_only=True)
    similar = serializers.SerializerMethodField()

    class Meta(AgreementSerializer.Meta):
        fields = [
            *AgreementSerializer.Meta.fields,
            "status",
            "parties_text",
            "third_parties_text",
            "related_text",
            "countries",
            "other_codes",
            "provisions",
            "similar",
        ]

    @extend_schema_field(SimilarAgreementSerializer(many=True))
    def get_similar(self, agreement: Agreement) -> Any:
        """Return the most alike first."""
        rows = selectors.similar(self.context["request"].user, agreement)
        return SimilarAgreementSerializer(rows, many=True).data
