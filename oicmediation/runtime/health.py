"""Three answers for whoever watches the program: it lives, it can do its work, it is in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.models import SweepRun
from common.watch import standings
from oicmediation.schedule import HEARTBEAT

BEAT_IS_LATE_AFTER = timedelta(minutes=5)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that this process serves requests; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, else 503; names the parts and nothing more."""
    parts = {name: _holds(check) for name, check in CHECKS.items()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@never_cache
@require_safe
def in_time(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything that runs by the clock has committed lately, else 503; names no thing."""
    try:
        names = {standing.entry.name: not standing.is_late for standing in standings()}
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse(names, status=200 if all(names.values()) else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache_keeps() -> bool:
    mark = get_random_string(12)
    cache.set("readyz", mark, timeout=10)
    return cache.get("readyz") is not None


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _beat_is_heard() -> bool:
    """Whether a beat woke a worker lately: only a committed row says so, not a live process."""
    since = timezone.now() - BEAT_IS_LATE_AFTER
    return SweepRun.objects.filter(name=HEARTBEAT, last_committed_at__gte=since).exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "cache": _cache_keeps,
    "beat": _beat_is_heard,
}
