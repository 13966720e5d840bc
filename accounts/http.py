"""A request behind the door."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    """What a view under ``login_required`` is given: its user is a person."""

    user: User
