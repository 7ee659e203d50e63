"""What differs between two versions of a table, one sentence for each change."""

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import JsonValue

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.table import Column, Output, Row, Table
from postroad.rules.cells import CellRefused
from postroad.rules.periods import in_words
from postroad.rules.phrases import says

Said = Callable[[Output, JsonValue], Label]
"""Puts what a row gives for an output into words."""


class Difference(Fact):
    """`row` and `column` say where; ``added`` rows stand in the newer table, ``removed`` ones in the older."""

    kind: Literal["added", "removed", "changed", "moved", "table"]
    row: str | None = None
    column: str | None = None
    text: Label


def differences(old: Table, new: Table, said: Said) -> list[Difference]:
    """How one came to the other: the table itself, its columns, its rows in the order of the new one, its cases."""
    return [
        *_settings(old, new),
        *_columns(old, new),
        *_rows(old, new, said),
        *_default(old, new, said),
        *_cases(old, new),
    ]


def _settings(old: Table, new: Table) -> Iterator[Difference]:
    if old.title != new.title:
        yield _table(f"名称由“{old.title.zh}”改为“{new.title.zh}”", f"Title: “{old.title.en}” became “{new.title.en}”")
    if old.hit != new.hit:
        yield _table(f"命中策略由 {old.hit} 改为 {new.hit}", f"Hit policy: {old.hit} became {new.hit}")


def _columns(old: Table, new: Table) -> Iterator[Difference]:
    before, after = _named(old), _named(new)
    for key in before.keys() - after.keys():
        yield _table(f"删除了列“{before[key].title.zh}”", f"Column removed: {before[key].title.en}", key)
    for key, column in after.items():
        if key not in before:
            yield _table(f"新增了列“{column.title.zh}”", f"Column added: {column.title.en}", key)
        elif before[key] != column:
            yield _table(
                f"列“{column.title.zh}”的类型、单位、取值或名称有变",
                f"Column changed in type, unit, values or title: {column.title.en}",
                key,
            )
    if [*before] != [*after] and before.keys() == after.keys():
        yield _table("列的先后有变", "The columns stand in another order")


def _named(table: Table) -> dict[str, Column | Output]:
    return {**{one.key: one for one in table.inputs}, **{one.key: one for one in table.outputs}}


def _rows(old: Table, new: Table, said: Said) -> Iterator[Difference]:
    before = {row.id: (place, row) for place, row in enumerate(old.rows, start=1)}
    after = {row.id: (place, row) for place, row in enumerate(new.rows, start=1)}
    for key, (place, row) in before.items():
        if key not in after:
            told = _whole(row, old, said)
            yield Difference(
                kind="removed",
                row=key,
                text=Label(zh=f"删除了原第 {place} 行：{told.zh}", en=f"Former row {place} removed: {told.en}"),
            )
    for key, (place, row) in after.items():
        if key not in before:
            told = _whole(row, new, said)
            yield Difference(
                kind="added",
                row=key,
                text=Label(zh=f"新增第 {place} 行：{told.zh}", en=f"Row {place} added: {told.en}"),
            )
        else:
            yield from _changed(before[key][1], row, place, new, said)
    yield from _moved(old, new)


def _changed(old: Row, new: Row, place: int, table: Table, said: Said) -> Iterator[Difference]:
    for column in table.inputs:
        was, now = old.when.get(column.key, ""), new.when.get(column.key, "")
        if was != now:
            yield _cell(new, place, column, _read(column, was), _read(column, now))
    for output in table.outputs:
        before, after = old.then.get(output.key), new.then.get(output.key)
        if before != after:
            yield _cell(new, place, output, said(output, before), said(output, after))
    if (old.valid_from, old.valid_to) != (new.valid_from, new.valid_to):
        was_days, days = in_words(old.valid_from, old.valid_to), in_words(new.valid_from, new.valid_to)
        text = Label(
            zh=f"第 {place} 行的有效期：{was_days.zh} → {days.zh}", en=f"Row {place}, days: {was_days.en} → {days.en}"
        )
        yield Difference(kind="changed", row=new.id, text=text)
    if old.note != new.note:
        yield Difference(
            kind="changed", row=new.id, text=Label(zh=f"第 {place} 行的备注有变", en=f"Row {place}: its note changed")
        )


def _cell(row: Row, place: int, column: Column | Output, was: Label, now: Label) -> Difference:
    title = column.title
    return Difference(
        kind="changed",
        row=row.id,
        column=column.key,
        text=Label(
            zh=f"第 {place} 行的{title.zh}：{was.zh} → {now.zh}", en=f"Row {place}, {title.en}: {was.en} → {now.en}"
        ),
    )


def _moved(old: Table, new: Table) -> Iterator[Difference]:
    ids = {row.id for row in new.rows} & {row.id for row in old.rows}
    before, after = ([row.id for row in table.rows if row.id in ids] for table in (old, new))
    if before != after:
        yield Difference(kind="moved", text=Label(zh="行的先后有变", en="The rows stand in another order"))


def _default(old: Table, new: Table, said: Said) -> Iterator[Difference]:
    if old.default != new.default:
        was, now = _otherwise(old, said), _otherwise(new, said)
        yield _table(f"默认行：{was.zh} → {now.zh}", f"Default row: {was.en} → {now.en}")


def _cases(old: Table, new: Table) -> Iterator[Difference]:
    added, removed = (
        [one for one in new.cases if one not in old.cases],
        [one for one in old.cases if one not in new.cases],
    )
    if added:
        yield _table(f"新增或修改了 {len(added)} 个用例", f"Cases added or changed: {len(added)}")
    if removed and len(new.cases) < len(old.cases) + len(added):
        yield _table(f"少了 {len(removed)} 个原来的用例", f"Former cases that are gone: {len(removed)}")


def _whole(row: Row, table: Table, said: Said) -> Label:
    when = [(one.title, _read(one, row.when[one.key])) for one in table.inputs if row.when.get(one.key)]
    then = [said(one, row.then.get(one.key)) for one in table.outputs]
    zh = "，".join(f"{title.zh} {cell.zh}" for title, cell in when) or "任何情况"
    en = ", ".join(f"{title.en} {cell.en}" for title, cell in when) or "every situation"
    return Label(zh=f"{zh} → {'、'.join(one.zh for one in then)}", en=f"{en} → {', '.join(one.en for one in then)}")


def _otherwise(table: Table, said: Said) -> Label:
    given = table.default
    listed = given if isinstance(given, tuple) else (given,) if given is not None else ()
    told = [said(output, one.get(output.key)) for one in listed for output in table.outputs]
    return Label(zh="、".join(one.zh for one in told) or "无", en=", ".join(one.en for one in told) or "none")


def _read(column: Column, cell: str) -> Label:
    try:
        return says(column, cell)
    except CellRefused:
        return Label.of(cell)


def _table(zh: str, en: str, column: str | None = None) -> Difference:
    return Difference(kind="table", column=column, text=Label(zh=zh, en=en))
