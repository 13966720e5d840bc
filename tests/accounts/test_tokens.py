"""API tokens: one's own, hashed, scoped, expiring, dead with the account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import ApiToken
from accounts.services.tokens import create_token, revoke_token
from common.errors import NotPermitted, Refused
from common.models import IdempotencyKey
from tests.factories.accounts import token_for


def make(actor, **values):
    return create_token(actor=actor, **{"name": "script", "scope": "read", "days": 30} | values)


def test_token_is_kept_as_a_hash_and_recorded_without_its_text(officer, events):
    made = make(officer)

    assert made.text not in str(ApiToken.objects.values().get())
    event = events("accounts.token_created")[0]
    assert made.text not in str(event.payload)
    assert made.token.digest not in str(event.payload)
    assert event.target_id == str(officer.pk)


@pytest.mark.parametrize("days", [0, 366])
def test_token_for_longer_than_a_year_is_refused(officer, days):
    with pytest.raises(Refused) as refusal:
        make(officer, days=days)

    assert refusal.value.field == "days"


def test_token_without_an_end_is_refused_by_the_database(officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.create(user=officer, expiry=None, name="for ever")


def test_token_for_another_person_is_refused(administrator, officer):
    with pytest.raises(NotPermitted):
        make(administrator, user=officer)


def test_token_for_a_system_of_ones_own_state(portal_administrator, rest_client):
    assert make(portal_administrator, user=rest_client).token.user == rest_client


def test_token_for_a_system_without_the_power_is_refused(focal_point, rest_client):
    with pytest.raises(NotPermitted):
        make(focal_point, user=rest_client)


def test_token_for_a_system_of_another_state_is_refused(portal_administrator, other_focal_point):
    other_focal_point.role = "rest_client"
    other_focal_point.save()

    with pytest.raises(NotPermitted):
        make(portal_administrator, user=other_focal_point)


def test_token_is_not_made_when_the_record_fails(officer, broken_record):
    with pytest.raises(DatabaseError):
        make(officer)

    assert not ApiToken.objects.exists()


def test_revoked_token_is_gone(officer, events):
    made = make(officer)

    revoke_token(actor=officer, token=made.token)

    assert not ApiToken.objects.exists()
    assert events("accounts.token_revoked")[0].payload["token"] == str(made.token.public_id)


def test_revoking_another_persons_token_is_refused(officer, administrator):
    with pytest.raises(NotPermitted):
        revoke_token(actor=administrator, token=make(officer).token)


def test_revoking_is_undone_when_the_record_fails(officer, monkeypatch):
    made = make(officer)
    monkeypatch.setattr("audit.services._write", _fail)

    with pytest.raises(DatabaseError):
        revoke_token(actor=officer, token=made.token)

    assert ApiToken.objects.exists()


# Through the API --------------------------------------------------------------------------------


def test_reading_token_may_not_write(officer, api_for):
    answer = api_for(officer, scope="read").patch("/api/v1/me/", {"language": "fr"})

    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("header", ["Token nonsense", "Token", "Token a b", "Token \xff"])
def test_wrong_token_is_answered_alike(api_for, officer, header):
    client = api_for(officer)
    client.credentials(HTTP_AUTHORIZATION=header)

    assert client.get("/api/v1/me/").status_code == 401


def test_expired_token_is_refused_and_costs_no_write(officer, api_for, time_machine):
    client = api_for(officer)
    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert client.get("/api/v1/me/").status_code == 401
    assert ApiToken.objects.exists()


def test_token_costs_one_query(officer, api_for, django_assert_num_queries):
    client = api_for(officer)

    with django_assert_num_queries(1):
        assert client.get("/api/v1/me/").json()["role"] == "desk_officer"


def test_token_of_a_frozen_delegation_is_refused(focal_point, api_for, secretary_general):
    client = api_for(focal_point)
    delegation = focal_point.delegation
    delegation.frozen_at, delegation.frozen_by = timezone.now(), secretary_general
    delegation.frozen_reason = "Contested"
    delegation.save()

    answer = client.get("/api/v1/me/")

    assert answer.status_code == 401
    assert answer.json()["detail"] == "Please contact the General Secretariat."


def test_token_made_with_a_token_does_not_outlive_it(officer, api_for):
    client = api_for(officer)

    answer = client.post("/api/v1/tokens/", {"name": "longer", "scope": "read", "days": 30})

    assert answer.status_code == 409
    assert answer.json()["code"] == "token_beyond_its_maker"


def test_token_is_made_listed_and_revoked_in_a_session(officer, client_for):
    client = client_for(officer)
    made = client.post(
        "/api/v1/tokens/",
        {"name": "script", "scope": "write", "days": 365},
        content_type="application/json",
        headers={"Idempotency-Key": "once"},
    )
    assert made.status_code == 201
    assert made.json()["text"].startswith("oic_")
    assert not IdempotencyKey.objects.exists()

    listed = client.get("/api/v1/tokens/").json()["results"]
    assert [row["id"] for row in listed] == [made.json()["id"]]
    assert "text" not in listed[0]

    assert client.delete(f"/api/v1/tokens/{made.json()['id']}/").status_code == 204
    assert client.get("/api/v1/tokens/").json()["results"] == []


def test_token_of_another_does_not_exist(officer, other_officer, client_for):
    token_for(other_officer)
    public_id = ApiToken.objects.get().public_id

    assert client_for(officer).delete(f"/api/v1/tokens/{public_id}/").status_code == 404


def test_token_page_shows_the_text_once(officer, client_for):
    client = client_for(officer)

    page = client.post(
        "/accounts/tokens/new/", {"name": "script", "scope": "read", "days": 10}
    ).content.decode()
    public_id = ApiToken.objects.get().public_id

    assert "oic_" in page
    assert "oic_" not in client.get("/accounts/profile/").content.decode()
    assert client.get(f"/accounts/tokens/{public_id}/revoke/").status_code == 200
    assert client.post(f"/accounts/tokens/{public_id}/revoke/").status_code == 302
    assert not ApiToken.objects.exists()


def test_token_page_offers_the_states_systems_to_its_administrator(
    portal_administrator, rest_client, client_for
):
    client = client_for(portal_administrator)

    assert rest_client.full_name in client.get("/accounts/tokens/new/").content.decode()
    client.post(
        "/accounts/tokens/new/",
        {"user": rest_client.pk, "name": "ministry", "scope": "read", "days": 10},
    )
    assert ApiToken.objects.get().user == rest_client


def test_token_page_shows_a_wrong_entry_beside_the_field(officer, client_for):
    page = client_for(officer).post("/accounts/tokens/new/", {"name": "x", "scope": "read"})

    assert page.status_code == 422


def _fail(*args, **kwargs):
    raise DatabaseError("the record cannot be written")


def test_token_made_with_a_reading_token_may_not_write(officer):
    reading = make(officer, scope="read", days=300).token

    with pytest.raises(Refused):
        make(officer, scope="write", days=1, used=reading)

    assert make(officer, scope="read", days=1, used=reading).token.scope == "read"


def test_expired_token_says_so(officer, time_machine):
    token = make(officer, days=1).token
    assert not token.is_expired

    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert token.is_expired
    assert str(token) == "script"


def test_strangers_see_no_token(officer):
    make(officer)

    assert not ApiToken.objects.visible_to(AnonymousUser()).exists()


def test_token_that_is_no_text_is_refused(officer, api_for):
    client = api_for(officer)
    client.credentials(HTTP_AUTHORIZATION="Token \u00ff\u00fe")

    assert client.get("/api/v1/me/").status_code == 401
