"""Pages of tasks: one's own and the unit's, each done in one click that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.web import PersonRequest
from cases.choices import TaskState
from cases.filters import TaskListFilter
from cases.forms.base import ReasonForm
from cases.forms.tasks import ChangeTaskForm, HoldForm, TaskForm
from cases.models import Task
from cases.selectors.tasks import tasks_shown
from cases.services import tasks as services
from cases.views.acts import act_view
from cases.views.frame import act_context, open_file
from common.api.pagination import page_of
from common.policy import may, require
from common.web.acts import act_page, get_visible, posted
from common.web.trace import note_reading, note_readings

MINE, ALL = "mine", "all"


@login_required
@require_GET
def task_list(request: PersonRequest) -> HttpResponse:
    """List the tasks that the person owes, or all that they see: the unit's, for its head."""
    user = request.user
    _require_keeper(user)
    asked = request.GET.copy()
    asked.setdefault("whose", MINE)
    narrowed = TaskListFilter(asked, tasks_shown(user), request=request)
    page = page_of(narrowed.qs, request.GET.get("page"))
    note_readings(request, [task for task in page if task.dispute_id])
    context = {
        "title": _("Tasks"),
        "tabs": _tabs(is_all=asked["whose"] == ALL),
        "filter_form": narrowed.form,
        "page": page,
        "rows": [_row(user, task) for task in page],
        "add": may(user, "cases.add_task"),
        "just_done": _just_done(request),
    }
    return render(request, "cases/task_list.html", context)


def _tabs(*, is_all: bool) -> list[dict[str, Any]]:
    url = reverse("cases:task_list")
    return [
        {"label": _("Mine"), "url": url, "is_current": not is_all},
        {"label": _("All that I see"), "url": f"{url}?whose={ALL}", "is_current": is_all},
    ]


def _row(user: Any, task: Task) -> dict[str, Any]:
    today = timezone.localdate()
    is_past = task.is_waiting and task.due_on < today
    is_today = task.is_waiting and task.due_on == today
    return {
        "task": task,
        "tone": "red" if is_past else "amber" if is_today else "neutral",
        "may_be_done": task.is_waiting and bool(may(user, "cases.work_on_task", task)),
    }


def _just_done(request: PersonRequest) -> Task | None:
    """Return the task that was done a moment ago, so that one click takes it back."""
    try:
        key = UUID(request.GET.get("done", ""))
    except ValueError:
        return None
    return tasks_shown(request.user).filter(pk=key, state=TaskState.DONE).first()


@login_required
@require_GET
def task_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a task, and what may be done with it."""
    task = _visible(request, pk)
    note_reading(request, task)
    work = may(request.user, "cases.work_on_task", task)
    return render(
        request,
        "cases/task_detail.html",
        {
            "title": task.title,
            "task": task,
            "row": _row(request.user, task),
            "work": work,
            "acts": _acts(request.user, task, work),
            "own_url": reverse("cases:task_detail", args=[task.pk]),
            **_frame(task),
        },
    )


def _acts(user: Any, task: Task, work: Any) -> list[dict[str, Any]]:
    """Return the acts that open a page of their own; those of one click stand beside them."""
    if not task.is_waiting:
        return []
    change = may(user, "cases.change_task", task)
    acts = [(_("Change the task, or give it to another"), "cases:task_change", change)]
    if task.state == TaskState.OPEN:
        acts.append((_("Put it on hold"), "cases:task_hold", work))
    acts.append((_("Cancel the task"), "cases:task_cancel", may(user, "cases.cancel_task", task)))
    return [
        {"label": label, "url": reverse(name, args=[task.pk]), "verdict": verdict}
        for label, name, verdict in acts
    ]


# Acts with a page --------------------------------------------------------------------------------


@act_view
def task_add(request: HttpRequest) -> HttpResponse:
    """Add a task that stands beside no file."""
    user: Any = request.user
    _require_keeper(user)
    require(user, "cases.add_task")
    return act_page(
        request,
        form=TaskForm(posted(request), viewer=user, initial={"owner": user.pk}),
        act=partial(services.add_task, actor=user, on=timezone.localdate()),
        done=_url,
        said=_("The task is on the list of its owner."),
        context={
            "title": _("Add a task"),
            "submit_label": _("Add the task"),
            "cancel_url": reverse("cases:task_list"),
            "breadcrumbs": _trail(),
        },
    )


@act_view
def task_add_to_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a task beside a file; only who sees the file reads it."""
    user: Any = request.user
    dispute = open_file(request, pk)
    require(user, "cases.add_task", dispute)
    form = TaskForm(posted(request), viewer=user, dispute=dispute, initial={"owner": user.pk})
    return act_page(
        request,
        form=form,
        act=partial(services.add_task, actor=user, dispute=dispute, on=timezone.localdate()),
        done=reverse("cases:dispute_detail", args=[dispute.pk]),
        said=_("The task is on the list of its owner."),
        context=act_context(dispute, _("Add a task"), _("Add the task")),
        subject=dispute,
    )


@act_view
def task_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change what a task asks, by when and of whom."""
    task = _visible(request, pk)
    form = ChangeTaskForm(
        posted(request),
        instance=task,
        viewer=request.user,
        dispute=task.dispute,
        initial={"version": task.version},
    )
    return _act(
        request,
        task,
        "cases.change_task",
        form=form,
        act=partial(services.change_task, on=timezone.localdate()),
        title=_("Change the task"),
        submit=_("Save"),
        said=_("The task has been changed."),
    )


@act_view
def task_hold(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put a task on hold."""
    return _act(
        request,
        _visible(request, pk),
        "cases.work_on_task",
        form=HoldForm(posted(request)),
        act=partial(services.hold_task, on=timezone.localdate()),
        title=_("Put the task on hold"),
        submit=_("Put it on hold"),
        said=_("The task rests, and returns by itself."),
    )


@act_view
def task_cancel(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that a task need not be done."""
    return _act(
        request,
        _visible(request, pk),
        "cases.cancel_task",
        form=ReasonForm(posted(request)),
        act=services.cancel_task,
        title=_("Cancel the task"),
        submit=_("Cancel it"),
        said=_("The task is cancelled."),
    )


def _act(
    request: PersonRequest,
    task: Task,
    action: str,
    *,
    form: Any,
    act: Callable[..., Any],
    title: str,
    submit: str,
    said: str,
) -> HttpResponse:
    require(request.user, action, task)
    return act_page(
        request,
        form=form,
        act=partial(act, actor=request.user, task=task),
        done=_url(task),
        said=said,
        context={
            **_frame(task),
            "title": title,
            "lead": task.title,
            "submit_label": submit,
            "cancel_url": _url(task),
            "breadcrumbs": [*_trail(), (task.title, _url(task))],
        },
        subject=task,
    )


# Acts of one click -------------------------------------------------------------------------------


@login_required
@require_POST
def task_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that a task is done; the list offers to take it back."""
    task = services.complete_task(actor=request.user, task=_visible(request, pk))
    return redirect(f"{reverse('cases:task_list')}?done={task.pk}")


@login_required
@require_POST
def task_resume(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a task off hold."""
    return redirect(_url(services.resume_task(actor=request.user, task=_visible(request, pk))))


@login_required
@require_POST
def task_reopen(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Open a closed task again."""
    return redirect(_url(services.reopen_task(actor=request.user, task=_visible(request, pk))))


# What they share ---------------------------------------------------------------------------------


def _require_keeper(user: Any) -> None:
    """Answer 404 to whoever has no tasks: a State's users, and roles without files."""
    if not user.may_see_files or user.state_actor_id is not None:
        raise Http404


def _visible(request: PersonRequest, pk: UUID) -> Task:
    rows = Task.objects.select_related(  # unscoped: get_visible scopes it
        "owner", "unit", "dispute", "created_by", "closed_by"
    )
    task: Task = get_visible(rows, request.user, pk=pk)
    return task


def _frame(task: Task) -> dict[str, Any]:
    return {
        "page_classification": task.classification,
        "page_is_exercise": task.is_exercise,
        "breadcrumbs": _trail(),
    }


def _url(task: Task) -> str:
    return reverse("cases:task_detail", args=[task.pk])


def _trail() -> list[tuple[str, str]]:
    return [(_("Tasks"), reverse("cases:task_list"))]
