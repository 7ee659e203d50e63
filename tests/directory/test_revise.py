"""One change at a time to an organisation that has to hold together."""

import pytest

from postroad.directory.revise import (
    add_department,
    add_holder,
    add_person,
    change_department,
    change_holder,
    change_person,
    close_department,
    holder_id,
    stamp,
    without_holder,
)
from postroad.model.people import Department, Organisation, Person, RoleHolder
from postroad.model.refusals import Conflict, Unknown
from tests.directory.plant import PLANT


def _department(key: str) -> Department:
    return next(one for one in PLANT.departments if one.id == key)


def _person(key: str) -> Person:
    return next(one for one in PLANT.people if one.id == key)


def test_a_new_person_comes_last_and_a_changed_one_keeps_the_place() -> None:
    moved = _person("an").model_copy(update={"department": "service"})

    more = add_person(PLANT, Person(id="new", name="新来"))
    after = change_person(more, moved, stamp(_person("an")))

    assert [one.id for one in after.people] == [*(one.id for one in PLANT.people), "new"]
    assert after.person("an") == moved


def test_whoever_saw_something_older_changes_nothing() -> None:
    seen = stamp(_person("an"))
    theirs = change_person(PLANT, _person("an").model_copy(update={"position": "焊工"}), seen)

    with pytest.raises(Conflict, match="刚被别人修改"):
        change_person(theirs, _person("an").model_copy(update={"position": "钳工"}), seen)


def test_an_id_is_given_once() -> None:
    with pytest.raises(Conflict, match="已被使用"):
        add_person(PLANT, Person(id="an", name="另一个"))
    with pytest.raises(Conflict, match="已被使用"):
        add_department(PLANT, Department(id="east", name="另一个"))


def test_nobody_unknown_and_no_circle_gets_in() -> None:
    boss, plant = _person("boss"), _department("plant")

    with pytest.raises(ValueError, match="person boss superior nobody"):
        change_person(PLANT, boss.model_copy(update={"superior": "nobody"}), stamp(boss))
    with pytest.raises(ValueError, match="上级关系形成循环"):
        change_person(PLANT, boss.model_copy(update={"superior": "an"}), stamp(boss))
    with pytest.raises(ValueError, match="部门的上级形成循环"):
        change_department(PLANT, plant.model_copy(update={"parent": "east"}), stamp(plant))


def test_a_department_closes_when_nobody_is_left_in_it() -> None:
    east = _department("east")
    empty = Organisation(departments=tuple(one.model_copy(update={"head": None}) for one in PLANT.departments))

    with pytest.raises(Conflict, match="还有 2 人、0 个下级部门"):
        close_department(PLANT, "east", stamp(east))
    assert east not in close_department(empty, "east", stamp(east)).departments


def test_a_role_is_held_once_in_a_scope() -> None:
    fitter = RoleHolder(role="fitter", person="an", scope={"line": "1", "shift": "day"})
    turned = RoleHolder(role="fitter", person="an", scope={"shift": "day", "line": "1"})

    after = add_holder(PLANT, fitter)

    assert after.roles[-1] == fitter
    with pytest.raises(Conflict, match="已在此范围担任"):
        add_holder(after, turned)


def test_a_role_passes_to_somebody_else_in_its_place() -> None:
    first = PLANT.roles[0]
    heir = first.model_copy(update={"person": "bo"})

    assert change_holder(PLANT, holder_id(first), heir).roles == (heir, *PLANT.roles[1:])
    assert without_holder(PLANT, holder_id(first)).roles == PLANT.roles[1:]


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(Unknown):
        change_person(PLANT, Person(id="nobody", name="无"), "")
    with pytest.raises(Unknown):
        without_holder(PLANT, "nothing")
