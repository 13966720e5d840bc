"""While the cache is away every key is absent and nothing fails."""

from __future__ import annotations

import pytest

from oicmediation.cache import ForgivingRedisCache


@pytest.fixture
def absent(tmp_path) -> ForgivingRedisCache:
    return ForgivingRedisCache(f"unix://{tmp_path}/nobody.sock", {})


def test_reading_finds_nothing(absent):
    assert absent.get("key") is None
    assert absent.get("key", "default") == "default"
    assert absent.get_many(["a", "b"]) == {}
    assert not absent.has_key("key")
    assert "key" not in absent


def test_writing_is_forgotten(absent):
    assert absent.set("key", 1) is None
    assert absent.add("key", 1) is True
    assert absent.incr("key") == 1
    assert absent.touch("key") is False
    assert absent.set_many({"a": 1}) == []


def test_deleting_does_nothing(absent):
    assert absent.delete("key") is False
    assert absent.delete_many(["a"]) is None
    assert absent.clear() is False


def test_computing_a_missing_value_still_works(absent):
    assert absent.get_or_set("key", lambda: 42) == 42
