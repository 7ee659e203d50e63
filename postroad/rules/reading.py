"""Reads the text of a cell; the grammar stands in postroad.rules.cells."""

import re

from postroad.model.refusals import Malformed
from postroad.rules.spans import Span, point
from postroad.rules.values import DATE, NUMBER, ORDERED, Kind, Point, ValueRefused, read_value

_FULL_WIDTH = str.maketrans(
    {"，": ",", "、": ",", "（": "(", "）": ")", "【": "[", "】": "]", "［": "[", "］": "]"}
    | {"＜": "<", "＞": ">", "＝": "=", "“": '"', "”": '"'}
)
_TOKEN = re.compile(
    r"""\s*(?P<token>"(?:[^"\\]|\\.)*"|<=|>=|≤|≥|[<>=,()\[\]]|\.\.|(?:(?!\.\.)[^\s"<>=≤≥,()\[\]])+|")""",
)
_QUOTED = re.compile(r"""(["“](?:[^"“”\\]|\\.)*["”])""")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_COMPARE = {"<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=", "=": "="}
_NO_VALUE = frozenset(_COMPARE) | frozenset(',()[]-"') | {".."}

EXAMPLE: dict[Kind | None, str] = {
    "number": "[5000..50000]",
    "date": "[2026-01-01..2026-12-31]",
    "bool": "true",
    "text": 'production, "VIP"',
    None: "< 5000",
}


class CellRefused(Malformed):
    """Text that is not a cell. ``position`` counts characters from 1."""

    code = "cell_refused"

    def __init__(self, text: str, position: int, expected: tuple[str, str], example: str) -> None:
        self.text, self.position, self.example = text, position, example
        zh, en = expected
        super().__init__(
            f"单元格“{text}”第 {position} 个字符：{zh}，例如 {example}",
            f"cell {text!r}, character {position}: {en}, for example {example}",
        )


class CellReader:
    """One pass over one cell. ``kind`` is what the column compares, None when each literal decides."""

    def __init__(self, text: str, kind: Kind | None) -> None:
        self.text, self.kind = text, kind
        self._readable = _fold(text)
        self._tokens = self._split()
        self._next = 0

    def cell(self) -> tuple[tuple[Span, ...], bool]:
        """The spans of the cell and whether they are negated; no spans for any value."""
        if self.text in ("", "-"):
            return (), False
        self._refuse_thousands()
        negated = self._word() == "not" and self._word(1) == "("
        if negated:
            self._next += 2
        spans = self._list()
        if negated:
            self._take(")", ("括号未闭合，应为 )", "expected a closing )"))
        if self._word() is not None:
            raise self._refused(self._end_expectation())
        return spans, negated

    def _list(self) -> tuple[Span, ...]:
        spans = [self._test()]
        while self._word() == ",":
            self._next += 1
            spans.append(self._test())
        return tuple(spans)

    def _test(self) -> Span:
        word = self._word()
        if word in _COMPARE:
            return self._comparison(_COMPARE[word])
        if word in ("[", "("):
            return self._interval()
        kind, value = self._value()
        return point(kind, value, loose=self.kind is None)

    def _comparison(self, sign: str) -> Span:
        start = self._next
        self._next += 1
        kind, value = self._value()
        if sign == "=":
            return point(kind, value, loose=self.kind is None)
        self._refuse_order(kind, start)
        loose = self.kind is None
        if sign.startswith("<"):
            return Span(kind, None, False, value, sign == "<=", loose)
        return Span(kind, value, sign == ">=", None, False, loose)

    def _interval(self) -> Span:
        start = self._next
        if self.kind is not None:
            self._refuse_order(self.kind, start)
        low_in = self._word() == "["
        self._next += 1
        low = None if self._word() == ".." else self._value()
        self._take("..", ("区间两端之间应为 ..", "expected .. between the two ends"))
        high = None if self._word() in (")", "]") else self._value()
        if self._word() not in (")", "]"):
            raise self._refused(("区间应以 ] 或 ) 结束", "expected ] or ) at the end of the interval"))
        high_in = self._word() == "]"
        self._next += 1
        return self._span(start, low, high, low_in=low_in, high_in=high_in)

    def _span(
        self,
        start: int,
        low: tuple[Kind, Point] | None,
        high: tuple[Kind, Point] | None,
        *,
        low_in: bool,
        high_in: bool,
    ) -> Span:
        some = low or high
        if some is None:
            raise self._refused(
                ("区间至少要有一端；任意值请写 -", "an interval needs an end; any value is written -"), start
            )
        kind = some[0]
        self._refuse_order(kind, start)
        if low and high and low[0] != high[0]:
            raise self._refused(("区间两端应为同一类型", "both ends of an interval must be of one kind"), start)
        if low and high and _is_empty(low[1], high[1], closed=low_in and high_in):
            raise self._refused(("区间为空：起点应小于终点", "the interval is empty; it must rise"), start)
        return Span(
            kind,
            low[1] if low else None,
            low_in and low is not None,
            high[1] if high else None,
            high_in and high is not None,
            self.kind is None,
        )

    def _value(self) -> tuple[Kind, Point]:
        word = self._word()
        if word is None or word in _NO_VALUE:
            raise self._refused(self._value_expectation(word))
        quoted = word.startswith('"')
        kind: Kind = self.kind or ("text" if quoted else _kind_of(word))
        if quoted and kind != "text":
            raise self._refused(("此列不是文本，不要加引号", "this column is not text; leave out the quotes"))
        try:
            value = read_value(kind, _unquoted(word) if quoted else word)
        except ValueRefused as refused:
            raise self._refused((refused.label.zh, refused.label.en)) from refused
        self._next += 1
        return kind, value

    def _take(self, token: str, expected: tuple[str, str]) -> None:
        if self._word() != token:
            raise self._refused(expected)
        self._next += 1

    def _word(self, ahead: int = 0) -> str | None:
        place = self._next + ahead
        return self._tokens[place][0] if place < len(self._tokens) else None

    def _split(self) -> list[tuple[str, int]]:
        found = _TOKEN.finditer(self._readable)
        return [(at["token"], at.start("token")) for at in found]

    def _refused(self, expected: tuple[str, str], token: int | None = None, example: str | None = None) -> CellRefused:
        place = self._next if token is None else token
        position = self._tokens[place][1] + 1 if place < len(self._tokens) else len(self.text) + 1
        return CellRefused(self.text, position, expected, example or EXAMPLE[self.kind])

    def _refuse_thousands(self) -> None:
        found = _THOUSANDS.search(self._readable) if self.kind in ("number", None) else None
        if found:
            raise CellRefused(
                self.text,
                found.start() + 1,
                (
                    "不要写千位分隔符；若是列表，逗号后加空格",
                    "leave out thousands separators; in a list put a space after the comma",
                ),
                found[0].replace(",", ""),
            )

    def _refuse_order(self, kind: Kind, token: int) -> None:
        if kind not in ORDERED:
            raise self._refused(
                (
                    "只有数字、金额和日期可以比较大小；这里请写值或列表",
                    "only numbers, money and dates have an order; write values here",
                ),
                token,
                EXAMPLE["text"] if kind == "text" else EXAMPLE["bool"],
            )

    def _value_expectation(self, word: str | None) -> tuple[str, str]:
        if word == '"':
            return ("引号未闭合", "the quotation mark is not closed")
        if word == "-":
            return ("- 表示任意值，只能单独写", "- means any value and stands alone")
        return ("此处应为一个值", "expected a value here")

    def _end_expectation(self) -> tuple[str, str]:
        if self.kind in ORDERED:
            return (
                "此处应为逗号或结束；范围请写成区间",
                "expected a comma or the end; a range is written as an interval",
            )
        return (
            "此处应为逗号或结束；含空格的文本要加引号",
            "expected a comma or the end; text with spaces needs quotes",
        )


def _fold(text: str) -> str:
    """Full-width punctuation as ASCII, outside quotation marks; every character keeps its place."""
    parts = _QUOTED.split(text)
    return "".join(f'"{part[1:-1]}"' if index % 2 else part.translate(_FULL_WIDTH) for index, part in enumerate(parts))


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1])


def _kind_of(word: str) -> Kind:
    if NUMBER.fullmatch(word):
        return "number"
    if DATE.fullmatch(word):
        return "date"
    return "bool" if word in ("true", "false") else "text"


def _is_empty(low: Point, high: Point, *, closed: bool) -> bool:
    return low > high or (low == high and not closed)  # type: ignore[operator] # both ends are of one ordered kind
