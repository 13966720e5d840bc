"""Bases of API views: scoped lists and details, acts through services, ETag and Idempotency-Key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import mixins, status
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from common.api.problems import PreconditionFailed, PreconditionRequired, UnprocessableKey
from common.files import digest_of
from common.models import IdempotencyKey
from common.web.trace import note_reading

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class HouseViewSet(GenericViewSet[Any]):
    """Every API view: the scope of a token holds, and a POST may be sent twice without harm.

    ``model`` is read only through ``visible_to``; ``select`` may narrow or join. ``acted_on`` is the
    object that a refusal on record names; an answer that holds a secret is not ``is_replayable``.
    """

    model: type[Model]
    acted_on: Model | None = None
    is_replayable = True
    lookup_value_regex = "[0-9a-f-]{36}"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_scope(request)
        key = request.headers.get("Idempotency-Key", "")
        handler: Callable[..., Response] | None = getattr(self, "post", None)
        if request.method == "POST" and handler and key and self.is_replayable:
            self.post = partial(self._once, key, handler)

    def _once(
        self,
        key: str,
        handler: Callable[..., Response],
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> Response:
        """Do the request and keep its answer in one transaction; a repetition gets the same answer."""
        if len(key) > 200 or not key.isprintable():
            raise ValidationError({"Idempotency-Key": _("At most 200 printable characters.")})
        fingerprint = _fingerprint(request)
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(
                    user=_person(request), key=key, fingerprint=fingerprint
                )
                response = handler(request, *args, **kwargs)
                row.status, row.body = response.status_code, _as_json(response.data)
                row.save(update_fields=["status", "body"])
                return response
        except IntegrityError:
            kept = IdempotencyKey.objects.filter(user=_person(request), key=key).first()
            if kept is None:
                raise
        if kept.fingerprint != fingerprint:
            raise UnprocessableKey(_("This Idempotency-Key was used for another request."))
        return Response(
            json.loads(kept.body), status=kept.status, headers={"Idempotent-Replayed": "true"}
        )

    def get_queryset(self) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        if getattr(self, "swagger_fake_view", False):
            rows: QuerySet[Any] = manager.none()
        else:
            rows = self.select(manager.visible_to(self.request.user))
        return rows

    def select(self, rows: Any) -> Any:
        """Narrow or join the visible rows."""
        return rows

    def check_version(self, obj: Any, *, is_needed: bool) -> int | None:
        """Return the version named by If-Match after comparing it with the object's.

        Raises:
            PreconditionRequired: the header is needed and missing.
            PreconditionFailed: the object has changed since.
        """
        header = self.request.headers.get("If-Match", "").strip()
        if not header:
            if is_needed:
                raise PreconditionRequired(
                    _("Send If-Match with the ETag of the state you have read.")
                )
            return None
        if header not in ("*", etag_of(obj)):
            raise PreconditionFailed(_("The object has changed since you read it. Read it again."))
        return None if header == "*" else int(obj.version)

    def perform_act(
        self,
        serializer_class: type[Any],
        act: Callable[..., Any],
        *,
        shown: Callable[[Any], Response],
        obj: Any = None,
        partial_input: bool = False,
        is_version_needed: bool = False,
        **fixed: Any,
    ) -> Response:
        """Parse the input, call one service, show its result.

        Args:
            serializer_class: shape of the input.
            act: the service; gets ``actor``, the validated data and `fixed` as keywords.
            shown: makes the answer from what the service returned.
            obj: the object acted on, whose version If-Match names.
        """
        self.acted_on = obj
        if obj is not None and hasattr(obj, "version"):
            version = self.check_version(obj, is_needed=is_version_needed)
            if is_version_needed:
                fixed["version"] = version
        serializer = serializer_class(
            data=self.request.data, partial=partial_input, context=self.get_serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return shown(act(actor=self.request.user, **serializer.validated_data, **fixed))


class ReadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, HouseViewSet):
    """List and detail of what the person sees; the detail is a reading and carries an ETag."""

    is_reading = True

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        obj = self.get_object()
        return self.shown(obj)

    def shown(self, obj: Any, http_status: int = status.HTTP_200_OK) -> Response:
        """Return the detail of an object with its ETag, and note the reading."""
        if self.is_reading:
            note_reading(self.request, obj)
        data = self.get_serializer(obj).data
        headers = {"ETag": etag_of(obj)} if hasattr(obj, "version") else {}
        return Response(data, status=http_status, headers=headers)

    def created(self, obj: Any) -> Response:
        """Return a new object, read again through the person's own eyes."""
        return self.shown(self.get_queryset().get(pk=obj.pk), status.HTTP_201_CREATED)

    def changed(self, obj: Any) -> Response:
        """Return a changed object, read again."""
        return self.shown(self.get_queryset().get(pk=obj.pk))


def _person(request: Request) -> Any:
    """Return who sends the request; authentication has made sure that it is somebody."""
    return request.user


class NothingHere(APIView):
    """Answers for addresses that are none, in the shape of every other problem."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask who it is, then say that nothing is here.

        Raises:
            NotFound: always.
        """
        super().initial(request, *args, **kwargs)
        raise NotFound


def require_scope(request: Request) -> None:
    """Refuse a change by a token that may only read.

    Raises:
        PermissionDenied: the token's scope does not cover the method.
    """
    scope = getattr(request.auth, "scope", None)
    if scope == "read" and request.method not in SAFE:
        raise PermissionDenied(_("This token may read only."))


def etag_of(obj: Any) -> str:
    """Return the ETag of a versioned object."""
    return f'"{obj.version}"'


def _fingerprint(request: Request) -> str:
    """Return what tells one request from another: address, fields, and the content of its files."""
    digest = hashlib.sha256(f"{request.get_full_path()}\n{request.data!r}".encode())
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            digest.update(f"\n{name} {digest_of(upload)}".encode())
    return digest.hexdigest()


def _as_json(data: Any) -> str:
    """Return data as JSON in the order in which they were sent, for the same bytes come back."""
    return json.dumps(data, cls=JSONEncoder)
