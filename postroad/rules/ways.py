"""What the conditions of branches leave out, share and hide, found as in a decision table whose first row wins."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import JsonValue

from postroad.model.hit import HitPolicy
from postroad.model.label import Label
from postroad.model.table import Column, ColumnType, Output, Row, Table
from postroad.rules.cells import CellRefused, parse_cell
from postroad.rules.check import check
from postroad.rules.values import Kind

When = Mapping[str, str]
_TYPE: dict[Kind, ColumnType] = {"number": "number", "date": "date", "bool": "bool", "text": "text"}


class Situation(NamedTuple):
    """Some situations in words, and one of them by variable."""

    text: Label
    witness: dict[str, JsonValue]


class Ways(NamedTuple):
    """What is known about conditions asked in turn, each named by its place.

    ``never`` maps those that never get a turn to the earlier ones that hide them, ``both`` names pairs that hold at
    once, ``none`` the situations in which no condition holds. Unless ``proven`` there may be more.
    """

    never: dict[int, tuple[int, ...]]
    both: list[tuple[int, int, Situation]]
    none: list[Situation]
    proven: bool = True


def ways(whens: Sequence[When]) -> Ways | None:
    """What these conditions mean together; None if they compare one variable in ways that do not fit together.

    A variable is taken to be of the kind it is compared with: a condition that meets a value of another kind is
    refused, or does not hold, when it is asked.
    """
    try:
        columns = [_column(number, name, whens) for number, name in enumerate(_names(whens))]
    except CellRefused:
        return None
    asked = [column for column in columns if column is not None]
    if len(asked) < len(columns) or not asked:
        return None
    return _found(asked, whens)


def _found(columns: Sequence[Column], whens: Sequence[When]) -> Ways:
    names = {column.key: column.title.zh for column in columns}
    rows = tuple(
        Row(id=str(place), when={key: when[name] for key, name in names.items() if name in when}, then={"way": place})
        for place, when in enumerate(whens)
    )
    table = Table(
        table="ways",
        title=Label(zh="分支", en="branches"),
        hit=HitPolicy.FIRST,
        inputs=tuple(columns),
        outputs=(Output(key="way", title=Label(zh="分支", en="branch")),),
        rows=rows,
    )
    report = check(table)
    return Ways(
        {int(dead.row): tuple(int(by) for by in dead.by) for dead in report.unreachable},
        [
            (int(met.rows[0]), int(met.rows[1]), Situation(met.text, _named(met.witness, names)))
            for met in report.shared
        ],
        [Situation(gap.text, _named(gap.witness, names)) for gap in report.gaps],
        report.proven,
    )


def _names(whens: Sequence[When]) -> Iterator[str]:
    return iter(dict.fromkeys(name for when in whens for name in when))


def _column(number: int, name: str, whens: Sequence[When]) -> Column | None:
    tests = [parse_cell(when[name]) for when in whens if name in when]
    kinds = {span.kind for test in tests for span in test.spans}
    if len(kinds) > 1:
        return None
    kind = kinds.pop() if kinds else "text"
    return Column(key=f"v{number}", title=Label(zh=name, en=name), type=_TYPE[kind])


def _named(witness: Mapping[str, JsonValue], names: Mapping[str, str]) -> dict[str, JsonValue]:
    return {names[key]: value for key, value in witness.items()}
