"""The shape of every act page of a file: the person's right first, then the form, then one service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.models import Dispute
from cases.views.frame import act_context
from common.errors import Text
from common.policy import require
from common.web.acts import act_page

View = Callable[..., HttpResponse]


def act_view(view: View) -> View:
    """Open a page with one act to people who are logged in."""
    return login_required(require_http_methods(["GET", "POST"])(view))


def guarded_act(
    request: HttpRequest,
    *,
    dispute: Dispute,
    action: str,
    subject: Model | None,
    form: BaseForm,
    act: Callable[..., Any],
    heading: Text,
    submit: Text,
    said: Text,
    done: str | Callable[[Any], str] = "",
    template: str = "act.html",
    **context: Any,
) -> HttpResponse:
    """Show and do one act on a file; whoever may not do it reads why instead of the form.

    Args:
        act: the service without its actor, taking the form's cleaned data as keywords.
        action: the policy that is asked before the form is shown.
        subject: what the policy is asked about, and what a refusal is recorded on.
        done: where to go after; the file when empty. Also where "go back" leads when it is a URL.
        context: ``lead``, ``consequences``, ``is_final`` and what else the template takes.

    Raises:
        NotPermitted: the person lacks the right.
        Refused: a rule of the matter stands in the way.
    """
    require(request.user, action, subject)
    url = (
        done
        if isinstance(done, str) and done
        else reverse("cases:dispute_detail", args=[dispute.pk])
    )
    return act_page(
        request,
        form=form,
        act=partial(act, actor=request.user),
        done=done or url,
        said=said,
        template=template,
        context=act_context(dispute, heading, submit, **{"cancel_url": url, **context}),
        subject=subject,
    )
