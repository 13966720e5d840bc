"""A stored file lives exactly as long as the row that names it."""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Document, DocumentVersion
from cases.services.documents import file_document
from common import leftovers, sweeps
from common.leftovers import removing_leftovers, sweep_leftovers
from common.models import SweepRun
from tests.factories import uploads
from tests.factories.cases import DisputeFactory

DAY = timedelta(days=1)


class Broken(Exception):
    """What goes wrong after the file was stored."""


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


def file_one(dispute) -> Document:
    return file_document(
        actor=dispute.desk_officer,
        dispute=dispute,
        file=uploads.pdf(),
        title="Paper",
        audience="secretariat",
    )


def file_one_in_vain(dispute) -> None:
    """File a document in a transaction that fails once the service has done its part."""
    with contextlib.suppress(Broken), transaction.atomic():
        file_one(dispute)
        raise Broken


def test_file_goes_with_a_transaction_that_fails_afterwards(dispute, stored):
    with removing_leftovers():
        file_one_in_vain(dispute)
        assert len(stored()) == 1

    assert stored() == []


def test_file_with_its_row_stays(dispute, stored):
    with removing_leftovers():
        kept = file_one(dispute).versions.get().content.name
        file_one_in_vain(dispute)

    assert [path.as_posix().endswith(kept) for path in stored()] == [True]


def test_request_whose_answer_cannot_be_kept_leaves_no_file(
    officer, dispute, api_for, stored, monkeypatch
):
    """The answer to a POST with an Idempotency-Key is kept in one transaction with what it did."""
    seen = []

    def fail(data):
        seen.extend(stored())
        raise Broken

    monkeypatch.setattr("common.api.views._as_json", fail)
    body = {
        "dispute": str(dispute.pk),
        "title": "Paper",
        "audience": "secretariat",
        "file": uploads.pdf(),
    }
    api = api_for(officer)
    api.raise_request_exception = False

    answer = api.post(
        reverse("api:document-list"), body, format="multipart", headers={"Idempotency-Key": "k"}
    )

    assert answer.status_code == 500
    assert len(seen) == 1
    assert stored() == []
    assert not DocumentVersion.objects.exists()


def test_database_that_is_away_leaves_files_to_the_sweep(dispute, stored, monkeypatch):
    with monkeypatch.context() as broken, removing_leftovers():
        file_one_in_vain(dispute)
        broken.setattr(leftovers.apps, "get_models", _unreachable)

    assert len(stored()) == 1
    assert sweep_leftovers(before=timezone.now() + DAY) == 1
    assert stored() == []


def _unreachable():
    raise DatabaseError("the server is away")


def test_sweep_takes_what_a_kill_left_a_day_ago_and_nothing_else(dispute, stored):
    kept = file_one(dispute).versions.get().content.name
    file_one_in_vain(dispute)
    old = [path for path in stored() if not path.as_posix().endswith(kept)]
    for path in stored():
        os.utime(path, _two_days_ago())
    file_one_in_vain(dispute)

    for _time in range(2):
        sweeps.run(sweeps.named("common.leftovers"))

    assert not any(path.exists() for path in old)
    assert len(stored()) == 2
    assert SweepRun.objects.get(name="common.leftovers").written == 0


def _two_days_ago() -> tuple[float, float]:
    moment = (timezone.now() - 2 * DAY).timestamp()
    return moment, moment


def test_sweep_of_a_house_without_files_finds_nothing(db, stored):
    assert sweep_leftovers(before=timezone.now()) == 0
