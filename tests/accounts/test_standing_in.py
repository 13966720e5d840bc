"""Rights of an absent person are lent for those days, and for no act that needs two persons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES, is_lent
from accounts.selectors import absentees_of, stand_in_of, stand_ins_of, who_acts_for
from common.choices import Classification
from tests.factories.accounts import AbsenceFactory, UserFactory

DAY = date(2027, 3, 9)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# Who acts -----------------------------------------------------------------------------------------


def test_who_acts_for_somebody_who_is_there(officer):
    assert who_acts_for(officer, DAY) == officer
    assert stand_in_of(officer, DAY) is None


@pytest.mark.parametrize(("days", "is_away"), [(-1, False), (0, True), (4, True), (5, False)])
def test_stand_in_acts_from_the_first_to_the_last_day(officer, other_officer, days, is_away):
    AbsenceFactory(
        user=officer, stand_in=other_officer, first_day=DAY, last_day=DAY + timedelta(days=4)
    )

    expected = other_officer if is_away else officer
    assert who_acts_for(officer, DAY + timedelta(days=days)) == expected


def test_stand_in_who_is_away_hands_on(officer, other_officer, head):
    AbsenceFactory(user=officer, stand_in=other_officer, first_day=DAY, last_day=DAY)
    AbsenceFactory(user=other_officer, stand_in=head, first_day=DAY, last_day=DAY)

    assert stand_in_of(officer, DAY) == head


def test_nobody_acts_where_two_stand_in_for_each_other(officer, other_officer):
    AbsenceFactory(user=officer, stand_in=other_officer, first_day=DAY, last_day=DAY)
    AbsenceFactory(user=other_officer, stand_in=officer, first_day=DAY, last_day=DAY)

    assert who_acts_for(officer, DAY) is None
    assert stand_in_of(officer, DAY) is None


def test_nobody_acts_for_somebody_whose_stand_in_left(officer):
    AbsenceFactory(
        user=officer, stand_in=UserFactory(deactivated=True), first_day=DAY, last_day=DAY
    )

    assert who_acts_for(officer, DAY) is None


def test_stand_ins_of_many_cost_one_query(officer, other_officer, head, django_assert_num_queries):
    AbsenceFactory(user=officer, stand_in=head, first_day=DAY, last_day=DAY)

    with django_assert_num_queries(1):
        found = stand_ins_of([officer, other_officer], DAY)

    assert found == {officer.pk: head, other_officer.pk: other_officer}


# Rights lent --------------------------------------------------------------------------------------


def test_power_of_the_absent_person_is_lent_while_they_are_away(officer, head):
    AbsenceFactory(user=head, stand_in=officer)

    assert fresh(officer).has_power("cases.approve_end")
    assert not fresh(officer).has_own_power("cases.approve_end")
    assert absentees_of(fresh(officer)) == [head.pk]


def test_power_ends_with_the_last_day(officer, head):
    yesterday = timezone.localdate() - timedelta(days=1)
    AbsenceFactory(user=head, stand_in=officer, first_day=yesterday, last_day=yesterday)

    assert not fresh(officer).has_power("cases.approve_end")


def test_power_ends_when_the_absence_is_called_off(officer, head):
    AbsenceFactory(user=head, stand_in=officer, cancelled_at=timezone.now())

    assert not fresh(officer).has_power("cases.approve_end")


def test_power_is_handed_on_along_the_chain(officer, other_officer, asg):
    AbsenceFactory(user=asg, stand_in=officer)
    AbsenceFactory(user=officer, stand_in=other_officer)

    assert fresh(other_officer).has_power("cases.release_text")


def test_power_of_somebody_who_left_is_not_lent(officer):
    AbsenceFactory(user=UserFactory(head_of_unit=True, deactivated=True), stand_in=officer)

    assert not fresh(officer).has_power("cases.approve_end")


def test_power_over_accounts_is_never_lent(officer, asg):
    AbsenceFactory(user=asg, stand_in=officer)

    assert asg.has_power("accounts.approve_role")
    assert not fresh(officer).has_power("accounts.approve_role")


def test_decision_in_person_is_never_lent(asg, secretary_general):
    AbsenceFactory(user=secretary_general, stand_in=asg)

    assert not fresh(asg).has_power("cases.decide_in_person")


def test_no_power_over_accounts_is_lent_by_any_role():
    lent = {power for role in ROLES.values() for power in role.powers if is_lent(power)}

    assert lent
    assert not any(power.startswith("accounts.") for power in lent)


def test_closed_account_has_no_power_lent(head):
    gone = UserFactory(deactivated=True)
    AbsenceFactory(user=head, stand_in=gone)

    assert not fresh(gone).has_power("cases.approve_end")


def test_power_borrowed_from_the_first_person_does_not_make_a_second(officer, head):
    AbsenceFactory(user=head, stand_in=officer)

    assert not fresh(officer).has_power("cases.approve_end", apart_from=head.pk)
    assert fresh(officer).has_power("cases.work_on_dispute", apart_from=head.pk)


def test_clearance_is_never_lent(officer, head):
    AbsenceFactory(user=head, stand_in=officer)

    assert fresh(officer).clearance == Classification.CONFIDENTIAL < head.clearance


def test_sight_of_all_files_is_lent_up_to_ones_own_clearance(officer, head):
    AbsenceFactory(user=head, stand_in=officer)

    assert fresh(officer).sees_all_files
    assert fresh(officer).sees_team_parts


def test_sight_is_not_lent_to_somebody_cleared_higher(officer):
    restricted = UserFactory(head_of_unit=True, clearance=Classification.RESTRICTED)
    AbsenceFactory(user=restricted, stand_in=officer)

    assert not fresh(officer).sees_all_files
    assert not fresh(officer).sees_team_parts


def test_rights_lent_cost_no_query_of_their_own(officer, head, django_assert_num_queries):
    AbsenceFactory(user=head, stand_in=officer)

    with django_assert_num_queries(1):
        person = User.objects.get(pk=officer.pk)
        assert person.has_power("cases.approve_end")
        assert person.sees_all_files


def test_rights_lent_are_known_of_somebody_read_by_another_way(officer, head):
    AbsenceFactory(user=head, stand_in=officer)

    assert officer.has_power("cases.approve_end")


def test_rights_lent_reach_a_token_in_its_one_query(officer, head, api_for):
    AbsenceFactory(user=head, stand_in=officer)

    powers = api_for(officer).get("/api/v1/me/").json()["powers"]

    assert "cases.approve_end" in powers
