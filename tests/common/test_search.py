"""One search box: what is asked of each source, what is found, and what it costs."""

from __future__ import annotations

import pytest

from accounts.models import User
from common import extensions, search
from common.extensions import SearchHit
from institutions.models import Actor
from tests.factories.institutions import ActorFactory


@pytest.fixture
def sources(monkeypatch):
    """Return a registry of the test's own in place of the house's."""
    registry = extensions.Registry("search", "for a test")
    monkeypatch.setattr(search, "sources", registry)
    return registry


def test_every_source_is_asked_once_with_the_normalised_words(sources):
    asked = []
    for key in ("files", "persons"):
        sources.register(key, lambda *question, key=key: asked.append((key, *question)) or [])

    assert search.run("reader", "  Médiation ٤٤ ", limit=3) == []
    assert asked == [
        ("files", "reader", "mediation 44", 3),
        ("persons", "reader", "mediation 44", 3),
    ]


def test_source_that_finds_nothing_is_not_named(sources):
    hit = SearchHit(kind="File", title="Grazing", url="/files/1/")
    sources.register("files", lambda user, words, limit: iter([hit]))
    sources.register("persons", lambda user, words, limit: iter([]))

    assert search.run(None, "grazing") == [("files", [hit])]


@pytest.mark.parametrize("query", ["", "a", "  a  ", "\u064b\u064b\u064b"])
def test_query_of_less_than_two_letters_asks_nobody(sources, query):
    def ask(user, words, limit):
        raise AssertionError("asked")

    sources.register("files", ask)

    assert search.run(None, query) == []


def found(words):
    rows = search.matching(Actor.objects.all(), words)
    return set(rows.values_list("name_en", flat=True))


@pytest.fixture
def actors(db):
    for name in ("Union of Ports", "Port Authority of Orvana", "Council of Elders"):
        ActorFactory(name_en=name)


def test_every_word_must_be_there_in_any_order(actors):
    assert found("port") == {"Union of Ports", "Port Authority of Orvana"}
    assert found("orvana port") == {"Port Authority of Orvana"}
    assert found("port elders") == set()


def test_words_after_the_eighth_narrow_no_further(actors):
    eight = "port " * 8

    assert found(eight + "elders") == found("port")
    assert found("port " * 7 + "elders") == set()


def test_signs_of_a_pattern_are_letters_like_others(actors):
    assert found("%") == set()
    assert found("p_rt") == set()


def test_closest_comes_first(actors):
    rows = search.matching(Actor.objects.all(), "port").annotate(rank=search.Similarity("port"))

    assert [row.name_en for row in rows.order_by("-rank")] == [
        "Port Authority of Orvana",
        "Union of Ports",
    ]


@pytest.mark.parametrize("key", [key for key, _provider in extensions.search])
def test_each_source_of_the_house_costs_one_query(key, officer, django_assert_num_queries):
    provider = dict(extensions.search)[key]
    officer = User.objects.get(pk=officer.pk)  # as a request reads its person

    with django_assert_num_queries(1):
        provider(officer, "port", 10)
