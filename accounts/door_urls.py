"""Routes of the door, without a namespace: those of allauth that the house opens, and no others.

Sign-up, other addresses and log-in by code stay shut; second factors will be added here.
"""

from __future__ import annotations

from allauth.account import views
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path

from accounts.views.development import sent_mail
from accounts.views.log_in import password_reset, set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("development/mail/", sent_mail, name="sent_mail"),
    path("accounts/login/", views.login, name="account_login"),
    path("accounts/logout/", views.logout, name="account_logout"),
    path("accounts/inactive/", views.account_inactive, name="account_inactive"),
    path(
        "accounts/password/change/",
        login_required(views.password_change),
        name="account_change_password",
    ),
    path("accounts/password/reset/", password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
