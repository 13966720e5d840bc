"""Bases of the API of case work: two sides of a thing, acts by their services, parts of a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from inspect import getdoc, signature
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.selectors.sides import Sight
from common.api.views import ReadViewSet
from common.web.acts import get_visible
from common.web.trace import note_readings

Service = Callable[..., Any]
_GONE = OpenApiResponse(description="Done; the object has left your sight.")


class CaseViewSet(ReadViewSet):
    """A kind of thing of dispute files: seen by its scope, changed by services only.

    ``keyword`` is the name by which services take the object; ``joined`` the lookups that an answer
    needs; ``outward_filters`` narrow the list for those who see files from outside, where a filter
    on a hidden field would tell what it holds.
    """

    keyword: ClassVar[str]
    joined: ClassVar[tuple[str, ...]] = ()
    fetched: ClassVar[tuple[str, ...]] = ()
    inward_filters: ClassVar[type[Any] | None] = None
    outward_filters: ClassVar[type[Any] | None] = None
    is_list_reading = True

    @cached_property
    def sight(self) -> Sight:
        """How the person of this request sees files."""
        return Sight(self.request.user)

    def sees_inside(self, obj: Any) -> bool:
        """Tell whether the person sees the object from inside."""
        return self.sight.is_inside(obj.file.pk)

    @property
    def filterset_class(self) -> type[Any] | None:
        """The filters of the person's side."""
        if getattr(self, "swagger_fake_view", False) or self.sight.is_secretariat:
            return self.inward_filters
        return self.outward_filters

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a list that is asked to be narrowed; one object is found by its key alone."""
        is_asked = not self.detail and self.request.query_params
        return super().filter_queryset(queryset) if is_asked else queryset

    def select(self, rows: Any) -> Any:
        """Join what the answers show."""
        return rows.select_related(*self.joined).prefetch_related(*self.fetched)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page and note that its rows were read."""
        page = super().paginate_queryset(queryset)
        if self.is_list_reading and page:
            note_readings(self.request, page)
        return page

    def shown(self, obj: Any, http_status: int = status.HTTP_200_OK) -> Response:
        """Return the detail; its version counts hidden changes and is kept from those outside."""
        response = super().shown(obj, http_status)
        if not self.sees_inside(obj):
            del response["ETag"]
        return response

    def created(self, obj: Any) -> Response:
        """Return a new object as the person sees it."""
        return self._read_again(obj, status.HTTP_201_CREATED)

    def changed(self, obj: Any) -> Response:
        """Return a changed object as the person sees it now."""
        return self._read_again(obj, status.HTTP_200_OK)

    def _read_again(self, obj: Any, http_status: int) -> Response:
        seen = self.get_queryset().filter(pk=obj.pk).first()
        if seen is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self.shown(seen, http_status)

    def do(self, service: Service, shape: type[Any], **options: Any) -> Response:
        """Do one act on the object named in the address and show what has become of it."""
        obj = self.get_object()
        if "version" in signature(service).parameters and not options.get("is_version_needed"):
            options["version"] = self.check_version(obj, is_needed=False)
        return self.perform_act(
            shape,
            service,
            obj=obj,
            shown=lambda _done: self.changed(obj),
            **{self.keyword: obj},
            **options,
        )

    def add(self, service: Service, shape: type[Any], **fixed: Any) -> Response:
        """Make a new object and show it."""
        return self.perform_act(shape, service, shown=self.created, **fixed)

    def change(self, service: Service, shape: type[Any]) -> Response:
        """Change the object named in the address; If-Match names the state that was read."""
        return self.do(service, shape, partial_input=True, is_version_needed=True)


class PartViewSet(CaseViewSet):
    """Parts of a whole, at ``whole/{key}/parts/``: a hidden whole has none and is absent.

    ``whole`` is the model of the whole, ``whole_keyword`` the name by which services and the parts
    themselves call it.
    """

    whole: ClassVar[type[Model]]
    whole_keyword: ClassVar[str]

    @cached_property
    def whole_seen(self) -> Any:
        """The whole, as far as the person sees it.

        Raises:
            Http404: it is hidden or absent.
        """
        return get_visible(
            self.whole, self.request.user, pk=self.kwargs[f"{self.whole_keyword}_pk"]
        )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer nothing under a whole that the person does not see."""
        super().initial(request, *args, **kwargs)
        self.acted_on = self.whole_seen

    def select(self, rows: Any) -> Any:
        """Return the parts of this whole alone."""
        return super().select(rows).filter(**{self.whole_keyword: self.whole_seen})

    def add(self, service: Service, shape: type[Any], **fixed: Any) -> Response:
        """Add a part to the whole."""
        fixed[self.whole_keyword] = self.whole_seen
        return super().add(service, shape, obj=self.whole_seen, **fixed)


def sentence_of(service: Service) -> str:
    """Return the first sentence of a service's docstring: what the act does, and by which rule."""
    return (getdoc(service) or "").split("\n\n")[0].replace("\n", " ")


def act(path: str, service: Service, shape: type[Any], answer: type[Any]) -> Any:
    """Return the view of one act on an object: ``POST {key}/path/`` through the service.

    Args:
        path: last part of the address; the name of the attribute, with hyphens.
        service: does the act; its first sentence describes the operation.
        shape: shape of the input.
        answer: shape of the object afterwards.
    """

    def post(self: CaseViewSet, request: Request, **_key: Any) -> Response:
        return self.do(service, shape)

    return _documented(post, path, service, shape, {200: answer, 204: _GONE}, is_detail=True)


def add_part(path: str, service: Service, shape: type[Any], answer: type[Any]) -> Any:
    """Return the view of one way to add a part: ``POST path/`` below the parts of a whole."""

    def post(self: PartViewSet, request: Request, **_keys: Any) -> Response:
        return self.add(service, shape)

    return _documented(post, path, service, shape, {201: answer, 204: _GONE}, is_detail=False)


def _documented(
    post: Any, path: str, service: Service, shape: type[Any], answers: Any, *, is_detail: bool
) -> Any:
    post.__name__ = path.replace("-", "_")
    post.__doc__ = sentence_of(service)
    routed = action(detail=is_detail, methods=["post"], url_path=path)(post)
    return extend_schema(request=shape, responses=answers)(routed)
