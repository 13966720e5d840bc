"""What views know of a request once the door has let somebody in."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    """A request behind ``login_required``: its user is a person of the house, for the type checker."""

    user: User
