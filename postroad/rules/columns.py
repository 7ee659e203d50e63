"""Whether the inputs and outputs that a table declares can be meant."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from postroad.model.computed import Computed
from postroad.model.refusals import Refusal
from postroad.model.table import Column, Given, Table
from postroad.rules.axes import ordered_axis
from postroad.rules.cells import Test, parse_cell
from postroad.rules.inputs import Asked, asked, constant_of
from postroad.rules.problem import Problem, problem, refused
from postroad.rules.values import KIND, ORDERED, ValueRefused


def columns(table: Table) -> Iterator[Problem]:
    """What is wrong with the columns, and with the inputs that only serve others."""
    inputs = [*(one.key for one in table.inputs), *(one.key for one in table.given)]
    for kind, keys in (("输入", inputs), ("输出", [one.key for one in table.outputs])):
        for key in repeated(keys):
            yield problem(
                "duplicate_column", None, key, f"{kind}列 {key} 重复，请改名", f"column {key} appears twice; rename it"
            )
    for column in table.inputs:
        yield from _column(column)
    for given in table.given:
        yield from _unit(given)
    known = {one.given.key: one for one in asked(table)}
    for column in table.inputs:
        if column.is_:
            yield from _computed(column, column.is_, known)
    used = {key for column in table.inputs if column.is_ for key in column.is_.needs}
    for given in table.given:
        if given.key not in used:
            yield problem(
                "given_unused",
                None,
                given.key,
                f"given 中的 {given.key} 没有任何列用到，请删除，或在某列的 is 中使用",
                f"no column uses the given input {given.key}; remove it, or use it in the `is` of a column",
            )


def _column(column: Column) -> Iterator[Problem]:
    yield from _unit(column)
    if column.type == "enum" and not column.domain:
        yield problem(
            "domain_missing",
            None,
            column.key,
            "枚举列需要取值范围，例如 domain: [production, office]",
            "an enum needs its values, for example domain: [production, office]",
        )
    if column.type == "bool" and column.domain:
        yield problem("domain_error", None, column.key, "bool 列不需要取值范围", "a bool column takes no domain")
    try:
        if KIND[column.type] in ORDERED:
            if not any(ordered_axis(KIND[column.type], [], domain_test(column)).live):
                yield problem(
                    "domain_error", None, column.key, "取值范围里没有任何值", "the domain holds no value at all"
                )
        elif isinstance(column.domain, str) and parse_cell(column.domain, column.type).negated:
            yield problem(
                "domain_error", None, column.key, "取值范围请列出可用的值", "list the values that the domain has"
            )
    except Refusal as refusal:
        yield refused("domain_error", None, column.key, refusal)


def _unit(column: Column | Given) -> Iterator[Problem]:
    if column.type == "money" and not column.unit:
        yield problem(
            "unit_missing",
            None,
            column.key,
            "金额列需要币种，例如 unit: CNY",
            "money needs a currency, for example unit: CNY",
        )


def _computed(column: Column, computed: Computed, known: Mapping[str, Asked]) -> Iterator[Problem]:
    missing = [key for key in computed.needs if key not in known]
    if column.type != "bool":
        yield problem(
            "computed_type", None, column.key, "用 is 计算的列必须是 bool", "a column with `is` must be of type bool"
        )
    elif missing:
        named = ", ".join(missing)
        yield problem(
            "computed_error",
            None,
            column.key,
            f"没有输入 {named}；请在 inputs 或 given 中声明（不能是计算出来的列）",
            f"there is no input {named}; declare it in inputs or given (it cannot be worked out itself)",
        )
    elif computed.contains:
        yield from _membership(column, known[computed.contains.list], known.get(computed.contains.item or ""))
    else:
        yield from _comparison(column, computed, known)


def _membership(column: Column, words: Asked, item: Asked | None) -> Iterator[Problem]:
    if words.kind is not None:
        yield problem(
            "computed_error",
            None,
            column.key,
            f"contains 需要列表，{words.given.key} 不是 type: list",
            f"contains needs a list; {words.given.key} is not of type list",
        )
    if item is not None and item.kind != "text":
        yield problem(
            "computed_error",
            None,
            column.key,
            f"列表里是文本，{item.given.key} 不是 text 或 enum",
            f"lists hold words; {item.given.key} is neither text nor enum",
        )


def _comparison(column: Column, computed: Computed, known: Mapping[str, Asked]) -> Iterator[Problem]:
    left, right = known[computed.left or ""], known.get(computed.right or "")
    if left.kind is None or (right is not None and right.kind is None):
        yield problem(
            "computed_error", None, column.key, "列表只能用 contains", "a list can only be asked with contains"
        )
    elif left.kind not in ORDERED and computed.op not in ("=", "!="):
        yield problem(
            "computed_error",
            None,
            column.key,
            f"{left.given.key} 没有大小，只能用 = 或 !=",
            f"{left.given.key} has no order; use = or !=",
        )
    elif right is not None and not _alike(left, right):
        yield problem(
            "computed_error",
            None,
            column.key,
            f"{left.given.key} 与 {right.given.key} 的类型或币种不同，不能比较",
            f"{left.given.key} and {right.given.key} differ in type or currency and cannot be compared",
        )
    elif right is None:
        try:
            constant_of(computed, left)
        except ValueRefused as refusal:
            yield refused("computed_error", None, column.key, refusal)


def _alike(left: Asked, right: Asked) -> bool:
    money = [one.given.unit if one.given.type == "money" else None for one in (left, right)]
    return left.kind == right.kind and money[0] == money[1]


def repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def domain_values(column: Column) -> tuple[str, ...] | None:
    """The values an enum or text column can have; None if the domain is open.

    Raises:
        CellRefused: the domain is written as a cell that cannot be read.
    """
    if not isinstance(column.domain, str):
        return column.domain
    return tuple(str(span.low) for span in parse_cell(column.domain, column.type).spans) or None


def domain_test(column: Column) -> Test:
    """The values an ordered column can have, as a test.

    Raises:
        CellRefused: the domain is not a cell.
    """
    given = column.domain or ""
    return parse_cell(given if isinstance(given, str) else ", ".join(given), column.type)
