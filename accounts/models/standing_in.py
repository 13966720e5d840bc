"""For whom a person stands in today, in SQL: rights are lent and end on the database's clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func


class StandsInFor(Func):
    """Those for whom a person stands in today, as JSON: with them, those they stand in for.

    Whoever stands in for somebody who stands in follows the chain to its end; ``UNION`` visits
    nobody twice, so two people who name each other turn no circle. It rides on the query that
    reads the person, so that asking for rights costs no query of its own.
    """

    template = """COALESCE((
        WITH RECURSIVE today AS (SELECT (now() AT TIME ZONE '%(zone)s')::date AS day),
        away AS (
            SELECT user_id FROM accounts_absence, today
            WHERE stand_in_id = %(expressions)s
            AND cancelled_at IS NULL AND day BETWEEN first_day AND last_day
            UNION
            SELECT further.user_id FROM accounts_absence further, today, away
            WHERE further.stand_in_id = away.user_id
            AND further.cancelled_at IS NULL AND day BETWEEN further.first_day AND further.last_day
        )
        SELECT jsonb_agg(jsonb_build_object(
            'id', person.id, 'role', person.role, 'clearance', person.clearance,
            'full_name', person.full_name, 'full_name_ar', person.full_name_ar
        ) ORDER BY person.full_name, person.id)
        FROM accounts_user person JOIN away ON away.user_id = person.id
        WHERE person.is_active AND person.id <> %(expressions)s
    ), '[]')"""
    output_field = models.JSONField()

    def as_sql(self, *args: Any, **extra: Any) -> Any:
        return super().as_sql(*args, zone=settings.TIME_ZONE, **extra)
