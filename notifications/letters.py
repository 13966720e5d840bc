"""The words of a mail: that something waits, its reference and a link, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common.mail import Letter
from common.text import isolated
from notifications.choices import MailKind
from notifications.models import Mail
from notifications.selectors import digest_of


def compose(mail: Mail) -> Letter | None:
    """Return the letter of an outbox row; None when a digest has nothing left to tell."""
    language = (mail.user.language if mail.user else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        words = _words(mail)
        if words is None:
            return None
        subject, text = words
    return Letter(
        to=mail.user.email if mail.user else mail.to,
        subject=subject,
        text=text,
        message_id=mail.message_id,
        # An account's mail was put into words when it was queued.
        language="" if mail.kind == MailKind.ACCOUNT else language,
    )


def _words(mail: Mail) -> tuple[str, str] | None:
    if mail.kind == MailKind.ACCOUNT:
        return mail.subject, mail.text
    if mail.kind == MailKind.DIGEST:
        return _digest(mail)
    return _notice(mail)


def _notice(mail: Mail) -> tuple[str, str]:
    notice: Any = mail.notice
    reference = isolated(notice.reference) if notice.reference else ""
    subject = (
        _("Something waits for you at OIC Mediation: %(reference)s") % {"reference": reference}
        if reference
        else _("Something waits for you at OIC Mediation")
    )
    url = _absolute(reverse("notifications:notice", args=[notice.pk]))
    return subject, _text("notice", mail, reference=reference, url=url)


def _digest(mail: Mail) -> tuple[str, str] | None:
    digest = digest_of(mail.user, mail.digest_on)  # type: ignore[arg-type] # a digest has its day
    if not digest.total:
        return None
    context = {
        "digest": digest,
        "references": [isolated(reference) for reference in digest.references],
        "url": _absolute(reverse("notifications:notices")),
    }
    return _("What waits for you at OIC Mediation"), _text("digest", mail, **context)


def _text(name: str, mail: Mail, **context: Any) -> str:
    context |= {
        "name": mail.user.display_name if mail.user else "",
        "preferences_url": _absolute(reverse("notifications:preferences")),
    }
    return render_to_string(f"notifications/mail/{name}.txt", context).strip() + "\n"


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
