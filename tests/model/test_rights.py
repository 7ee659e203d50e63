import pytest

from postroad.model.rights import SHIPPED, AccessRole, Extent, Holding, Placed, Reach, Rights, as_issued

PARENTS = {"company": None, "sales": "company", "east": "sales", "plant": "company"}


def held(*roles: AccessRole, department: str | None = "sales", own: list[str] | None = None) -> Rights:
    placed = Placed("chen", department, PARENTS)
    return Rights(tuple(Holding(frozenset(role.rights), role.reach(placed, own)) for role in roles), "chen")


def role(extent: Extent, *departments: str) -> AccessRole:
    return AccessRole(key="r", title="r", rights=("read", "people"), extent=extent, departments=departments)


@pytest.mark.parametrize(
    ("extent", "departments"),
    [("own", set()), ("department", {"sales"}), ("department_and_below", {"sales", "east"})],
)
def test_a_role_reaches_from_where_its_holder_is(extent: Extent, departments: set[str]) -> None:
    assert held(role(extent)).reach("read") == Reach(person="chen", departments=frozenset(departments))


def test_named_departments_are_meant_with_all_below_them_wherever_the_holder_is() -> None:
    assert held(role("departments", "sales"), department="plant").reach("read").departments == {"sales", "east"}
    assert held(role("department"), own=["plant"]).reach("read").departments == {"plant"}


def test_departments_that_are_gone_reach_nothing() -> None:
    assert held(role("departments", "closed")).reach("read").departments == frozenset()


def test_whoever_is_in_no_department_reaches_only_the_own() -> None:
    assert held(role("department_and_below"), department=None).reach("read") == Reach(person="chen")


def test_a_right_reaches_no_further_than_the_roles_that_hold_it() -> None:
    rules_of_all = AccessRole(key="rules", title="rules", rights=("rules",), extent="all")

    both = held(SHIPPED["manager"], rules_of_all)

    assert both.scopes == {"act", "read", "rules"}
    assert both.reach("rules").everything
    assert both.reach("read") == Reach(person="chen", departments=frozenset({"sales", "east"}))
    assert both.reach("admin") == Reach(person="chen")


def test_a_token_has_what_it_was_made_for_as_far_as_its_person_has_it() -> None:
    token = held(SHIPPED["manager"]).limited_to(["read", "admin"])

    assert token.scopes == {"read"}
    assert token.reach("read").departments == {"sales", "east"}


@pytest.mark.parametrize(
    ("given", "may"),
    [
        (held(SHIPPED["member"]), False),
        (held(role("department")), True),
        (held(role("department"), department="plant"), False),
        (held(role("own"), department="plant"), True),
        (held(role("all")), False),
        (as_issued(["read"], None), False),
        (Rights(), True),
    ],
)
def test_nobody_covers_more_than_they_hold(given: Rights, may: bool) -> None:
    assert held(role("department_and_below")).cover(given) is may
    assert held(SHIPPED["administrator"]).cover(given)


def test_departments_are_named_where_some_are_meant_and_nowhere_else() -> None:
    for extent, departments in (("departments", ()), ("own", ("sales",))):
        with pytest.raises(ValueError, match="departments"):
            AccessRole(key="r", title="r", rights=(), extent=extent, departments=departments)
