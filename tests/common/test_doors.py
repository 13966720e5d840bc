"""What pages and API have in common: parsing, paging, problems, forms, navigation, mail, jobs."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django import forms
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import RequestFactory
from kombu.exceptions import OperationalError
from rest_framework import exceptions

from accounts.models import Unit, User
from common import jobs
from common.api import problems
from common.api.fields import VisibleRelatedField
from common.api.pagination import BoundedPaginator, page_of
from common.api.parsers import MAX_BYTES, StrictJSONParser
from common.errors import NotPermitted, Refused
from common.mail import send, sent_to_files
from common.models import IdempotencyKey, SweepRun
from common.web.acts import attempt, get_visible, posted
from common.web.navigation import NavigationItem, shown_to
from common.web.trace import note_readings, trace_of
from tests.factories.accounts import UnitFactory

# JSON -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * 50_000,
        b'{"a":' * 3_000,
        b'{"a": 1e400}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"\\u0000": 1}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'{"a": 9223372036854775808}',
        b"\xff\xfe",
        b"{",
        b" " * (MAX_BYTES + 1),
        b"[" * 25 + b"]" * 25,
    ],
)
def test_hostile_json_is_a_parse_error(hostile):
    with pytest.raises(exceptions.ParseError):
        StrictJSONParser().parse(io.BytesIO(hostile))


@pytest.mark.parametrize(
    ("hostile", "words"),
    [
        (b"[" * 50_000, "The request is nested deeper than 20 levels."),
        (b"[" * 25 + b"]" * 25, "The request is nested deeper than 20 levels."),
        (b'{"a": ' + b"9" * 5_000 + b"}", "A number in the request is out of range."),
        (b'{"a": 9223372036854775808}', "A number in the request is out of range."),
        (b'{"a": 1e400}', "A number in the request is out of range."),
        (b'{"a": NaN}', "The request is not valid JSON: NaN is no value."),
        (b'{"a": "\\u0000"}', "A text in the request holds the character NUL."),
        (b'{"a": "\\ud800"}', "The request holds text that is not valid UTF-8."),
        (b"\xff\xfe", "The request holds text that is not valid UTF-8."),
        (b'{\n "a": }', "The request is not valid JSON: see line 2, column 7."),
        (b" " * (MAX_BYTES + 1), "The request is larger than 2 MB."),
    ],
)
def test_hostile_json_is_refused_in_words_of_the_house(hostile, words):
    with pytest.raises(exceptions.ParseError) as error:
        StrictJSONParser().parse(io.BytesIO(hostile))
    assert str(error.value.detail) == words


def test_honest_json_is_read():
    text = '{"a": [1, 2.5, "ملف", null, true], "b": {"c": -9}}'.encode()

    assert StrictJSONParser().parse(io.BytesIO(text))["b"] == {"c": -9}


@pytest.mark.parametrize("body", [b"[" * 50_000, b'{"language": 1e400}', b"[]", b'"x"', b"null"])
def test_hostile_json_is_a_400_at_the_door(api_for, officer, body):
    answer = api_for(officer).generic("PATCH", "/api/v1/me/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


# Problems ---------------------------------------------------------------------------------------


def problem_of(error):
    context = {"request": RequestFactory().get("/"), "view": None}
    return problems.exception_handler(error, context)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused("x", "Not today.", missing=["consent"]), 409, "x"),
        (NotPermitted("x", "Not you."), 403, "x"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (ValidationError("wrong"), 400, "invalid"),
        (ValidationError({"title": ["wrong"]}), 400, "invalid"),
        (exceptions.ValidationError({"a": [{"b": ["wrong"]}]}), 400, "invalid"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
        (problems.PreconditionRequired(), 428, "precondition_required"),
        (problems.PreconditionFailed(), 412, "stale"),
        (problems.UnprocessableKey(), 422, "idempotency_key_reused"),
    ],
)
def test_every_expected_error_is_a_problem(error, status, code):
    answer = problem_of(error)

    assert answer.status_code == status
    assert answer.data["code"] == code
    assert answer.content_type == "application/problem+json"


def test_refusal_names_field_and_what_is_missing():
    data = problem_of(Refused("x", "Not today.", field="on", missing=["consent"])).data

    assert data["errors"] == [{"field": "on", "detail": "Not today."}]
    assert data["missing"] == ["consent"]


def test_nested_errors_are_flat():
    error = exceptions.ValidationError({"a": [{"b": ["wrong"]}, {}]})

    assert problem_of(error).data["errors"] == [{"field": "a[0].b", "detail": "wrong"}]


def test_unexpected_error_stays_unexpected():
    assert problem_of(ZeroDivisionError()) is None


def test_throttled_answer_says_when_to_return():
    assert problem_of(exceptions.Throttled(wait=7))["Retry-After"] == "7"


# Sending twice ----------------------------------------------------------------------------------


def invite(api, key, **values):
    body = {"email": "n@example.org", "full_name": "N", "role": "expert"} | values
    return api.post("/api/v1/users/", body, headers={"Idempotency-Key": key})


def test_post_sent_twice_is_done_once(api_for, administrator):
    api = api_for(administrator)

    first, second = invite(api, "k"), invite(api, "k")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert User.objects.filter(email="n@example.org").count() == 1


def test_key_of_another_request_is_a_422(api_for, administrator):
    api = api_for(administrator)
    invite(api, "k")

    assert invite(api, "k", email="other@example.org").status_code == 422


def test_key_of_a_refused_request_is_free_again(api_for, administrator):
    api = api_for(administrator)

    assert invite(api, "k", role="focal_point").status_code == 409
    assert not IdempotencyKey.objects.exists()
    assert invite(api, "k").status_code == 201


def test_key_that_is_too_long_is_a_400(api_for, administrator):
    assert invite(api_for(administrator), "k" * 201).status_code == 400


# Paging -----------------------------------------------------------------------------------------


def test_total_is_exact_to_a_thousand():
    exact, bounded = BoundedPaginator(range(1000), 50), BoundedPaginator(range(1001), 50)

    assert (exact.is_exact, exact.total_in_words) == (True, "1000")
    assert (bounded.is_exact, bounded.total_in_words) == (False, "1,000+")


def test_wrong_page_number_gives_the_nearest():
    assert page_of(range(120), "99").number == 3
    assert page_of(range(120), "x").number == 1


@pytest.mark.parametrize("page", ["0", "x", "99"])
def test_wrong_page_of_the_api_is_a_404(api_for, administrator, page):
    assert api_for(administrator).get("/api/v1/users/", {"page": page}).status_code == 404


# Forms ------------------------------------------------------------------------------------------


class OneField(forms.Form):
    title = forms.CharField()


def post(**data):
    return RequestFactory().post("/", data)


def do(error=None):
    def act(**data):
        if error:
            raise error
        return data

    return act


def test_act_is_done_with_the_forms_data():
    request = post(title="x")

    assert attempt(request, OneField(posted(request)), do()) == (True, {"title": "x"}, 200)


@pytest.mark.parametrize(
    ("error", "status", "field"),
    [
        (Refused("x", "Not today.", field="title"), 409, "title"),
        (Refused("x", "Not today.", field="other"), 409, "__all__"),
        (NotPermitted("x", "Not you."), 403, "__all__"),
        (ValidationError({"title": ["wrong"], "other": ["wrong"]}), 422, "title"),
        (ValidationError("wrong"), 422, "__all__"),
    ],
)
def test_refusal_stands_in_the_form(error, status, field):
    request = post(title="x")
    form = OneField(posted(request))

    assert attempt(request, form, do(error)) == (False, None, status)
    assert field in form.errors


def test_wrong_entry_reaches_no_service():
    request = post()

    assert attempt(request, OneField(posted(request)), do(ZeroDivisionError()))[2] == 422


def test_page_that_is_only_shown_has_nothing_posted():
    assert posted(RequestFactory().get("/")) is None


def test_hidden_absent_and_nonsensical_are_alike(officer, focal_point):
    unit = UnitFactory()

    assert get_visible(Unit, officer, pk=unit.pk) == unit
    for user, key in ((focal_point, unit.pk), (officer, focal_point.pk), (officer, "nonsense")):
        with pytest.raises(Http404):
            get_visible(Unit, user, pk=key)


def test_related_field_knows_only_what_the_person_sees(officer, focal_point):
    unit = UnitFactory()

    def found_by(user):
        field = VisibleRelatedField(Unit)
        field._context = {"request": type("Request", (), {"user": user})()}
        return field.to_internal_value(str(unit.pk))

    assert found_by(officer) == unit
    with pytest.raises(exceptions.ValidationError, match="no such object"):
        found_by(focal_point)


# Navigation, notes, mail, jobs ------------------------------------------------------------------


def test_navigation_shows_what_the_person_may_open(monkeypatch):
    items = {
        key: NavigationItem(key, key, "account_login", order, lambda user, is_open=is_open: is_open)
        for key, order, is_open in (("b", 2, True), ("a", 1, True), ("c", 3, False))
    }
    monkeypatch.setattr("common.web.navigation._ITEMS", items)

    shown = shown_to(None, "/accounts/login/")

    assert [item.label for item in shown] == ["a", "b"]
    assert all(item.is_current for item in shown)


def test_notes_of_a_request_are_one(officer):
    request = RequestFactory().get("/")

    note_readings(request, [officer])

    assert trace_of(request).readings == [officer]


def test_mail_goes_to_one_and_takes_no_second_header():
    send(to="a@example.org", subject="Hello\r\nBcc: b@example.org", text="Words")

    message = outbox.outbox[0]
    assert message.recipients() == ["a@example.org"]
    assert "\n" not in message.subject


def test_mail_in_files_is_read_newest_first(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    send(to="a@example.org", subject="First", text="Words")
    send(to="b@example.org", subject="ملف", text="كلمات")

    assert sorted(mail.subject for mail in sent_to_files(tmp_path)) == ["First", "ملف"]
    assert sent_to_files(tmp_path)[0].text in ("Words", "كلمات")
    assert sent_to_files(tmp_path)[0].sent_at.utcoffset() is not None


@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("", None),
        ("Date: some day\n", None),
        ("Date: Mon, 01 Jun 2026 09:30:00 -0000\n", datetime(2026, 6, 1, 9, 30, tzinfo=UTC)),
        ("Date: Mon, 01 Jun 2026 12:30:00 +0300\n", datetime(2026, 6, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_mail_in_files_tells_when_it_was_sent_where_its_header_does(tmp_path, header, at):
    (tmp_path / "a.log").write_text(f"To: a@example.org\n{header}Subject: Hello\n\nWords\n")

    assert [(mail.to, mail.sent_at) for mail in sent_to_files(tmp_path)] == [("a@example.org", at)]


def test_job_is_woken_after_commit_and_a_lost_broker_is_no_error(
    monkeypatch, django_capture_on_commit_callbacks, db
):
    sent = []
    monkeypatch.setattr(
        jobs.current_app,
        "send_task",
        lambda name, **options: sent.append((name, options["kwargs"])),
    )
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("some.task", pk=1)
        assert sent == []
    assert sent == [("some.task", {"pk": 1})]

    def lost(name, **options):
        raise OperationalError

    monkeypatch.setattr(jobs.current_app, "send_task", lost)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("some.task", pk=1)


def test_what_was_woken_keeps_one_row_and_when_it_was_last(db):
    jobs.note_run("heartbeat")
    first = SweepRun.objects.get()
    jobs.note_run("heartbeat")

    row = SweepRun.objects.get()
    assert (row.pk, row.name) == (first.pk, "heartbeat")
    assert row.last_committed_at > first.last_committed_at


def test_technical_rows_name_themselves():
    assert str(SweepRun(name="reviews")) == "reviews"
    assert str(IdempotencyKey(key="k")) == "k"
