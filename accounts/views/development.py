"""The mail that development settings write to files, on one page."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.mail import is_shown_here, sent_to_files


@require_GET
def sent_mail(request: HttpRequest) -> HttpResponse:
    """Show what was sent, newest first; open to anybody, because nobody's mail is real here."""
    if not is_shown_here():
        raise Http404
    context = {
        "title": _("Mail sent here"),
        "messages_sent": sent_to_files(Path(settings.EMAIL_FILE_PATH)),
    }
    return render(request, "accounts/sent_mail.html", context)
