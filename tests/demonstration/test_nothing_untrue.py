"""Nothing untrue of a real State, and two worlds that never mix (domain.md § 7, Demonstration).

A real file holds agreements, resolutions and communiqués with source and date. Whatever else a
later issue hangs on a file is refused here until somebody has said that it may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Q

from accounts.models import Delegation, User
from cases.models import (
    Agreement,
    AgreementParty,
    Dispute,
    DisputeGroupGrant,
    Party,
    Process,
    ProcessParty,
    WatchNote,
)
from cases.models.base import FilePart
from common.choices import Classification
from common.grants import OPEN_FILES_GROUP
from common.text import normalise
from institutions.models import Actor, Office, Organ
from institutions.models.actors import SHARED_KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]

#: What may stand on a real file.
PUBLISHABLE = {Dispute, Process, Party, Agreement, ProcessParty, AgreementParty, DisputeGroupGrant}

#: Where a row without a world of its own takes it from, the nearest first.
_PARENTS = (
    *("dispute", "process", "agreement", "mandate", "document", "content_object"),
    *("state", "actor", "user"),
)


def world_path(model: type[models.Model]) -> str:
    """Return the lookup of a model's world; empty where its rows belong to none."""
    if model in (Organ, Office):
        return ""
    names = {field.name for field in model._meta.concrete_fields}
    if "is_exercise" in names:
        return "is_exercise"
    if issubclass(model, FilePart):
        return "__".join((*model.file_path, "is_exercise"))
    for parent in _PARENTS:
        above = model._meta.get_field(parent).related_model if parent in names else None
        if above and world_path(above):
            return f"{parent}__{world_path(above)}"
    return ""


def models_with_a_world() -> list[type[models.Model]]:
    return [
        model
        for label in ("institutions", "accounts", "cases")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if world_path(model)
    ]


def rows_of(model: type[models.Model], *, is_exercise: bool) -> Any:
    return model._base_manager.filter(**{world_path(model): is_exercise})


def links() -> Iterator[tuple[type[models.Model], models.Field[Any, Any], type[models.Model]]]:
    """Give every foreign key between two things that each belong to a world."""
    for model in models_with_a_world():
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(field, models.ForeignKey) and target and world_path(target):
                yield model, field, target


# The real file ------------------------------------------------------------------------------------


def test_there_is_one_real_file_and_it_is_published_history() -> None:
    (dispute,) = Dispute.objects.filter(is_exercise=False)

    assert dispute.title_en == "Peace process in the Southern Philippines"
    assert dispute.is_historical
    assert dispute.classification == Classification.OPEN


def test_a_real_file_has_no_officer_and_nothing_that_only_the_secretariat_could_know() -> None:
    for dispute in Dispute.objects.filter(is_exercise=False):
        assert dispute.desk_officer is None
        assert dispute.unit is None
        assert dispute.opened_by is None
        assert not dispute.nature_described
        assert not dispute.outcome
        assert not dispute.end_proposed_outcome


def test_a_real_process_has_neither_stage_nor_engagement() -> None:
    for process in rows_of(Process, is_exercise=False):
        assert not process.stage
        assert process.stage_since is None
        assert not process.engagement


def test_nothing_but_publishable_things_hangs_on_a_real_file() -> None:
    others = [
        model
        for model in models_with_a_world()
        if model._meta.app_label == "cases" and model not in PUBLISHABLE
    ]

    found = {model.__name__: rows_of(model, is_exercise=False).count() for model in others}

    assert len(found) >= 15
    assert not {name: count for name, count in found.items() if count}


def test_every_real_agreement_has_its_source_and_its_date() -> None:
    agreements = rows_of(Agreement, is_exercise=False)

    assert agreements.count() == 6
    for agreement in agreements:
        assert agreement.source
        assert agreement.signed_earliest
        assert agreement.signed_latest
        assert agreement.classification == Classification.OPEN
    assert agreements.earliest("signed_earliest").signed_earliest.year == 1976
    assert agreements.latest("signed_latest").signed_latest.isoformat() == "2016-01-31"


def test_a_real_file_is_seen_as_an_open_one_and_by_no_other_grant() -> None:
    grants = rows_of(DisputeGroupGrant, is_exercise=False)

    assert {grant.group.name for grant in grants} == {OPEN_FILES_GROUP}


def test_no_real_person_state_or_note_takes_part() -> None:
    assert not User.objects.filter(is_exercise=False).exists()
    assert not Delegation.objects.filter(is_exercise=False).exists()
    assert not WatchNote.objects.filter(is_exercise=False).exists()


# Two worlds ---------------------------------------------------------------------------------------


def test_the_worlds_never_mix_by_a_foreign_key() -> None:
    checked = 0
    for model, field, target in links():
        shared = Q(**{f"{field.name}__kind__in": SHARED_KINDS}) if target is Actor else Q(pk__in=[])
        mixed = (
            model._base_manager.filter(**{f"{field.name}__isnull": False})
            .exclude(shared)
            .exclude(**{world_path(model): F(f"{field.name}__{world_path(target)}")})
        )
        assert not mixed.exists(), f"{model.__name__}.{field.name}"
        checked += 1

    assert checked >= 60


def test_no_text_of_the_exercise_names_a_real_state() -> None:
    names = [
        normalise(name)
        for actor in Actor.objects.filter(kind="state", is_exercise=False)
        for name in (actor.name_en, actor.name_fr, actor.name_ar)
        if name
    ]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    for model in models_with_a_world():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField))
            and not isinstance(field, models.FileField)
        ]
        for row in rows_of(model, is_exercise=True).values_list(*fields or ["pk"]):
            text = normalise(" ".join(str(value) for value in row))
            assert not pattern.search(text), f"{model.__name__}: {text}"
