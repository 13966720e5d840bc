"""The floors that the house is held against: the same rows with as little as can be done.

* raw: one hand-written statement in a plain Django view, same middleware and authentication, JSON
  or a bare template. It fetches what the product's row shows (parties and stage by subquery) and
  knows the reader's groups by heart, so that PostgreSQL plans it as well as it can;
* fair: a Django REST framework list as its documentation shows it, with token, count and nested
  serializers, scoped by the same condition as the product.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from rest_framework import generics, serializers
from rest_framework.pagination import PageNumberPagination

from accounts.api.authentication import ApiTokenAuthentication
from accounts.models import User
from cases.models import Dispute, Party
from common.grants import granted_ids, learn_groups
from common.text import normalise

_SEEN = """
    d.is_exercise AND d.classification <= %(clearance)s AND d.id IN (
        SELECT g.content_object_id FROM cases_disputegroupgrant g
        WHERE g.group_id IN %(groups)s
        AND g.permission_id = (SELECT id FROM auth_permission WHERE codename = 'view_dispute')
        AND g.valid_from <= CURRENT_DATE AND (g.valid_to IS NULL OR g.valid_to >= CURRENT_DATE))
"""
_COLUMNS = """
    d.id::text, d.reference, d.title_en, d.classification, d.status, d.opened_on, u.full_name,
    (SELECT string_agg(a.name_en, ' – ') FROM cases_party p
     JOIN institutions_actor a ON a.id = p.actor_id WHERE p.dispute_id = d.id),
    (SELECT string_agg(s.stage, ', ') FROM cases_process s WHERE s.dispute_id = d.id)
    FROM cases_dispute d LEFT JOIN accounts_user u ON u.id = d.desk_officer_id
"""
_HIT = "d.id::text, d.reference, d.title_en, d.classification FROM cases_dispute d"
LIST = f"SELECT {_COLUMNS} WHERE {_SEEN} ORDER BY d.opened_on DESC, d.id DESC LIMIT 50"
SEARCH = f"SELECT {_HIT} WHERE {_SEEN} AND d.search_text LIKE %(like)s LIMIT 10"
DETAIL = f"SELECT {_COLUMNS} WHERE d.id = %(pk)s AND {_SEEN}"

_PAGE = engines["django"].from_string(
    "<!doctype html><title>Files</title><table>{% for row in rows %}<tr>{% for cell in row %}"
    "<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@cache
def _groups_of(user: Any) -> tuple[int, ...]:
    return tuple(Group.objects.filter(user=user).values_list("pk", flat=True))


def rows_of(statement: str, user: User, **values: Any) -> list[tuple[Any, ...]]:
    """Run one statement for one reader."""
    known = {"groups": _groups_of(user.pk), "clearance": user.clearance}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**known, **values})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _caller(request: HttpRequest) -> User:
    authenticated = ApiTokenAuthentication().authenticate(request)
    user: User = authenticated[0]
    return user


def list_json(request: HttpRequest) -> HttpResponse:
    """Fifty files as JSON."""
    return JsonResponse({"results": rows_of(LIST, _caller(request))})


def detail_json(request: HttpRequest, pk: str) -> HttpResponse:
    """One file as JSON."""
    return JsonResponse({"result": rows_of(DETAIL, _caller(request), pk=pk)})


@login_required
def list_html(request: HttpRequest) -> HttpResponse:
    """Fifty files in a bare table."""
    return HttpResponse(_PAGE.render({"rows": rows_of(LIST, request.user)}))  # type: ignore[arg-type]


@login_required
def search_html(request: HttpRequest) -> HttpResponse:
    """Ten hits in a bare table."""
    like = f"%{normalise(request.GET['q'])}%"
    return HttpResponse(_PAGE.render({"rows": rows_of(SEARCH, request.user, like=like)}))  # type: ignore[arg-type]


class _FairParty(serializers.ModelSerializer[Party]):
    class Meta:
        model = Party
        fields = ("id", "kind", "official_wording")


class _FairDispute(serializers.ModelSerializer[Dispute]):
    parties = _FairParty(many=True)
    desk_officer = serializers.StringRelatedField()

    class Meta:
        model = Dispute
        fields = (
            "id",
            "reference",
            "title_en",
            "title_fr",
            "title_ar",
            "classification",
            "status",
            "opened_on",
            "desk_officer",
            "parties",
        )


class _FairPages(PageNumberPagination):
    page_size = 50


class _FairView:
    serializer_class = _FairDispute
    pagination_class = _FairPages
    filter_backends = ()

    def get_queryset(self) -> Any:
        user = self.request.user  # type: ignore[attr-defined]
        if "pk" not in self.kwargs:  # type: ignore[attr-defined]
            learn_groups(user)
        return (
            Dispute.objects.filter(
                pk__in=granted_ids("cases.DisputeGroupGrant", "view_dispute", user),
                is_exercise=True,
                classification__lte=user.clearance,
            )
            .select_related("desk_officer")
            .prefetch_related("parties")
            .order_by("-opened_on", "-id")
        )


class FairList(_FairView, generics.ListAPIView[Dispute]):
    """A list as the documentation of the framework shows it."""


class FairDetail(_FairView, generics.RetrieveAPIView[Dispute]):
    """A detail as the documentation of the framework shows it."""


urlpatterns = [
    path("floor/api/files/", list_json),
    path("floor/api/files/<uuid:pk>/", detail_json),
    path("floor/files/", list_html),
    path("floor/search/", search_html),
    path("fair/files/", FairList.as_view()),
    path("fair/files/<uuid:pk>/", FairDetail.as_view()),
    path("", include("oicmediation.urls")),
]
