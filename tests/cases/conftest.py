"""What every test of case work has: a folder of its own for stored files."""

from __future__ import annotations

import pytest

from cases.models import DocumentVersion
from common.files import private_storage


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    """Keep the files of a test in its own folder; return the files that lie there."""
    place = tmp_path / "files"
    options = {"location": place, "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["private"] | {"OPTIONS": options}
    }
    field = DocumentVersion._meta.get_field("content")
    before, field.storage = field.storage, private_storage()
    yield lambda: [path for path in place.rglob("*") if path.is_file()]
    field.storage = before
