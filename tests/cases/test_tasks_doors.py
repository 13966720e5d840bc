"""Tasks by page and API: done in one click, taken back in another, hidden where they are hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import TaskState
from cases.models import Task
from cases.selectors.worklist_tasks import open_tasks
from common.worklist import MINE, UNIT
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.cases import DisputeFactory, TaskFactory

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


def text_of(answer):
    return answer.content.decode()


# Pages -----------------------------------------------------------------------------------------------


def test_list_shows_what_waits_for_the_person(client_for, officer):
    mine = TaskFactory(owner=officer)
    TaskFactory(owner=officer, done=True)
    asked = TaskFactory(created_by=officer)

    client = client_for(officer)

    assert [row["task"] for row in client.get("/tasks/").context["rows"]] == [mine]
    everything = client.get("/tasks/?whose=all").context["rows"]
    assert {row["task"] for row in everything} == {mine, asked}


def test_list_of_the_stand_in_holds_the_tasks_of_whoever_is_away(
    client_for, officer, other_officer
):
    task = TaskFactory(owner=officer)
    AbsenceFactory(user=officer, stand_in=other_officer)

    rows = client_for(other_officer).get("/tasks/").context["rows"]

    assert [(row["task"], row["may_be_done"]) for row in rows] == [(task, True)]


def test_list_is_narrowed(client_for, head, officer):
    late = TaskFactory(owner=officer, due_on=TODAY - timedelta(days=1))
    today = TaskFactory(owner=officer, due_on=TODAY, priority=2)
    done = TaskFactory(owner=officer, done=True)
    other = TaskFactory()
    client = client_for(head)

    def found(query):
        return {row["task"] for row in client.get(f"/tasks/?whose=all&{query}").context["rows"]}

    assert found("") == {late, today, other}
    assert found("state=done") == {done}
    assert found(f"owner={officer.pk}") == {late, today}
    assert found(f"due_before={TODAY}") == {late, today}
    assert found("priority=2") == {today}
    tones = {row["task"]: row["tone"] for row in client.get("/tasks/?whose=all").context["rows"]}
    assert (tones[late], tones[today], tones[other]) == ("red", "amber", "neutral")


def test_task_is_done_in_one_click_and_taken_back_in_another(client_for, officer):
    task = TaskFactory(owner=officer)
    client = client_for(officer)

    answer = client.post(f"/tasks/{task.pk}/done/", follow=True)
    assert "is done." in text_of(answer)
    assert "Take it back" in text_of(answer)
    assert Task.objects.get().state == TaskState.DONE

    answer = client.post(f"/tasks/{task.pk}/reopen/", follow=True)
    assert answer.redirect_chain == [(f"/tasks/{task.pk}/", 302)]
    assert Task.objects.get().state == TaskState.OPEN


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_list_offers_to_take_back_nothing_that_was_not_done(client_for, officer, key):
    assert client_for(officer).get(f"/tasks/?done={key}").context["just_done"] is None


def test_task_done_twice_is_refused_with_the_reason(client_for, officer):
    task = TaskFactory(owner=officer, done=True)

    answer = client_for(officer).post(f"/tasks/{task.pk}/done/")

    assert answer.status_code == 409
    assert "the state of the task" in text_of(answer)


def test_acts_of_one_click_are_posts(client_for, officer):
    task = TaskFactory(owner=officer)

    for act in ("done", "resume", "reopen"):
        assert client_for(officer).get(f"/tasks/{task.pk}/{act}/").status_code == 405


def test_task_is_added_changed_held_and_cancelled_by_page(client_for, officer):
    client = client_for(officer)
    fields = {"title": "Draft", "due_on": TOMORROW, "owner": officer.pk, "priority": 1, "note": ""}
    assert "Add the task" in text_of(client.get("/tasks/new/"))

    url = client.post("/tasks/new/", fields).url
    assert "Draft" in text_of(client.get(url))
    client.post(f"{url}change/", fields | {"title": "Draft again", "version": 1})
    assert Task.objects.get().title == "Draft again"
    client.post(f"{url}hold/", {"until": TOMORROW, "reason": "Waits for a reply"})
    assert "Waits for a reply" in text_of(client.get(url))
    assert "Take it off hold" in text_of(client.get(url))
    client.post(f"{url}resume/")
    client.post(f"{url}cancel/", {"reason": "Settled"})
    page = text_of(client.get(url))
    assert "Cancelled" in page
    assert "Reopen the task" in page
    assert client.get(f"{url}change/").status_code == 200


def test_refusal_stands_beside_its_field(client_for, officer):
    answer = client_for(officer).post(
        "/tasks/new/",
        {
            "title": "Draft",
            "due_on": TODAY - timedelta(days=1),
            "owner": officer.pk,
            "priority": 1,
        },
    )

    assert answer.status_code == 409
    assert "due_on" in answer.context["form"].errors


def test_task_is_added_beside_a_file_and_stands_there(client_for, officer):
    dispute = DisputeFactory(desk_officer=officer)
    client, url = client_for(officer), f"/files/{dispute.pk}/"
    assert "No task waits on this file." in text_of(client.get(url))

    answer = client.post(
        f"{url}tasks/new/",
        {"title": "Ring the envoy", "due_on": TOMORROW, "owner": officer.pk, "priority": 1},
    )

    assert answer.url == url
    assert "Ring the envoy" in text_of(client.get(url))
    assert Task.objects.get().dispute == dispute
    assert "Ring the envoy" in text_of(client.get(f"/tasks/?dispute={dispute.pk}"))


def test_file_shows_five_tasks_and_where_the_rest_is(client_for, officer):
    dispute = DisputeFactory(desk_officer=officer)
    for _n in range(6):
        TaskFactory(owner=officer, dispute=dispute)

    page = client_for(officer).get(f"/files/{dispute.pk}/")

    assert len(page.context["tasks"]) == 5
    assert "All tasks of this file" in text_of(page)


def test_task_done_stands_in_the_timeline_of_its_file(client_for, officer):
    dispute = DisputeFactory(desk_officer=officer)
    TaskFactory(owner=officer, dispute=dispute, done=True, title="Ring the envoy")

    assert "Task done: Ring the envoy" in text_of(client_for(officer).get(f"/files/{dispute.pk}/"))


def test_form_offers_only_owners_whose_clearance_reaches_the_file(client_for, officer):
    dispute = DisputeFactory(desk_officer=officer)
    junior = UserFactory(clearance=0)

    page = client_for(officer).get(f"/files/{dispute.pk}/tasks/new/")

    assert junior not in page.context["form"].fields["owner"].queryset


def test_task_made_by_the_clock_says_so_and_leads_where_it_is_done(client_for, officer):
    task = TaskFactory(owner=officer, created_by=None, url="/hand-over/x/")

    page = text_of(client_for(officer).get(f"/tasks/{task.pk}/"))

    assert "the clock" in page
    assert 'href="/hand-over/x/"' in page


def test_task_is_read_but_not_done_by_its_author(client_for, officer, other_officer):
    task = TaskFactory(owner=other_officer, created_by=officer)
    client = client_for(officer)

    page = client.get(f"/tasks/{task.pk}/")

    assert not page.context["work"]
    assert client.get(f"/tasks/{task.pk}/hold/").status_code == 403
    assert client.post(f"/tasks/{task.pk}/done/").status_code == 403


@pytest.mark.parametrize("who", ["focal_point", "auditor", "administrator"])
def test_tasks_are_no_affair_of_those_without_files_or_of_a_state(client_for, request, who):
    task = TaskFactory()
    client = client_for(request.getfixturevalue(who))

    for path in ("", "new/", f"{task.pk}/", f"{task.pk}/change/"):
        assert client.get(f"/tasks/{path}").status_code == 404


def test_focal_point_of_the_file_sees_no_task_on_it(client_for, officer):
    dispute = DisputeFactory(desk_officer=officer)
    TaskFactory(owner=officer, dispute=dispute, title="Ring the envoy")
    envoy = UserFactory(special_envoy=True)

    assert client_for(envoy).get(f"/files/{dispute.pk}/").status_code == 404


# API --------------------------------------------------------------------------------------------------


def test_task_by_api(api_for, officer, other_officer):
    api = api_for(officer)
    answer = api.post("/api/v1/tasks/", {"title": "Draft", "due_on": TOMORROW}, format="json")
    assert answer.status_code == 201
    assert answer.json()["owner"]["id"] == str(officer.pk)
    url = f"/api/v1/tasks/{answer.json()['id']}/"

    assert api.patch(url, {"title": "Anew"}, format="json").status_code == 428
    answer = api.patch(url, {"title": "Anew"}, format="json", headers={"If-Match": answer["ETag"]})
    assert answer.json()["title"] == "Anew"
    held = api.post(f"{url}hold/", {"until": TOMORROW, "reason": "Waits"}, format="json")
    assert held.json()["state"] == "on_hold"
    assert api.post(f"{url}resume/").json()["state"] == "open"
    assert api.post(f"{url}complete/").json()["state"] == "done"
    assert api.post(f"{url}complete/").status_code == 409
    assert api.get("/api/v1/tasks/?state=open").json()["results"] == []
    assert len(api.get("/api/v1/tasks/?state=done").json()["results"]) == 1
    assert api.post(f"{url}reopen/").json()["state"] == "open"
    assert len(api.get("/api/v1/tasks/?whose=mine").json()["results"]) == 1
    cancelled = api.post(f"{url}cancel/", {"reason": "Settled"}, format="json")
    assert cancelled.json()["state"] == "cancelled"


def test_task_beside_a_file_by_api(api_for, officer):
    dispute = DisputeFactory(desk_officer=officer)

    answer = api_for(officer).post(
        "/api/v1/tasks/",
        {"title": "Draft", "due_on": TOMORROW, "dispute": str(dispute.pk)},
        format="json",
    )

    assert answer.json()["dispute"] == str(dispute.pk)


def test_task_beside_a_hidden_file_is_no_choice_by_api(api_for, officer):
    answer = api_for(officer).post(
        "/api/v1/tasks/",
        {"title": "Draft", "due_on": TOMORROW, "dispute": str(DisputeFactory().pk)},
        format="json",
    )

    assert answer.status_code == 400


def test_several_tasks_are_given_by_api(api_for, officer, other_officer):
    task = TaskFactory(owner=officer)

    answer = api_for(officer).post(
        "/api/v1/tasks/hand-over/",
        {"tasks": [str(task.pk)], "to": str(other_officer.pk)},
        format="json",
    )

    assert answer.status_code == 200
    assert {row["owner"]["id"] for row in answer.json()} == {str(other_officer.pk)}


def test_api_knows_no_task_for_a_state(api_for, focal_point):
    task = TaskFactory()

    assert api_for(focal_point).get("/api/v1/tasks/").json()["results"] == []
    assert api_for(focal_point).get(f"/api/v1/tasks/{task.pk}/").status_code == 404


# My morning -------------------------------------------------------------------------------------------


def rows(user, scope=MINE):
    return list(open_tasks(user, TODAY + timedelta(days=30), scope))


def test_morning_holds_open_tasks_and_says_who_asked(officer, head):
    own = TaskFactory(owner=officer, title="My own")
    TaskFactory(owner=officer, title="Of the head", created_by=head)
    TaskFactory(owner=officer, title="Of the clock", created_by=None)
    TaskFactory(owner=officer, held=True)
    TaskFactory(owner=officer, due_on=TODAY + timedelta(days=31))

    found = {row.act: row for row in rows(officer)}

    assert found.keys() == {"My own", "Of the head", "Of the clock"}
    assert found["My own"].why == "You asked for it yourself."
    assert head.full_name in found["Of the head"].why
    assert "clock" in found["Of the clock"].why
    assert found["My own"].button_url == f"/tasks/{own.pk}/"


def test_morning_of_the_head_shows_the_units_tasks(officer, head):
    TaskFactory(owner=officer)

    assert rows(head) == []
    assert [row.owner for row in rows(head, UNIT)] == [officer.full_name]
