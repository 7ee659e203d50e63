"""What is wrong in a file that should become a decision table, and where in it."""

from collections.abc import Iterator, Sequence

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.refusals import Malformed
from postroad.model.table import Table
from postroad.rules.wellformed import problems

_TOLD = 5


class Located(Fact):
    """Something to correct. ``place`` is where the author looks: a cell ``规则!C7``, or an element and its id."""

    place: str
    message: Label

    def line(self, lang: str) -> str:
        between = "：" if lang == "zh" else ": "
        return between.join(part for part in (self.place, self.message.text(lang)) if part)


def located(place: str, zh: str, en: str) -> Located:
    return Located(place=place, message=Label(zh=zh, en=en))


def mistakes(table: Table) -> list[Located]:
    """What keeps a table from being compiled, by row and column."""
    return [
        Located(place=".".join(part for part in (one.row, one.column) if part), message=one.message)
        for one in problems(table)
    ]


def ours_alone(table: Table, language: str) -> Iterator[Located]:
    """What only our tables have, so that no file of another language can say it."""
    for column in table.inputs:
        if column.is_:
            yield located(
                column.key,
                f"计算列（{column.is_}）不能写成 {language}",
                f"{language} takes no column worked out as {column.is_}",
            )
    for row in table.rows:
        if row.valid_from or row.valid_to:
            zh, en = f"{language} 没有有效期，请先删除", f"{language} has no valid_from and valid_to; remove them first"
            yield located(row.id, zh, en)


class NotATable(Malformed):
    """A file that does not become a table; ``problems`` says why, place by place, in reading order."""

    code = "table_not_read"

    def __init__(self, name: str, problems: Sequence[Located]) -> None:
        self.name, self.problems = name, tuple(problems)
        zh = "；".join(one.line("zh") for one in self.problems[:_TOLD])
        en = "; ".join(one.line("en") for one in self.problems[:_TOLD])
        more = len(self.problems) - _TOLD
        super().__init__(
            f"{name} 有 {len(self.problems)} 处需要改正：{zh}" + (f"；另有 {more} 处" if more > 0 else ""),
            f"{name} has {len(self.problems)} things to correct: {en}" + (f"; and {more} more" if more > 0 else ""),
        )
