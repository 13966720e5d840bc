"""Routes of what is due: one's own files, mandates by session, the calendar and its feeds."""

from __future__ import annotations

from django.urls import path

from cases.views import by_session, calendar, disputes

urlpatterns = [
    path("files/mine/", disputes.my_files, name="my_files"),
    path("mandates/by-session/", by_session.mandates_by_session, name="mandates_by_session"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/feeds/", calendar.feed_list, name="feed_list"),
    path("calendar/feeds/new/", calendar.feed_create, name="feed_create"),
    path("calendar/feeds/<uuid:pk>/revoke/", calendar.feed_revoke, name="feed_revoke"),
    path("calendar/feed/<str:key>.ics", calendar.calendar_feed, name="calendar_feed"),
]
