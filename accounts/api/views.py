"""Accounts in the API; every act calls the service that the page calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import notices
from accounts.api import serializers as shapes
from accounts.filters import UserFilter
from accounts.models import ApiToken, Delegation, RoleChange, Unit, User
from accounts.services import delegations, people, roles, tokens, units
from common.api.views import HouseViewSet, ReadViewSet, etag_of


class UserViewSet(ReadViewSet):
    """Accounts that the person may open; administrators invite, change and close them."""

    model = User
    queryset = User.objects.none()
    serializer_class = shapes.UserSerializer
    filterset_class = UserFilter
    is_reading = False

    @extend_schema(request=shapes.InviteInput, responses={201: shapes.UserSerializer})
    def create(self, request: Request) -> Response:
        """Invite a person; the link is mailed to the address."""
        return self.perform_act(shapes.InviteInput, people.invite_user, shown=self._invited)

    @extend_schema(request=shapes.ChangeUserInput, responses=shapes.UserSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change name, function, unit, State or powers of the State; needs If-Match."""
        return self._act(
            shapes.ChangeUserInput, people.change_user, partial_input=True, is_version_needed=True
        )

    @extend_schema(request=shapes.ClearanceInput, responses=shapes.UserSerializer)
    @action(detail=True, methods=["post"])
    def clearance(self, request: Request, pk: str) -> Response:
        """Give another clearance."""
        return self._act(shapes.ClearanceInput, people.change_clearance)

    @extend_schema(request=shapes.ReasonInput, responses=shapes.UserSerializer)
    @action(detail=True, methods=["post"])
    def deactivate(self, request: Request, pk: str) -> Response:
        """Close the account; sessions and tokens end at once."""
        return self._act(shapes.ReasonInput, people.deactivate_user)

    @extend_schema(request=shapes.ReasonInput, responses=shapes.UserSerializer)
    @action(detail=True, methods=["post"])
    def reactivate(self, request: Request, pk: str) -> Response:
        """Open a closed account again."""
        return self._act(shapes.ReasonInput, people.reactivate_user)

    @extend_schema(request=shapes.NothingInput, responses=shapes.UserSerializer)
    @action(detail=True, methods=["post"], url_path="end-access")
    def end_access(self, request: Request, pk: str) -> Response:
        """End every session and token of the account."""
        return self._act(shapes.NothingInput, people.end_access)

    @extend_schema(request=shapes.NothingInput, responses={201: shapes.UserSerializer})
    @action(detail=True, methods=["post"], url_path="invite-again")
    def invite_again(self, request: Request, pk: str) -> Response:
        """Mail a fresh invitation; the older link stops working."""
        return self.perform_act(
            shapes.NothingInput,
            people.renew_invitation,
            obj=(user := self.get_object()),
            user=user,
            shown=self._invited,
        )

    @extend_schema(request=shapes.RoleInput, responses={201: shapes.RoleChangeSerializer})
    @action(detail=True, methods=["post"], url_path="propose-role")
    def propose_role(self, request: Request, pk: str) -> Response:
        """Propose another role; a second person decides."""
        return self.perform_act(
            shapes.RoleInput,
            roles.propose_role,
            obj=(user := self.get_object()),
            user=user,
            shown=_made(shapes.RoleChangeSerializer),
        )

    def _act(self, shape: type[Any], act: Callable[..., User], **options: Any) -> Response:
        user = self.get_object()
        return self.perform_act(shape, act, obj=user, user=user, shown=self.changed, **options)

    def _invited(self, invited: people.Invited) -> Response:
        url = self.request.build_absolute_uri(reverse("accounts:invitation", args=[invited.key]))
        notices.send_invitation(invitation=invited.invitation, url=url)
        return self.created(invited.user)


class MeViewSet(HouseViewSet):
    """One's own account."""

    model = User
    queryset = User.objects.none()
    serializer_class = shapes.MeSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses=shapes.MeSerializer)
    def retrieve(self, request: Request) -> Response:
        """Show one's own account with the powers of its role."""
        return self._shown(request.user)

    @extend_schema(request=shapes.LanguageInput, responses=shapes.MeSerializer)
    def partial_update(self, request: Request) -> Response:
        """Keep the language in which one reads."""
        return self.perform_act(shapes.LanguageInput, people.choose_language, shown=self._shown)

    def _shown(self, user: Any) -> Response:
        return Response(self.get_serializer(user).data, headers={"ETag": etag_of(user)})


class RoleChangeViewSet(ReadViewSet):
    """Changes of role: proposed by one person, decided by another."""

    model = RoleChange
    queryset = RoleChange.objects.none()
    serializer_class = shapes.RoleChangeSerializer
    is_reading = False

    @extend_schema(request=shapes.NothingInput, responses=shapes.RoleChangeSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve as the second person."""
        return self._decide(roles.approve_role)

    @extend_schema(request=shapes.NothingInput, responses=shapes.RoleChangeSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Decline as the second person."""
        return self._decide(roles.decline_role)

    def _decide(self, act: Callable[..., RoleChange]) -> Response:
        change = self.get_object()
        return self.perform_act(
            shapes.NothingInput, act, obj=change, change=change, shown=self.changed
        )


class TokenViewSet(mixins.ListModelMixin, HouseViewSet):
    """API tokens of one's own; for a State's administrator those of the State's systems too."""

    model = ApiToken
    queryset = ApiToken.objects.none()
    serializer_class = shapes.TokenSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "pk"
    is_replayable = False

    @extend_schema(request=shapes.TokenInput, responses={201: shapes.NewTokenSerializer})
    def create(self, request: Request) -> Response:
        """Make a token; its text is in this answer and nowhere else."""
        return self.perform_act(
            shapes.TokenInput,
            partial(tokens.create_token, used=_token_of(request)),
            shown=self._created,
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Revoke a token."""
        actor: Any = request.user
        tokens.revoke_token(actor=actor, token=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _created(self, made: tokens.NewToken) -> Response:
        shown = shapes.TokenSerializer(made.token).data
        return Response({**shown, "text": made.text}, status=status.HTTP_201_CREATED)


class UnitViewSet(ReadViewSet):
    """Units of the General Secretariat."""

    model = Unit
    queryset = Unit.objects.none()
    serializer_class = shapes.UnitSerializer
    is_reading = False

    @extend_schema(request=shapes.UnitInput, responses={201: shapes.UnitSerializer})
    def create(self, request: Request) -> Response:
        """Add a unit."""
        return self.perform_act(shapes.UnitInput, units.add_unit, shown=self.created)

    @extend_schema(request=shapes.UnitInput, responses=shapes.UnitSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a unit; needs If-Match."""
        unit = self.get_object()
        return self.perform_act(
            shapes.UnitInput,
            units.change_unit,
            obj=unit,
            unit=unit,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )


class DelegationViewSet(ReadViewSet):
    """Delegations of Member States (Rules A1 and A2)."""

    model = Delegation
    queryset = Delegation.objects.none()
    serializer_class = shapes.DelegationSerializer
    is_reading = False

    def select(self, rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
        """Order for pages that do not shift."""
        return rows.order_by("created_at", "pk")

    @extend_schema(request=shapes.AccreditationInput, responses={201: shapes.DelegationSerializer})
    def create(self, request: Request) -> Response:
        """Record a note of accreditation."""
        return self.perform_act(
            shapes.AccreditationInput, delegations.record_accreditation, shown=self.created
        )

    @extend_schema(request=shapes.NothingInput, responses=shapes.DelegationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Accept the accreditation."""
        act = partial(delegations.accept_accreditation, on=timezone.localdate())
        return self._act(shapes.NothingInput, act)

    @extend_schema(request=shapes.ReasonInput, responses=shapes.DelegationSerializer)
    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, pk: str) -> Response:
        """Freeze the delegation; its sessions and tokens end at once."""
        return self._act(shapes.ReasonInput, delegations.freeze_delegation)

    @extend_schema(request=shapes.ReasonInput, responses=shapes.DelegationSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Lift the freeze."""
        return self._act(shapes.ReasonInput, delegations.release_delegation)

    def _act(self, shape: type[Any], act: Callable[..., Delegation]) -> Response:
        delegation = self.get_object()
        return self.perform_act(
            shape, act, obj=delegation, delegation=delegation, shown=self.changed
        )


def _token_of(request: Request) -> ApiToken | None:
    """Return the token with which the request came; None in a session."""
    return request.auth if isinstance(request.auth, ApiToken) else None


def _made(serializer_class: type[Any]) -> Callable[[Any], Response]:
    def shown(made: Any) -> Response:
        return Response(serializer_class(made).data, status=status.HTTP_201_CREATED)

    return shown
