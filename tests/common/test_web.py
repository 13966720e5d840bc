"""What holds for every page: limits of a session, language, headers, navigation, acts, error pages."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from common.errors import NotPermitted, Refused
from common.files import MAX_BYTES, MAX_REQUEST_BYTES
from common.web import navigation, views
from common.web.acts import act_page
from common.web.context import house
from common.web.middleware import BodyLimit, PersonLanguage, PrivateHeaders
from common.web.navigation import NavigationItem, shown_to
from common.web.trace import note_reading, note_refusal, trace_of

HOME = "/files/"

# Sessions ---------------------------------------------------------------------------------------


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock of the session's limits."""
    begin = timezone.now()

    def set_clock(**passed):
        now = (begin + timedelta(**passed)).timestamp()
        monkeypatch.setattr("common.web.middleware.time.time", lambda: now)

    set_clock()
    return set_clock


def is_inside(client):
    """Ask for a page; whoever is outside is led to the door."""
    return client.get(HOME).status_code == 200


def test_idle_session_ends_after_half_an_hour(client_for, officer, at):
    client = client_for(officer)
    assert is_inside(client)

    at(minutes=30)
    assert is_inside(client)
    at(minutes=60)
    assert is_inside(client)
    at(minutes=90, seconds=1)
    assert not is_inside(client)
    at(minutes=90, seconds=2)
    assert not is_inside(client)


def test_session_in_use_ends_after_twelve_hours(client_for, officer, at):
    client = client_for(officer)
    for half_hours in range(25):
        at(minutes=30 * half_hours)
        assert is_inside(client)

    at(hours=12, seconds=1)

    assert not is_inside(client)


def test_time_of_the_last_request_is_kept_to_the_minute(client_for, officer, at):
    client = client_for(officer)
    client.get(HOME)
    began = client.session["seen_at"]

    at(seconds=59)
    client.get(HOME)
    assert client.session["seen_at"] == began
    at(seconds=60)
    client.get(HOME)
    assert client.session["seen_at"] == began + 60
    assert client.session["began_at"] == began


def test_stranger_has_no_session(db):
    client = Client()
    client.get("/accounts/login/")

    assert "began_at" not in client.session


# Language and headers ---------------------------------------------------------------------------


def through(middleware, user, answer=None):
    """Send a request through a middleware; return it, the answer and the language it was made in."""
    request = RequestFactory().get("/")
    request.user = user
    spoken = []

    def view(inner):
        spoken.append(translation.get_language())
        return answer or HttpResponse("x")

    with translation.override("en"):
        response = middleware(view)(request)
    return request, response, spoken[0]


def test_person_reads_in_the_language_of_the_account(officer):
    officer.language = "ar"

    request, response, spoken = through(PersonLanguage, officer)

    assert (spoken, request.LANGUAGE_CODE, response["Content-Language"]) == ("ar", "ar", "ar")


def test_who_chose_no_language_reads_in_that_of_the_browser(officer):
    officer.language = ""

    for user in (officer, AnonymousUser()):
        _request, response, spoken = through(PersonLanguage, user)
        assert spoken == "en"
        assert "Content-Language" not in response


def test_pages_of_a_person_are_kept_by_nobody(officer):
    _request, response, _spoken = through(PrivateHeaders, officer)

    assert response["Cache-Control"] == "private, no-store"
    assert "camera=()" in response["Permissions-Policy"]


def test_page_that_says_itself_how_long_it_is_kept_is_believed(officer):
    answer = HttpResponse("x", headers={"Cache-Control": "no-cache"})

    assert through(PrivateHeaders, officer, answer)[1]["Cache-Control"] == "no-cache"


def test_pages_for_everybody_have_the_policy_alone():
    _request, response, _spoken = through(PrivateHeaders, AnonymousUser())

    assert "Cache-Control" not in response
    assert "geolocation=()" in response["Permissions-Policy"]


# Navigation and context -------------------------------------------------------------------------


@pytest.fixture
def items(monkeypatch):
    kept = {}
    monkeypatch.setattr(navigation, "_ITEMS", kept)
    return kept


def entry(key, **values):
    return NavigationItem(
        **{"key": key, "label": key, "url_name": "search", "order": 1, "is_for": bool} | values
    )


@pytest.mark.parametrize(
    ("prefixes", "path", "is_current"),
    [
        ((), "/search/", True),
        ((), "/search/more/", True),
        ((), "/files/", False),
        (("/files/", "/processes/"), "/processes/1/", True),
        (("/files/", "/processes/"), "/search/", False),
        (("/",), "/", True),
        (("/",), "/files/", False),
    ],
)
def test_entry_is_current_below_its_prefixes(items, prefixes, path, is_current):
    navigation.register(entry("a", prefixes=prefixes))

    assert [item.is_current for item in shown_to("somebody", path)] == [is_current]


def test_entries_are_registered_once_by_key_and_stand_in_their_order(items):
    for item in (entry("a", order=2), entry("b", order=1), entry("a", order=3, label="late")):
        navigation.register(item)
    navigation.register(entry("c", is_for=lambda user: False))

    assert [item.label for item in shown_to("somebody", "/")] == ["b", "late"]
    assert shown_to("", "/") == []


def test_entry_that_fits_an_address_most_closely_is_the_current_one(items):
    navigation.register(entry("wide", prefixes=("/files/", "/mandates/")))
    navigation.register(entry("close", prefixes=("/mandates/by-session/",)))

    def current(path):
        return [item.label for item in shown_to("somebody", path) if item.is_current]

    assert current("/mandates/by-session/") == ["close"]
    assert current("/mandates/1/") == ["wide"]
    assert current("/search/") == []


def test_entry_says_how_much_waits_there(items):
    navigation.register(entry("a", count=lambda user: len(user)))
    navigation.register(entry("b"))

    assert [item.count for item in shown_to("abc", "/")] == [3, None]


def test_page_knows_the_world_of_its_reader(items, officer):
    navigation.register(entry("a", is_for=lambda user: user == officer))
    request = RequestFactory().get("/")

    request.user = officer
    assert [item.label for item in house(request)["navigation"]] == ["a"]
    assert house(request)["page_is_exercise"] is False
    officer.is_exercise = True
    assert house(request)["page_is_exercise"] is True


def test_page_of_a_stranger_shows_no_navigation(items, settings):
    navigation.register(entry("a", is_for=lambda user: True))
    settings.SPECIMEN, settings.IS_PRODUCTION = False, True
    request = RequestFactory().get("/")
    outside = {
        "navigation": [],
        "page_is_exercise": False,
        "specimen": False,
        "is_production": True,
        "mail_is_shown_here": False,
    }

    assert house(request) == outside
    request.user = AnonymousUser()
    assert house(request) == outside


# Size ------------------------------------------------------------------------------------------


@pytest.fixture
def untouched():
    """A body that nobody may read."""
    return Mock(read=Mock(side_effect=AssertionError("the body was read")))


def send_large(client, path, untouched, size):
    return client.post(
        path,
        CONTENT_LENGTH=str(size),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": untouched},
    )


@pytest.mark.django_db
def test_request_larger_than_any_file_is_refused_unread(client, untouched):
    page = send_large(client, "/accounts/login/", untouched, MAX_REQUEST_BYTES + 1)
    answer = send_large(client, "/api/v1/documents/", untouched, MAX_REQUEST_BYTES + 1)

    assert (page.status_code, answer.status_code) == (413, 413)
    assert "The request is larger than 26 MB." in page.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:oic-mediation:problem:too_large",
        "code": "too_large",
        "status": 413,
        "detail": "The request is larger than 26 MB.",
    }


@pytest.mark.parametrize("length", ["", "12", "nonsense", str(MAX_REQUEST_BYTES)])
def test_request_of_any_other_length_goes_on(rf, length):
    request = rf.get("/", CONTENT_LENGTH=length)
    assert BodyLimit(lambda request: HttpResponse("on"))(request).content == b"on"


def test_largest_request_holds_the_largest_file():
    assert MAX_BYTES < MAX_REQUEST_BYTES < 2 * MAX_BYTES


# Acts -------------------------------------------------------------------------------------------


class OneField(forms.Form):
    title = forms.CharField()


@pytest.fixture
def page_of_act(client_for, officer):
    """Return a function that shows or sends the page of an act through the whole request."""

    def show(act=lambda title: title, *, data=None, **options):
        client = client_for(officer)
        request = client.get(reverse("search")).wsgi_request
        request.method = "GET" if data is None else "POST"
        values = {"form": OneField(data), "act": act, "done": "/done/", **options}
        response = act_page(request, **values)
        return request, response

    return show


def test_act_is_first_shown_and_nothing_done(page_of_act):
    def act(title):
        raise AssertionError("done")

    _request, response = page_of_act(act, context={"title": "Add a party"})

    assert response.status_code == 200
    assert "Add a party" in response.content.decode()


def test_act_that_is_done_says_so_and_goes_on(page_of_act):
    request, response = page_of_act(data={"title": "x"}, said="The party was added.")

    assert (response.status_code, response.url) == (302, "/done/")
    assert [str(message) for message in get_messages(request)] == ["The party was added."]


def test_act_may_go_on_to_what_it_made_and_say_nothing(page_of_act):
    request, response = page_of_act(data={"title": "x"}, done=lambda made: f"/{made}/")

    assert response.url == "/x/"
    assert list(get_messages(request)) == []


def test_refused_act_shows_its_form_again_and_is_noted(page_of_act, officer):
    def act(title):
        raise Refused("x", "Not today.")

    request, response = page_of_act(act, data={"title": "kept"}, subject=officer)

    assert response.status_code == 409
    assert "Not today." in response.content.decode()
    assert "kept" in response.content.decode()
    assert trace_of(request).refusals == [("x", "Not today.", officer)]


def test_wrong_entry_is_shown_beside_its_field(page_of_act):
    _request, response = page_of_act(data={"title": ""})

    assert response.status_code == 422
    assert 'id="id_title_error"' in response.content.decode()


# Notes ------------------------------------------------------------------------------------------


def test_notes_are_shared_by_a_request_and_its_wrapper(officer):
    inner = RequestFactory().get("/")
    wrapper = type("Wrapper", (), {"_request": inner})()

    note_reading(inner, officer)
    note_refusal(wrapper, "x", "Not today.")

    assert trace_of(wrapper) is trace_of(inner)
    assert trace_of(inner).readings == [officer]
    assert trace_of(inner).refusals == [("x", "Not today.", None)]


# Errors -----------------------------------------------------------------------------------------


@pytest.fixture
def request_of(client_for, officer):
    return client_for(officer).get(reverse("search")).wsgi_request


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (views.not_found, 404),
    ],
)
def test_error_is_told_in_the_look_of_the_house(request_of, page, status):
    response = page(request_of, Exception("inside"))

    text = response.content.decode()
    assert response.status_code == status
    assert "<h1" in text
    assert "<nav" in text
    assert "inside" not in text


def test_error_of_ours_is_told_without_asking_anything(django_assert_num_queries, settings, db):
    settings.SPECIMEN = True
    with django_assert_num_queries(0):
        response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something failed on our side" in response.content.decode()


def test_error_of_ours_bears_the_mark_of_the_house(settings):
    def page(*, specimen):
        settings.SPECIMEN = specimen
        return views.server_error(RequestFactory().get("/")).content.decode().lower()

    assert "specimen" in page(specimen=True)
    assert "specimen" not in page(specimen=False)


def test_form_without_its_token_is_told_to_be_sent_again(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    response = client.post("/files/new/", {})

    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()


def test_absent_page_is_a_404_of_the_house(client_for, officer):
    response = client_for(officer).get("/nowhere/")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(("error", "status"), [(Refused, 409), (NotPermitted, 403)])
def test_refusal_that_no_form_caught_is_a_page_that_names_what_is_missing(
    request_of, error, status
):
    middleware = views.ShowRefusals(lambda request: HttpResponse("fine"))
    refusal = error("x", "Not today.", missing=["The consent of Naruba"])

    response = middleware.process_exception(request_of, refusal)

    assert response.status_code == status
    text = response.content.decode()
    assert "Not today." in text
    assert "The consent of Naruba" in text
    assert trace_of(request_of).refusals == [("x", "Not today.", None)]


def test_other_errors_and_answers_pass(request_of):
    middleware = views.ShowRefusals(lambda request: HttpResponse("fine"))

    assert middleware.process_exception(request_of, ZeroDivisionError()) is None
    assert middleware(request_of).content == b"fine"


# Style guide ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "direction", "title"),
    [
        ("en", "ltr", "Grazing and water in the Upper Sahn valley"),
        ("fr", "ltr", "Pâturages et eau dans la haute vallée du Sahn"),
        ("ar", "rtl", "المراعي والمياه في وادي سهن الأعلى"),
    ],
)
def test_style_guide_shows_its_samples_in_each_language(db, language, direction, title):
    page = Client().get("/styleguide/", headers={"Accept-Language": language}).content.decode()

    assert f'<html lang="{language}" dir="{direction}"' in page
    assert title in page


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/files/", "http://testserver/files/"),
        ("http://elsewhere.example/", ""),
        ("http://testserver/here/", ""),
        ("", ""),
    ],
)
def test_a_refusal_leads_back_to_a_page_of_this_house_only(rf, referer: str, back: str) -> None:
    assert views.came_from(rf.get("/here/", headers={"Referer": referer})) == back
