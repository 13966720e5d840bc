"""The demonstration world, told once a module and taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from institutions.services.reference_data import load_reference
from oicmediation.demonstration.world import Told, tell

#: Today: rights begin and end on the database's clock.
ON = timezone.localdate()


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """The world as it stands on :data:`ON`; each test lies in a transaction within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield tell(on=ON)
        transaction.set_rollback(True)
