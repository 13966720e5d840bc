"""An absence lends rights for its days, to somebody who may have them, by a hand that may give them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import Absence, User
from accounts.services.absences import call_off_absence, change_absence, record_absence
from accounts.services.people import deactivate_user
from common.errors import NotPermitted, Refused, Stale
from common.extensions import absence_gaps, on_absence
from common.grants import group_of
from notifications.models import Notice
from tests.factories.accounts import AbsenceFactory, UnitFactory, UserFactory

TODAY = timezone.localdate()
WEEK = timedelta(days=6)


def away(actor, user, stand_in, **values):
    return record_absence(
        actor=actor,
        user=user,
        stand_in=stand_in,
        **{"first_day": TODAY, "last_day": TODAY + WEEK, "on": TODAY} | values,
    )


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def members(absence):
    return list(group_of("absence", absence.pk).user_set.all())


@pytest.fixture
def unit(head):
    return UnitFactory(head=head)


@pytest.fixture
def unit_officer(unit):
    return UserFactory(desk_officer=True, unit=unit)


# Recording ----------------------------------------------------------------------------------------


def test_absence_is_recorded_by_the_person(unit_officer, other_officer, head, events):
    absence = away(unit_officer, unit_officer, other_officer)

    assert members(absence) == [other_officer]
    assert told("accounts.stand_in_asked") == {other_officer.pk, head.pk}
    assert [event.target_id for event in events("accounts.absence_recorded")] == [str(absence.pk)]


def test_absence_is_told_to_the_apps_above(officer, other_officer, monkeypatch):
    followed = []
    monkeypatch.setitem(
        on_absence._providers, "test", lambda actor, absence: followed.append((actor, absence))
    )

    absence = away(officer, officer, other_officer)

    assert followed == [(officer, absence)]


def test_absence_is_recorded_by_the_head_of_the_unit(unit_officer, other_officer, head):
    away(head, unit_officer, other_officer)

    assert told("accounts.stand_in_asked") == {other_officer.pk, unit_officer.pk}


def test_absence_is_recorded_by_whoever_stands_in_for_the_head(unit_officer, asg, head):
    AbsenceFactory(user=head, stand_in=asg)

    assert away(User.objects.get(pk=asg.pk), unit_officer, UserFactory(desk_officer=True))


def test_absence_is_recorded_by_an_administrator(administrator, officer, other_officer):
    assert away(administrator, officer, other_officer)


def test_absence_of_somebody_else_is_not_recorded_by_a_colleague(officer, other_officer):
    with pytest.raises(NotPermitted):
        away(other_officer, officer, other_officer)


def test_absence_is_not_kept_for_a_states_user(administrator, focal_point, officer):
    with pytest.raises(Refused, match="Secretariat"):
        away(administrator, focal_point, officer)


def test_absence_is_not_recorded_for_the_past(officer, other_officer):
    with pytest.raises(Refused) as error:
        away(
            officer,
            officer,
            other_officer,
            first_day=TODAY - timedelta(days=3),
            last_day=TODAY - timedelta(days=1),
        )

    assert error.value.code == "absence_past"


def test_absence_with_days_in_the_wrong_order_is_refused(officer, other_officer):
    with pytest.raises(ValidationError, match="before the first"):
        away(officer, officer, other_officer, first_day=TODAY + 2 * WEEK)


def test_absence_that_crosses_another_is_refused(officer, other_officer):
    away(officer, officer, other_officer)

    with pytest.raises(ValidationError, match="on record already"):
        away(officer, officer, other_officer)


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"special_envoy": True}, "not_of_the_secretariat"),
        ({"administrator": True}, "not_of_the_secretariat"),
        ({"deactivated": True}, "not_of_the_secretariat"),
        ({"is_exercise": True}, "other_world"),
    ],
)
def test_stand_in_must_be_a_colleague_of_the_same_world(officer, traits, code):
    with pytest.raises(Refused) as error:
        away(officer, officer, UserFactory(**traits))

    assert error.value.code == code


def test_stand_in_is_not_the_person(officer):
    with pytest.raises(ValidationError, match="for themselves"):
        away(officer, officer, officer)


def test_stand_in_who_is_away_all_the_time_is_refused(officer, other_officer):
    AbsenceFactory(user=other_officer)

    with pytest.raises(Refused) as error:
        away(officer, officer, other_officer)

    assert error.value.code == "stand_in_away"


def test_stand_in_who_is_away_for_a_part_hands_on(officer, other_officer):
    AbsenceFactory(user=other_officer, last_day=TODAY)

    assert away(officer, officer, other_officer)


# Nobody lends by another's hand what neither holds -------------------------------------------------


def test_administrator_does_not_make_an_officer_powerful_in_the_name_of_the_head(
    administrator, head, officer
):
    with pytest.raises(Refused) as error:
        away(administrator, head, officer)

    assert error.value.code == "lends_more"
    assert not User.objects.get(pk=officer.pk).sees_all_files


def test_administrator_lets_the_assistant_secretary_general_stand_in_for_the_head(
    administrator, head, asg
):
    assert away(administrator, head, asg)


def test_head_lends_an_officer_their_own_powers(head, officer):
    away(head, head, officer)

    assert User.objects.get(pk=officer.pk).sees_all_files


def test_head_lends_a_clerk_the_powers_of_an_officer_which_the_head_holds(
    head, unit_officer, registry
):
    assert away(head, unit_officer, registry)


# Changing and calling off --------------------------------------------------------------------------


def test_absence_changed_moves_the_rights_to_another(officer, other_officer, head, events):
    absence = away(officer, officer, other_officer)

    change_absence(actor=officer, absence=absence, on=TODAY, stand_in=head)

    assert members(absence) == [head]
    assert told("accounts.stand_in_released") == {other_officer.pk}
    assert told("accounts.stand_in_asked") == {other_officer.pk, head.pk}
    assert events("accounts.absence_changed")[0].payload["changes"]["stand_in"] == [
        str(other_officer.pk),
        str(head.pk),
    ]


def test_absence_unchanged_leaves_no_trace(officer, other_officer, events):
    absence = away(officer, officer, other_officer)

    change_absence(actor=officer, absence=absence, on=TODAY, stand_in=other_officer)

    assert events("accounts.absence_changed") == []


def test_absence_made_longer_keeps_its_stand_in(officer, other_officer):
    absence = away(officer, officer, other_officer)

    changed = change_absence(
        actor=officer, absence=absence, on=TODAY, last_day=absence.last_day + WEEK
    )

    assert members(changed) == [other_officer]
    assert told("accounts.stand_in_released") == set()


def test_absence_changed_by_another_meanwhile_is_stale(officer, other_officer):
    absence = away(officer, officer, other_officer)

    with pytest.raises(Stale):
        change_absence(actor=officer, absence=absence, on=TODAY, version=7, last_day=TODAY)


def test_absence_is_not_changed_by_the_stand_in(officer, other_officer):
    absence = away(officer, officer, other_officer)

    with pytest.raises(NotPermitted):
        change_absence(actor=other_officer, absence=absence, on=TODAY, last_day=TODAY + 2 * WEEK)


def test_absence_that_is_over_is_not_prolonged(officer, other_officer):
    yesterday = TODAY - timedelta(days=1)
    absence = AbsenceFactory(
        user=officer, stand_in=other_officer, first_day=yesterday, last_day=yesterday
    )

    with pytest.raises(Refused) as error:
        change_absence(actor=officer, absence=absence, on=TODAY, last_day=TODAY)

    assert error.value.code == "absence_over"


def test_absence_called_off_ends_the_rights_at_once(head, officer, events):
    absence = away(head, head, officer)

    call_off_absence(actor=head, absence=absence, on=TODAY)

    assert members(absence) == []
    assert not User.objects.get(pk=officer.pk).has_power("cases.approve_end")
    assert told("accounts.stand_in_released") == {officer.pk}
    assert len(events("accounts.absence_called_off")) == 1


def test_absence_is_called_off_once(officer, other_officer):
    absence = away(officer, officer, other_officer)
    call_off_absence(actor=officer, absence=absence, on=TODAY)

    with pytest.raises(Refused) as error:
        call_off_absence(actor=officer, absence=absence, on=TODAY)

    assert error.value.code == "called_off"


def test_days_of_an_absence_called_off_are_free_again(officer, other_officer):
    call_off_absence(actor=officer, absence=away(officer, officer, other_officer), on=TODAY)

    assert away(officer, officer, other_officer)


def test_closed_account_no_longer_stands_in_and_people_are_told(
    administrator, unit_officer, other_officer, head
):
    absence = away(unit_officer, unit_officer, other_officer)
    Notice.objects.all().delete()

    deactivate_user(actor=administrator, user=other_officer, reason="Left")

    assert told("accounts.stand_in_released") == {unit_officer.pk, head.pk}
    assert absence in Absence.objects.today()


@pytest.mark.parametrize("act", ["record", "change", "call_off"])
def test_nothing_is_kept_where_the_record_fails(act, officer, other_officer, head, request):
    absence = None if act == "record" else away(officer, officer, other_officer)
    notices = Notice.objects.count()
    request.getfixturevalue("broken_record")

    acts = {
        "record": lambda: away(officer, officer, other_officer),
        "change": lambda: change_absence(actor=officer, absence=absence, on=TODAY, stand_in=head),
        "call_off": lambda: call_off_absence(actor=officer, absence=absence, on=TODAY),
    }

    with pytest.raises(DatabaseError):
        acts[act]()

    assert Notice.objects.count() == notices
    assert Absence.objects.filter(stand_in=other_officer, cancelled_at__isnull=True).exists() == (
        act != "record"
    )


# Pages and API -------------------------------------------------------------------------------------


def posted(person, **values):
    return {
        "user": person.pk,
        "first_day": TODAY.isoformat(),
        "last_day": (TODAY + WEEK).isoformat(),
        **values,
    }


def test_absence_is_recorded_changed_and_called_off_by_page(
    client_for, officer, other_officer, head
):
    client = client_for(officer)

    assert "My absence" in client.get("/accounts/absences/").content.decode()
    assert "user" not in client.get("/accounts/absences/new/").context["form"].fields
    answer = client.post("/accounts/absences/new/", posted(officer, stand_in=other_officer.pk))
    absence = Absence.objects.get()
    assert answer.url == f"/accounts/absences/{absence.pk}/"
    assert other_officer.full_name in client.get(answer.url).content.decode()

    client.post(
        f"{answer.url}change/",
        posted(officer, stand_in=head.pk, version=absence.version),
    )
    assert Absence.objects.get().stand_in == head
    assert "What happens" in client.get(f"{answer.url}call-off/").content.decode()
    client.post(f"{answer.url}call-off/", {"version": 2})
    assert Absence.objects.get().is_called_off
    assert "called off" in client.get("/accounts/absences/").content.decode()
    assert client.get(f"{answer.url}change/").status_code == 409


def test_head_chooses_whose_absence_it_is(client_for, head, unit_officer, officer):
    page = client_for(head).get(f"/accounts/absences/new/?person={unit_officer.pk}")

    assert unit_officer.full_name in page.content.decode()
    people = page.context["form"].fields["user"].queryset
    assert set(people) == {head, unit_officer}


def test_page_says_what_the_stand_in_was_not_given(client_for, officer, other_officer, monkeypatch):
    monkeypatch.setitem(absence_gaps._providers, "test", lambda user, absence: ["One file."])
    absence = AbsenceFactory(user=officer, stand_in=other_officer)

    page = client_for(officer).get(f"/accounts/absences/{absence.pk}/").content.decode()

    assert "One file." in page


@pytest.mark.parametrize("who", ["focal_point", "envoy", "auditor"])
def test_absences_are_the_secretariats_affair(client_for, request, who):
    absence = AbsenceFactory()
    client = client_for(request.getfixturevalue(who))

    for path in ("", "new/", f"{absence.pk}/", f"{absence.pk}/change/"):
        assert client.get(f"/accounts/absences/{path}").status_code == 404


def test_list_shows_what_concerns_the_person(
    client_for, officer, other_officer, head, administrator
):
    own = AbsenceFactory(user=officer)
    stood_in = AbsenceFactory(stand_in=officer)
    others = AbsenceFactory()

    assert set(client_for(officer).get("/accounts/absences/").context["page"]) == {own, stood_in}
    assert set(client_for(administrator).get("/accounts/absences/").context["page"]) == {
        own,
        stood_in,
        others,
    }
    assert not client_for(head).get("/accounts/absences/").context["page"].object_list


def test_absence_by_api(api_for, officer, other_officer, head):
    api = api_for(officer)
    answer = api.post(
        "/api/v1/absences/",
        {"first_day": TODAY, "last_day": TODAY + WEEK, "stand_in": str(other_officer.pk)},
        format="json",
    )
    assert answer.status_code == 201
    url = f"/api/v1/absences/{answer.json()['id']}/"

    assert api.patch(url, {"stand_in": str(head.pk)}, format="json").status_code == 428
    answer = api.patch(
        url, {"stand_in": str(head.pk)}, format="json", headers={"If-Match": answer["ETag"]}
    )
    assert answer.json()["stand_in"] == str(head.pk)
    assert api.post(f"{url}call-off/").json()["cancelled_at"]
    assert api.post(f"{url}call-off/").status_code == 409
    assert len(api.get("/api/v1/absences/").json()["results"]) == 1
