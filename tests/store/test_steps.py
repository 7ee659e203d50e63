from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.people import Directory
from activities.releases import Published
from activities.rules import Rules
from postroad.model.absence import Absence
from postroad.model.label import Label
from postroad.model.people import Organisation, Person, Resolution, RoleHolder, Who
from postroad.model.process import Process
from postroad.model.table import Status, Table
from postroad.rules.canonical import sha256_of
from postroad.store import Database
from postroad.store.absences import Absences
from postroad.store.people import People
from postroad.store.releases import Releases
from tests.store.dispatching import loads_of
from tests.store.samples import NOW
from workflows.steps import AssignOrder, EvaluateOrder, LatestOrder, ResolveOrder

SHANGHAI = ZoneInfo("Asia/Shanghai")
PROCESSES = Path(__file__).parents[2] / "processes"
PURCHASE = PROCESSES / "purchase-approval"
PROCESS = Process.model_validate(yaml.safe_load((PURCHASE / "process.yaml").read_text()))
TABLE = Table.model_validate(yaml.safe_load((PURCHASE / "purchase-route.table.yaml").read_text()))
COMPANY = Organisation.model_validate(yaml.safe_load((PROCESSES / "organisation.yaml").read_text()))


def _evaluate(sha256: str, amount: object) -> EvaluateOrder:
    return EvaluateOrder(
        table="purchase-route", sha256=sha256, inputs={"amount": amount, "material": "production", "category": "steel"}
    )


async def _load(database: Database, organisation: Organisation) -> None:
    async with database.begin() as session:
        await People(session).load(organisation)


async def test_a_published_table_answers_by_its_hash(database: Database) -> None:
    async with database.begin() as session:
        await Releases(session).publish(PROCESS, [TABLE], NOW)
    rules = Rules(database, SHANGHAI)

    answers = [
        await ActivityEnvironment().run(rules.evaluate, _evaluate(sha256_of(TABLE), amount))
        for amount in (Decimal("28000.00"), "4999.99")
    ]

    assert [(answer.status, answer.rows) for answer in answers] == [(Status.OK, ["r2"]), (Status.OK, ["r1"])]
    assert answers[0].sha256 == sha256_of(TABLE)


async def test_inputs_that_make_no_sense_are_an_answer_not_an_error(database: Database) -> None:
    async with database.begin() as session:
        await Releases(session).publish(PROCESS, [TABLE], NOW)

    answer = await ActivityEnvironment().run(Rules(database, SHANGHAI).evaluate, _evaluate(sha256_of(TABLE), "很多"))

    assert answer.status == Status.INPUT_ERROR


async def test_a_table_that_was_never_published_is_a_matter_for_people(database: Database) -> None:
    with pytest.raises(ApplicationError, match="没有发布过") as refused:
        await ActivityEnvironment().run(Rules(database, SHANGHAI).evaluate, _evaluate("0" * 64, "1"))

    assert (refused.value.type, refused.value.non_retryable) == ("Unknown", True)


async def test_a_called_process_starts_on_the_latest_release(database: Database) -> None:
    renamed = PROCESS.model_copy(update={"title": Label.of("采购审批（新）")})
    async with database.begin() as session:
        await Releases(session).publish(PROCESS, [TABLE], NOW)
        await Releases(session).publish(renamed, [TABLE], NOW)

    found = await ActivityEnvironment().run(
        Published(database, lambda: NOW).latest, LatestOrder(process="purchase-approval")
    )

    assert (found.release, found.process) == ("purchase-approval@2", renamed)
    assert found.tables == {"purchase-route": sha256_of(TABLE)}


async def test_a_process_that_was_never_published_cannot_be_called(database: Database) -> None:
    with pytest.raises(ApplicationError, match="没有发布过流程 nothing") as refused:
        await ActivityEnvironment().run(Published(database, lambda: NOW).latest, LatestOrder(process="nothing"))

    assert (refused.value.type, refused.value.non_retryable) == ("Unknown", True)


async def test_people_are_found_in_the_organisation_as_it_is_now(database: Database) -> None:
    await _load(database, COMPANY)
    directory = Directory(database, lambda: NOW)
    order = ResolveOrder(
        who=(Who(role="buyer", where={"category": "{category}"}),),
        owner=Who(role="process_owner"),
        initiator="li",
        variables={"category": "steel"},
    )
    first = await ActivityEnvironment().run(directory.resolve, order)

    deputies = tuple(holder.model_copy(update={"person": "zhou"}) for holder in COMPANY.roles)
    await _load(database, COMPANY.model_copy(update={"roles": deputies}))
    second = await ActivityEnvironment().run(directory.resolve, order)

    assert [[one.name for one in found.candidates] for found in (first, second)] == [["陈静"], ["周涛"]]


async def test_whoever_is_away_at_the_moment_is_found_with_the_agent(database: Database) -> None:
    await _load(database, COMPANY)
    directory = Directory(database, lambda: NOW)
    order = ResolveOrder(who=(Who(person="chen"),), owner=Who(person="chen"), initiator="li", variables={}, at=NOW)
    before = await ActivityEnvironment().run(directory.resolve, order)

    days = {"from": NOW, "to": NOW + timedelta(days=1)}
    leave = Absence.model_validate({"id": "leave", "principal": "chen", "agent": "sun", **days})
    async with database.begin() as session:
        await Absences(session).put(leave)
    away = await ActivityEnvironment().run(directory.resolve, order)
    timeless = await ActivityEnvironment().run(directory.resolve, order.model_copy(update={"at": None}))
    async with database.begin() as session:
        await Absences(session).cancel("leave", NOW)
    after = await ActivityEnvironment().run(directory.resolve, order)

    assert [found.candidates[0].agent for found in (before, away, timeless, after)] == [None, "sun", None, None]


async def test_whoever_left_is_not_found_any_more(database: Database) -> None:
    await _load(database, Organisation(people=(Person(id="chen", name="陈静", active=False),)))
    order = ResolveOrder(who=(Who(person="chen"),), owner=Who(person="chen"), initiator="li", variables={})

    assert (await ActivityEnvironment().run(Directory(database, lambda: NOW).resolve, order)).candidates == ()


async def test_one_of_those_found_is_given_the_task_and_has_it_on_the_list_at_once(database: Database) -> None:
    people = tuple(Person(id=one, name=one) for one in ("li", "an", "bo", "left"))
    holders = tuple(RoleHolder(role="fitter", person=one) for one in ("left", "an", "bo"))
    gone = people[-1].model_copy(update={"active": False})
    await _load(database, Organisation(people=(*people[:-1], gone), roles=holders))
    directory = Directory(database, lambda: NOW)
    said = {"who": (Who(role="fitter", strategy="least_loaded"),), "owner": Who(person="li"), "initiator": "li"}

    async def given(task: str) -> Resolution:
        order = AssignOrder(**said, variables={}, process="repair", at=NOW, task=task, node="repair", minutes=90)
        return await ActivityEnvironment().run(directory.assign, order)

    first, again, second = [await given(task) for task in ("i/repair/1/1", "i/repair/1/1", "i/repair/2/1")]

    assert [[one.person for one in found.candidates] for found in (first, again, second)] == [["an"], ["an"], ["bo"]]
    assert (first, first.initiator_name) == (again, "li")
    assert first.chosen is not None
    assert await loads_of(database, "an", "bo") == {"an": (1, 90), "bo": (1, 90)}
