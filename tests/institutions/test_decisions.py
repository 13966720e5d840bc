"""The words of resolutions and who stood apart: entered, corrected, taken out, on page and by API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from common.errors import NotPermitted, Refused, Stale
from institutions import services
from institutions.choices import ReservationKind
from institutions.models import Reservation, ResolutionParagraph
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ReservationFactory,
    ResolutionFactory,
    ResolutionParagraphFactory,
    StateFactory,
)

pytestmark = pytest.mark.django_db

Events = Callable[[str], list[Any]]


# Services ---------------------------------------------------------------------------------------


def test_paragraph_is_entered_in_three_languages(registry: User, events: Events) -> None:
    resolution = ResolutionFactory()

    paragraph = services.add_paragraph(
        actor=registry,
        resolution=resolution,
        number=" 12 bis ",
        text_en="Requests a report",
        text_fr="Demande un rapport",
        text_ar="يطلب تقريراً",
        source="Final document",
    )

    assert (paragraph.number, paragraph.is_kept) == ("12 bis", True)
    event = events("institutions.paragraph_added")[0]
    assert event.payload["number"] == "12 bis"


def test_paragraph_is_entered_once(registry: User) -> None:
    there = ResolutionParagraphFactory(number="4")

    with pytest.raises(ValidationError, match="already"):
        services.add_paragraph(
            actor=registry, resolution=there.resolution, number="4", text_en="Requests"
        )


def test_paragraph_without_a_text_is_none(registry: User) -> None:
    with pytest.raises(ValidationError, match="at least one language"):
        services.add_paragraph(actor=registry, resolution=ResolutionFactory(), number="4")


def test_paragraph_is_corrected_and_the_record_keeps_the_words_before(
    registry: User, events: Events
) -> None:
    paragraph = ResolutionParagraphFactory(text_en="Notes")

    services.correct_paragraph(actor=registry, paragraph=paragraph, text_en="Urges", version=1)
    services.correct_paragraph(actor=registry, paragraph=paragraph, text_en="Urges")

    (event,) = events("institutions.paragraph_corrected")
    assert event.payload["changes"]["text_en"] == ["Notes", "Urges"]


def test_paragraph_is_taken_out_and_stays_in_the_record(registry: User, events: Events) -> None:
    paragraph = ResolutionParagraphFactory(number="7", text_en="Notes")

    services.remove_paragraph(actor=registry, paragraph=paragraph)

    assert not ResolutionParagraph.objects.exists()
    (event,) = events("institutions.paragraph_removed")
    assert event.target_id == str(paragraph.resolution_id)
    assert event.payload["changes"] == {"number": ["7", None], "text_en": ["Notes", None]}


def test_paragraphs_stand_in_the_order_of_the_text() -> None:
    resolution = ResolutionFactory()
    for number in ("10", "2", "preamble", "10 bis", "1"):
        ResolutionParagraphFactory(resolution=resolution, number=number)

    numbers = ResolutionParagraph.objects.in_order().values_list("number", flat=True)
    assert list(numbers) == ["preamble", "1", "2", "10", "10 bis"]


def test_reservation_is_recorded_with_its_source(registry: User, events: Events) -> None:
    resolution, state = ResolutionFactory(), StateFactory()

    reservation = services.record_reservation(
        actor=registry,
        resolution=resolution,
        state=state,
        kind=ReservationKind.DISSOCIATION,
        paragraph="4",
        text_en="does not join paragraph 4",
        recorded_on=date(2024, 3, 6),
        source="Report of the session",
    )

    assert reservation.state == state
    assert events("institutions.reservation_recorded")[0].payload["kind"] == "dissociation"


def test_reservation_of_a_real_state_needs_a_source(registry: User) -> None:
    with pytest.raises(Refused) as caught:
        services.record_reservation(
            actor=registry,
            resolution=ResolutionFactory(),
            state=StateFactory(),
            kind=ReservationKind.RESERVATION,
        )
    assert (caught.value.code, caught.value.field) == ("source_missing", "source")

    with pytest.raises(Refused):
        services.correct_reservation(actor=registry, reservation=ReservationFactory(), source=" ")


def test_reservation_in_the_exercise_needs_none() -> None:
    player = UserFactory(registry_clerk=True, is_exercise=True)
    resolution = ResolutionFactory(exercise=True)

    reservation = services.record_reservation(
        actor=player,
        resolution=resolution,
        state=StateFactory(exercise=True),
        kind=ReservationKind.RESERVATION,
    )

    assert reservation.source == ""


def test_reservation_never_mixes_the_worlds(registry: User) -> None:
    words = {"kind": ReservationKind.RESERVATION, "source": "Report"}
    with pytest.raises(Refused) as caught:
        services.record_reservation(
            actor=registry,
            resolution=ResolutionFactory(),
            state=StateFactory(exercise=True),
            **words,
        )
    assert (caught.value.code, caught.value.field) == ("other_world", "state")

    with pytest.raises(Refused):
        services.correct_reservation(
            actor=registry, reservation=ReservationFactory(), state=StateFactory(exercise=True)
        )


def test_reservation_is_corrected_and_taken_out(registry: User, events: Events) -> None:
    reservation = ReservationFactory()

    changed = services.correct_reservation(
        actor=registry, reservation=reservation, paragraph="5", version=1
    )
    services.correct_reservation(actor=registry, reservation=changed, paragraph="5")
    with pytest.raises(Stale):
        services.remove_reservation(actor=registry, reservation=changed, version=1)
    services.remove_reservation(actor=registry, reservation=changed, version=2)

    assert len(events("institutions.reservation_corrected")) == 1
    (event,) = events("institutions.reservation_removed")
    assert event.payload["changes"]["paragraph"] == ["5", None]
    assert not Reservation.objects.exists()


def _acts(actor: User) -> list[Callable[[], Any]]:
    paragraph, reservation = ResolutionParagraphFactory(), ReservationFactory()
    words = {"kind": ReservationKind.RESERVATION, "source": "Report"}
    return [
        lambda: services.add_paragraph(
            actor=actor, resolution=ResolutionFactory(), number="1", text_en="x"
        ),
        lambda: services.correct_paragraph(actor=actor, paragraph=paragraph, text_en="x"),
        lambda: services.remove_paragraph(actor=actor, paragraph=paragraph),
        lambda: services.record_reservation(
            actor=actor, resolution=ResolutionFactory(), state=StateFactory(), **words
        ),
        lambda: services.correct_reservation(actor=actor, reservation=reservation, text_en="x"),
        lambda: services.remove_reservation(actor=actor, reservation=reservation),
    ]


@pytest.mark.parametrize("persona", ["cabinet", "envoy", "focal_point", "auditor"])
def test_words_of_a_resolution_are_kept_by_the_registry_alone(
    persona: str, request: pytest.FixtureRequest
) -> None:
    for act in _acts(request.getfixturevalue(persona)):
        with pytest.raises(NotPermitted):
            act()


def test_nothing_stands_without_its_record(registry: User, broken_record: None) -> None:
    for act in _acts(registry):
        before = [list(model.objects.values()) for model in (ResolutionParagraph, Reservation)]
        with pytest.raises(DatabaseError):
            act()
        after = [list(model.objects.values()) for model in (ResolutionParagraph, Reservation)]
        assert after == before


# Doors ------------------------------------------------------------------------------------------


def test_page_of_a_resolution_sets_its_languages_side_by_side(
    client_for: Callable[[User], Client], registry: User, officer: User, cabinet: User
) -> None:
    resolution = ResolutionFactory()
    ResolutionParagraphFactory(resolution=resolution, number="4", text_ar="يطلب تقريراً")
    ReservationFactory(resolution=resolution, paragraph="4", text_en="does not join")
    url = reverse("institutions:resolution_detail", args=[resolution.pk])

    page = client_for(registry).get(url).content.decode()
    assert '<div lang="ar" dir="rtl">يطلب تقريراً</div>' in page
    assert "does not join" in page
    assert "Take out paragraph 4" in page
    assert "Take out paragraph 4" not in client_for(cabinet).get(url).content.decode()

    officer.language = "ar"
    officer.save()
    assert 'dir="rtl"' in client_for(officer).get(url).content.decode()


def test_pages_enter_correct_and_take_out(
    client_for: Callable[[User], Client], registry: User
) -> None:
    browser, resolution, state = client_for(registry), ResolutionFactory(), StateFactory()

    def send(name: str, pk: Any, **values: Any) -> None:
        url = reverse(f"institutions:{name}", args=[pk])
        assert browser.get(url).status_code == 200
        assert browser.post(url, values).status_code == 302, name

    send("paragraph_add", resolution.pk, number="4", text_en="Requests")
    paragraph = ResolutionParagraph.objects.get()
    send("paragraph_correct", paragraph.pk, number="4", text_en="Urges", version=1)
    send("paragraph_remove", paragraph.pk, version=2)
    words = {"state": state.pk, "kind": "reservation", "source": "Report"}
    send("reservation_record", resolution.pk, **words)
    reservation = Reservation.objects.get()
    send("reservation_correct", reservation.pk, **words, paragraph="2", version=1)
    send("reservation_remove", reservation.pk, version=2)
    assert not Reservation.objects.exists()


def test_api_keeps_the_words_of_resolutions(
    api_for: Callable[..., APIClient], registry: User
) -> None:
    api, resolution, state = api_for(registry), ResolutionFactory(), StateFactory()

    made = api.post(
        "/api/v1/paragraphs/",
        {"resolution": str(resolution.pk), "number": "4", "text_en": "Requests"},
    )
    assert made.status_code == 201
    one = f"/api/v1/paragraphs/{made.json()['id']}/"
    assert api.patch(one, {"text_fr": "Demande"}).status_code == 428
    changed = api.patch(one, {"text_fr": "Demande"}, headers={"if-match": made.headers["ETag"]})
    assert changed.json()["text_fr"] == "Demande"
    listed = api.get("/api/v1/paragraphs/", {"resolution": str(resolution.pk)}).json()
    assert len(listed["results"]) == 1
    assert api.delete(one).status_code == 204

    made = api.post(
        "/api/v1/reservations/",
        {
            "resolution": str(resolution.pk),
            "state": str(state.pk),
            "kind": "dissociation",
            "source": "Report",
        },
    )
    one = f"/api/v1/reservations/{made.json()['id']}/"
    changed = api.patch(one, {"paragraph": "4"}, headers={"if-match": made.headers["ETag"]})
    assert changed.json()["paragraph"] == "4"
    narrowed = api.get("/api/v1/reservations/", {"state": str(StateFactory().pk)}).json()
    assert narrowed["results"] == []
    assert api.delete(one).status_code == 204


def test_words_of_the_exercise_stay_in_the_exercise(
    api_for: Callable[..., APIClient], officer: User
) -> None:
    hidden = ResolutionParagraphFactory(resolution=ResolutionFactory(exercise=True))
    api = api_for(officer)

    assert api.get(f"/api/v1/paragraphs/{hidden.pk}/").status_code == 404
    asked = {"resolution": str(hidden.resolution_id)}
    assert api.get("/api/v1/paragraphs/", asked).json()["results"] == []
