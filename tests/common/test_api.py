"""Bases of the API: what is shown, what a change must know, what may be sent twice, what is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import RequestFactory
from rest_framework import exceptions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate

from accounts.models import Unit
from common.api import pagination, problems, schema
from common.api.fields import MOST_KEYS, VisibleRelatedField
from common.api.views import HouseViewSet, NothingHere, ReadViewSet, require_scope
from common.errors import Refused, Stale
from common.models import IdempotencyKey
from common.web.trace import trace_of
from tests.factories import uploads
from tests.factories.accounts import UnitFactory

# A door of the test's own -----------------------------------------------------------------------


class UnitShape(serializers.ModelSerializer):
    class Meta:
        model = Unit
        fields = ["id", "code"]


class Door(ReadViewSet):
    """Units read, renamed by a service that only notes what it was given."""

    model = Unit
    serializer_class = UnitShape
    filter_backends = ()
    given = []

    def create(self, request):
        return self.perform_act(UnitShape, self._service, shown=self.created)

    def partial_update(self, request, pk, *, is_version_needed=False):
        return self.perform_act(
            UnitShape,
            self._service,
            shown=self.changed,
            obj=self.get_object(),
            partial_input=True,
            is_version_needed=is_version_needed,
        )

    def _service(self, **given):
        self.given.append(given)
        return Unit.objects.get()


class Guarded(Door):
    def partial_update(self, request, pk):
        return super().partial_update(request, pk, is_version_needed=True)


@pytest.fixture(autouse=True)
def _nothing_given():
    Door.given.clear()


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def knock(officer):
    """Return a function that sends a request to a door as a desk officer."""

    def send(method, data=None, *, door=Door, acts=None, pk=None, shape="json", **headers):
        factory = APIRequestFactory()
        request = getattr(factory, method)("/units/", data, format=shape, headers=headers)
        force_authenticate(request, officer)
        default = {
            "get": "retrieve" if pk else "list",
            "post": "create",
            "patch": "partial_update",
        }
        view = door.as_view(acts or {method: default[method]})
        answer = view(request, **({"pk": pk} if pk else {}))
        answer.trace = trace_of(request)
        return answer

    return send


def test_detail_is_a_reading_and_carries_its_version(unit, knock):
    answer = knock("get", pk=str(unit.pk))

    assert answer.data == {"id": str(unit.pk), "code": unit.code}
    assert answer["ETag"] == '"1"'
    assert answer.trace.readings == [unit]


def test_detail_that_is_no_reading_leaves_no_note(unit, knock):
    class Plain(Door):
        is_reading = False

    assert knock("get", pk=str(unit.pk), door=Plain).trace.readings == []


def test_object_without_versions_has_no_etag(unit, knock):
    class Unversioned(Door):
        def get_object(self):
            return unit.head

        def get_serializer(self, obj):
            return serializers.Serializer(obj)

    unit.head = None

    assert "ETag" not in knock("get", pk=str(unit.pk), door=Unversioned)


def test_list_is_paged_and_no_reading(unit, knock):
    answer = knock("get")

    assert answer.data["count"] == 1
    assert answer.data["count_is_exact"] is True
    assert [row["code"] for row in answer.data["results"]] == [unit.code]
    assert answer.trace.readings == []


def test_list_may_be_narrowed_by_the_door(unit, knock):
    class Narrow(Door):
        def select(self, rows):
            return rows.exclude(pk=unit.pk)

    assert knock("get", door=Narrow).data["results"] == []
    assert knock("get", door=Narrow, pk=str(unit.pk)).status_code == 404


def test_door_shows_the_schema_generator_no_row(unit):
    door = Door()
    door.swagger_fake_view = True

    assert not door.get_queryset().exists()


# Changes ----------------------------------------------------------------------------------------


def test_act_gets_the_actor_and_what_was_sent_and_shows_the_result(unit, knock, officer):
    answer = knock("post", {"code": "NEW", "other": 1})

    assert answer.status_code == 201
    assert Door.given == [{"actor": officer, "code": "NEW"}]
    assert answer.data["code"] == unit.code


def test_wrong_entry_reaches_no_service(unit, knock):
    assert knock("post", {}).data["errors"][0]["field"] == "code"
    assert Door.given == []


@pytest.mark.parametrize(
    ("header", "status"),
    [({}, 428), ({"If-Match": '"2"'}, 412), ({"If-Match": "1"}, 412)],
)
def test_guarded_change_needs_the_present_version(unit, knock, header, status):
    answer = knock("patch", {"code": "NEW"}, door=Guarded, pk=str(unit.pk), **header)

    assert answer.status_code == status
    assert Door.given == []


@pytest.mark.parametrize(("header", "version"), [('"1"', 1), ("*", None)])
def test_guarded_change_hands_the_version_to_the_service(unit, knock, officer, header, version):
    headers = {"If-Match": header}

    answer = knock("patch", {"code": "NEW"}, door=Guarded, pk=str(unit.pk), **headers)

    assert answer.status_code == 200
    assert Door.given == [{"actor": officer, "code": "NEW", "version": version}]


@pytest.mark.parametrize(("headers", "status"), [({}, 200), ({"If-Match": '"9"'}, 412)])
def test_other_change_compares_a_version_only_when_one_is_named(unit, knock, headers, status):
    assert knock("patch", {}, pk=str(unit.pk), **headers).status_code == status


def test_refusal_names_the_object_that_was_acted_on(unit, knock):
    class Late(Door):
        def _service(self, **given):
            raise Stale("stale", "Somebody else was here.")

    answer = knock("patch", {}, door=Late, pk=str(unit.pk))

    assert answer.status_code == 412
    assert answer.trace.refusals == [("stale", "Somebody else was here.", unit)]


@pytest.mark.parametrize(
    ("scope", "method", "is_refused"),
    [
        ("read", "post", True),
        ("read", "delete", True),
        ("read", "get", False),
        ("read", "head", False),
        ("write", "post", False),
        (None, "post", False),
    ],
)
def test_token_that_may_only_read_changes_nothing(scope, method, is_refused):
    request = Request(getattr(RequestFactory(), method)("/"))
    request._auth = type("Token", (), {"scope": scope})() if scope else None

    if is_refused:
        with pytest.raises(exceptions.PermissionDenied):
            require_scope(request)
    else:
        require_scope(request)


# Sending twice ----------------------------------------------------------------------------------

KEY = {"Idempotency-Key": "k"}


class Counter(HouseViewSet):
    """Counts how often it was really asked."""

    model = Unit

    def create(self, request):
        cache.set("asked", cache.get("asked", 0) + 1)
        return Response({"asked": cache.get("asked")}, status=201)


def test_second_sending_gets_the_first_answer(knock):
    first = knock("post", {"a": 1}, door=Counter, **KEY)
    second = knock("post", {"a": 1}, door=Counter, **KEY)

    assert (first.data, second.data) == ({"asked": 1}, {"asked": 1})
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"


def test_second_sending_gets_the_same_bytes(knock):
    class Ordered(HouseViewSet):
        model = Unit

        def create(self, request):
            asked = {"z": 1, "b": [{"y": 2.5, "c": None}], "a": "ملف", "on": date(2026, 6, 1)}
            return Response(asked, status=201)

    first, second = (knock("post", {}, door=Ordered, **KEY).render() for _time in range(2))

    assert second["Idempotent-Replayed"] == "true"
    assert second.content == first.content
    assert first.content.startswith(b'{"z":1,"b":[{"y":')


@pytest.mark.parametrize(("content", "status"), [("one", 201), ("two", 422)])
def test_same_key_with_another_file_of_the_same_name_is_another_request(knock, content, status):
    class Takes(Counter):
        parser_classes = [MultiPartParser]

    first = knock("post", {"file": uploads.pdf()}, door=Takes, shape="multipart", **KEY)
    again = {"file": uploads.pdf(text=content)}
    second = knock("post", again, door=Takes, shape="multipart", **KEY)

    assert (first.status_code, second.status_code) == (201, status)


def test_file_is_read_whole_after_its_content_was_told(knock):
    class Reads(Counter):
        parser_classes = [MultiPartParser]

        def create(self, request):
            return Response(len(request.FILES["file"].read()))

    sent = {"file": uploads.pdf()}
    assert knock("post", sent, door=Reads, shape="multipart", **KEY).data == sent["file"].size


def test_sending_without_a_key_is_done_each_time(knock):
    assert [knock("post", {}, door=Counter).data["asked"] for _time in range(2)] == [1, 2]
    assert not IdempotencyKey.objects.exists()


def test_answer_that_holds_a_secret_is_not_kept(knock):
    class Secret(Counter):
        is_replayable = False

    answers = [knock("post", {}, door=Secret, **KEY).data["asked"] for _time in range(2)]

    assert answers == [1, 2]
    assert not IdempotencyKey.objects.exists()


def test_key_of_somebody_else_is_another_key(knock, other_officer):
    IdempotencyKey.objects.create(user=other_officer, key="k", fingerprint="x", status=201, body={})

    assert knock("post", {}, door=Counter, **KEY).data == {"asked": 1}


@pytest.mark.parametrize("key", ["k" * 201, "k\u200e"])
def test_key_is_short_and_printable(knock, key):
    request = APIRequestFactory().post("/", {}, format="json")
    door = Counter()

    with pytest.raises(exceptions.ValidationError, match="200 printable"):
        door._once(key, door.create, Request(request))


def test_two_who_write_the_same_are_a_conflict_and_keep_no_key(knock):
    class Collision(Counter):
        def create(self, request):
            raise IntegrityError("unit_code_key")

    answer = knock("post", {}, door=Collision, **KEY)

    assert (answer.status_code, answer.data["code"]) == (409, "conflict")
    assert not IdempotencyKey.objects.exists()


def test_key_on_a_reading_or_on_a_door_without_post_means_nothing(unit, knock):
    assert knock("get", pk=str(unit.pk), **KEY).status_code == 200
    assert knock("post", {}, acts={"get": "list"}, **KEY).status_code == 405
    assert not IdempotencyKey.objects.exists()


# Keys of related things -------------------------------------------------------------------------


def related(user, **options):
    """Return a bound field of a serializer that knows who asks."""

    class Shape(serializers.Serializer):
        units = VisibleRelatedField(Unit, **options)

    return Shape(context={"request": type("Request", (), {"user": user})()}).fields["units"]


def test_several_keys_are_looked_up_in_one_query_each_once_in_their_order(
    officer, django_assert_num_queries
):
    first, second = UnitFactory(), UnitFactory()
    keys = [str(second.pk), str(first.pk), str(second.pk)]

    with django_assert_num_queries(1):
        assert related(officer, many=True).to_internal_value(keys) == [second, first]


def test_one_hidden_key_refuses_them_all(officer, focal_point):
    keys = [str(UnitFactory().pk), str(UnitFactory().pk)]

    assert len(related(officer, many=True).to_internal_value(keys)) == 2
    for user, sent in (
        (focal_point, keys),
        (officer, [*keys, str(focal_point.pk)]),
        (officer, [*keys, "nonsense"]),
    ):
        with pytest.raises(exceptions.ValidationError, match="There is no such object"):
            related(user, many=True).to_internal_value(sent)


@pytest.mark.parametrize(
    ("sent", "code"),
    [("x", "not_a_list"), ([], "empty"), (["x"] * (MOST_KEYS + 1), "too_many")],
)
def test_list_of_keys_is_a_list_of_some_and_not_of_too_many(officer, sent, code):
    with pytest.raises(exceptions.ValidationError) as error:
        related(officer, many=True, allow_empty=False).to_internal_value(sent)

    assert error.value.detail[0].code == code


def test_no_key_is_fine_where_none_is_needed(officer):
    assert related(officer, many=True, required=False).to_internal_value([]) == []


def test_related_field_outside_a_request_knows_nothing(unit):
    with pytest.raises(exceptions.ValidationError, match="There is no such object"):
        VisibleRelatedField(Unit).to_internal_value(str(unit.pk))


def test_related_field_that_is_only_read_needs_no_rows(unit):
    assert VisibleRelatedField(Unit, read_only=True).to_representation(unit) == unit.pk


# Pages and problems -----------------------------------------------------------------------------


def pages(count, **query):
    pager = pagination.PageNumberPages()
    request = Request(RequestFactory().get("/units/", query))
    rows = pager.paginate_queryset(range(count), request)
    return rows, pager.get_paginated_response(rows).data


def test_page_says_where_the_next_and_the_previous_are():
    rows, data = pages(120, page=2)

    assert list(rows) == list(range(50, 100))
    assert (data["count"], data["count_is_exact"]) == (120, True)
    assert data["next"].endswith("/units/?page=3")
    assert data["previous"].endswith("/units/")


def test_count_of_a_long_list_stops_at_a_thousand():
    _rows, data = pages(5000)

    assert (data["count"], data["count_is_exact"]) == (1000, False)


@pytest.mark.parametrize(("asked", "given"), [(3, 3), (200, 200), (201, 200), (0, 50), ("x", 50)])
def test_size_of_a_page_is_bounded(asked, given):
    assert len(pages(500, page_size=asked)[0]) == given


@pytest.mark.parametrize("page", ["0", "-1", "x", "99"])
def test_page_that_is_not_there_is_not_found(page):
    with pytest.raises(exceptions.NotFound):
        pages(120, page=page)


def test_schema_of_a_page_tells_whether_the_count_is_exact():
    shape = pagination.PageNumberPages().get_paginated_response_schema({"type": "array"})

    assert shape["properties"]["count_is_exact"] == {"type": "boolean"}
    assert shape["required"] == ["count", "count_is_exact", "results"]


def answer_to(error):
    return problems.exception_handler(error, {"request": RequestFactory().get("/")})


def test_conflict_of_two_writers_shows_nothing_of_the_database():
    answer = answer_to(IntegrityError('duplicate key value violates "user_email_once"'))

    assert (answer.status_code, answer.data["code"]) == (409, "conflict")
    assert "duplicate" not in answer.data["detail"]


def test_stranger_is_told_how_to_log_in():
    error = exceptions.NotAuthenticated()
    error.auth_header = "Token"

    answer = answer_to(error)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"


def test_error_of_several_codes_is_a_plain_problem():
    error = exceptions.APIException({"a": "one", "b": "two"})

    assert answer_to(error).data["code"] == "error"


@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_address_that_is_none_is_a_problem_like_others(officer, method):
    request = getattr(APIRequestFactory(), method)("/api/v1/nowhere/")
    stranger = NothingHere.as_view()(request)
    force_authenticate(request, officer)
    insider = NothingHere.as_view()(request)

    assert (stranger.status_code, stranger.data["code"]) == (401, "not_authenticated")
    assert (insider.status_code, insider.data["code"]) == (404, "not_found")


# Schema -----------------------------------------------------------------------------------------


@pytest.fixture
def documented():
    reading = {"description": "Units that\nthe person sees.\n\nMore of it.", "responses": {}}
    change = {"summary": "Rename", "responses": {"409": {"description": "own"}}}
    result = {
        "paths": {
            "/units/": {"get": reading, "post": {"responses": {}}},
            "/units/{id}/": {"patch": change, "parameters": []},
        }
    }
    schema.add_problems(result, None, None, True)
    return result


def test_every_operation_tells_its_problems(documented):
    listing, creation = documented["paths"]["/units/"].values()
    told = documented["components"]["responses"]

    assert set(listing["responses"]) == {"400", "401", "403", "404", "406"}
    assert set(creation["responses"]) == {"409", "412", "415", "422", "428"} | set(
        listing["responses"]
    )
    for code, answer in creation["responses"].items():
        assert answer == {"$ref": f"#/components/responses/Problem{code}"}
        content = told[f"Problem{code}"]["content"]["application/problem+json"]
        assert content == {"schema": {"$ref": "#/components/schemas/Problem"}}


def test_problem_of_the_schema_is_the_problem_of_the_doors(documented):
    shape = documented["components"]["schemas"]["Problem"]
    error = Refused("x", "Not today.", field="on", missing=["consent"])

    data = answer_to(error).data

    assert set(data) == set(shape["properties"])
    assert set(shape["required"]) <= set(answer_to(exceptions.NotFound()).data)


def test_what_an_operation_says_itself_stays(documented):
    change = documented["paths"]["/units/{id}/"]["patch"]

    assert change["responses"]["409"] == {"description": "own"}
    assert change["summary"] == "Rename"


def test_first_paragraph_is_the_summary(documented):
    assert documented["paths"]["/units/"]["get"]["summary"] == "Units that the person sees."


def test_headers_stand_where_they_mean_something(documented):
    reading, creation = documented["paths"]["/units/"].values()
    change = documented["paths"]["/units/{id}/"]["patch"]
    headers = [
        [parameter["name"] for parameter in operation.get("parameters", [])]
        for operation in (reading, creation, change)
    ]

    assert headers == [[], ["Idempotency-Key"], ["If-Match"]]
