"""Routes of notices, under /notices/, and of the outbox, under /system/mail/."""

from __future__ import annotations

from django.urls import path

from notifications.views import notices, outbox, preferences

app_name = "notifications"
urlpatterns = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read-all/", notices.read_all, name="read_all"),
    path("notices/preferences/", preferences.preferences, name="preferences"),
    path("notices/<uuid:pk>/", notices.notice, name="notice"),
    path("notices/<uuid:pk>/open/", notices.open_subject, name="open"),
    path("notices/<uuid:pk>/read/", notices.read, name="read"),
    path("system/mail/", outbox.outbox, name="outbox"),
    path("system/mail/replay/", outbox.replay_everything, name="replay_all"),
    path("system/mail/<uuid:pk>/replay/", outbox.replay, name="replay"),
]
