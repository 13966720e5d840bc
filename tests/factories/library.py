"""Published agreements that were never published; ``provisions={"CeProv": 2}`` codes them."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from common.text import join_search_text, normalise
from library.models import Agreement, Location, Process, Provision


class ProcessFactory(DjangoModelFactory[Process]):
    """A process of invented places."""

    class Meta:
        model = Process

    source = "pax"
    source_key = factory.Sequence(lambda n: str(9000 + n))
    name = factory.Sequence(lambda n: f"Lagoon talks {n}")
    name_key = factory.LazyAttribute(lambda process: normalise(process.name))
    conflict_names = ["Orvana"]
    regions = ["Inner Sea"]


class AgreementFactory(DjangoModelFactory[Agreement]):
    """An agreement of one day; ``countries`` are ISO codes, ``provisions`` levels by code."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    source = "pax"
    source_id = factory.Sequence(lambda n: str(90000 + n))
    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: f"Accord of the lagoon {n}")
    dated_earliest = date(1999, 5, 1)
    dated_latest = factory.SelfAttribute("dated_earliest")
    dated_as_written = factory.LazyAttribute(lambda row: str(row.dated_earliest or ""))
    kind = "Intra"
    stage = "Pre"
    search_text = factory.LazyAttribute(
        lambda row: join_search_text(row.title, row.process.name, row.parties_text)
    )
    parties_text = ""

    @factory.post_generation
    def countries(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for position, iso3 in enumerate(extracted or (), 1):
            Location.objects.create(agreement=self, position=position, iso3=iso3)

    @factory.post_generation
    def provisions(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for code, level in (extracted or {}).items():
            Provision.objects.create(agreement=self, code=code, level=level)
        self.provision_count = len(extracted or {})
        if create:
            self.save(update_fields=["provision_count"])
