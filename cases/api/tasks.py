"""Tasks in the API, and handing over what somebody holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from cases.api.base import CaseViewSet, act
from cases.api.serializers import tasks as shapes
from cases.filters import TaskFilter
from cases.models import Task
from cases.selectors.handover import Held
from cases.services import tasks
from cases.services.handover import Portion, hand_over
from common.api.views import HouseViewSet
from common.policy import require


class TaskViewSet(CaseViewSet):
    """Tasks that the person sees: whoever owes, asked for or oversees them."""

    model = Task
    keyword = "task"
    queryset = Task.objects.none()
    serializer_class = shapes.TaskSerializer
    joined = ("owner", "created_by", "dispute", "unit")
    inward_filters = TaskFilter
    outward_filters = TaskFilter

    def sees_inside(self, obj: Any) -> bool:
        """Tell that whoever sees a task sees the whole of it."""
        return True

    @extend_schema(request=shapes.TaskInput, responses={201: shapes.TaskSerializer})
    def create(self, request: Request) -> Response:
        """Add a task, beside a file or apart."""
        return self.add(tasks.add_task, shapes.TaskInput, on=timezone.localdate())

    @extend_schema(request=shapes.ChangeTaskInput, responses=shapes.TaskSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a task, or give it to another; needs If-Match."""
        return self.do(
            tasks.change_task,
            shapes.ChangeTaskInput,
            partial_input=True,
            is_version_needed=True,
            on=timezone.localdate(),
        )

    @extend_schema(request=shapes.HoldInput, responses=shapes.TaskSerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        """Put a task on hold until a day, on which it returns by itself."""
        return self.do(tasks.hold_task, shapes.HoldInput, on=timezone.localdate())

    resume = act("resume", tasks.resume_task, shapes.NothingInput, shapes.TaskSerializer)
    complete = act("complete", tasks.complete_task, shapes.NothingInput, shapes.TaskSerializer)
    cancel = act("cancel", tasks.cancel_task, shapes.TaskReasonInput, shapes.TaskSerializer)
    reopen = act("reopen", tasks.reopen_task, shapes.NothingInput, shapes.TaskSerializer)

    @extend_schema(request=shapes.GiveTasksInput, responses=shapes.TaskSerializer(many=True))
    @action(detail=False, methods=["post"], url_path="hand-over", pagination_class=None)
    def hand_over(self, request: Request) -> Response:
        """Give several tasks to another person, all or none."""
        return self.perform_act(
            shapes.GiveTasksInput,
            tasks.hand_over_tasks,
            on=timezone.localdate(),
            shown=lambda given: Response(self.get_serializer(given, many=True).data),
        )


class HandOverViewSet(HouseViewSet):
    """What a person holds and must pass to others: files, review steps, tasks, places in teams."""

    model = User
    queryset = User.objects.none()
    serializer_class = shapes.HeldSerializer

    @extend_schema(responses=shapes.HeldSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Tell what the person holds."""
        return Response(self.get_serializer(self._held_by(self._person())).data)

    @extend_schema(request=shapes.HandOverInput, responses=shapes.HeldSerializer)
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Give what was chosen to one or several others, and tell what is left."""
        person = self._person()

        def give(*, actor: User, portions: Sequence[dict[str, Any]]) -> int:
            return hand_over(
                actor=actor,
                person=person,
                portions=[Portion(**portion) for portion in portions],
                on=timezone.localdate(),
            )

        return self.perform_act(
            shapes.HandOverInput,
            give,
            shown=lambda _count: Response(self.get_serializer(self._held_by(person)).data),
        )

    def _person(self) -> User:
        person: User = self.get_object()
        require(self.request.user, "cases.hand_over", person)
        return person

    def _held_by(self, person: User) -> Held:
        return Held(self.request.user, person, timezone.localdate())
