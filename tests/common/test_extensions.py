"""The registries: named once, filled by apps, told in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from common import extensions
from common.extensions import REGISTRIES, Registry

DOCS = Path(__file__).parents[2] / "docs"


def test_every_registry_is_listed_in_the_code_and_in_the_docs():
    known = {name for name, value in vars(extensions).items() if isinstance(value, Registry)}
    table = (DOCS / "architecture.md").read_text().split("| registry |")[1].split("\n\n")[0]
    first_column = "\n".join(line.split("|")[1] for line in table.splitlines()[2:])
    told = set(re.findall(r"`(\w+)`", first_column))

    assert {registry.name for registry in REGISTRIES} == known == told


def test_every_provider_of_the_morning_is_told_in_the_docs():
    page = (DOCS / "my-morning.md").read_text()

    assert [key for key, _provider in extensions.worklist if f"`{key}`" not in page] == []


def test_a_name_is_registered_once():
    registry = Registry("test", "nothing")
    registry.register("a", len)
    registry.register("a", len)

    with pytest.raises(ValueError, match="registered twice"):
        registry.register("a", max)
    assert list(registry) == [("a", len)]
