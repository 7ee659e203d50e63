"""The part of FEEL that decision tables without expressions use: literals and unary tests, to and from our own.

Whatever goes beyond it, such as names, functions, arithmetic and contexts, is refused with the words it begins with.
"""

import json
import re
from decimal import Decimal
from typing import Any

from postroad.exchange.plain import exact_figure
from postroad.model.refusals import Malformed
from postroad.rules.cells import Test
from postroad.rules.spans import Span
from postroad.rules.values import Point, written

_STRING = r'"(?:[^"\\]|\\.)*"'
_TOKEN = re.compile(
    rf"""\s*(?:(?P<day>date\s*\(\s*{_STRING}\s*\)|@\s*{_STRING})|(?P<string>{_STRING})|(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+)(?![\w]))"""
    r"""|(?P<sign><=|>=|!=|<|>|=|\.\.|[,()\[\]])|(?P<word>(?:(?!\.\.)[^\s<>=,()\[\]"])+|.))"""
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", flags=re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}
_PLAIN_WORD = re.compile(r"[^\W\d]\w*")
_COMPARES = ("<", "<=", ">", ">=", "=")


class BeyondTables(Malformed):
    """FEEL that a table without expressions does not have."""

    code = "feel_expression"

    def __init__(self, text: str, found: str) -> None:
        super().__init__(
            f"“{text}”中的 {found} 是表达式，不支持；请改成值、区间或列表",
            f"{found} in {text!r} is an expression, which is not supported; use values, intervals or lists",
        )


def read_literal(text: str) -> Any:
    """The value of a string, number, truth value or day.

    Raises:
        BeyondTables: anything else.
    """
    tokens = _tokens(text)
    if len(tokens) == 1 and tokens[0][0] in ("day", "string", "number", "truth"):
        return _value(text, *tokens[0])
    raise BeyondTables(text, _first_strange(tokens) or text)


def read_literals(text: str) -> list[Any]:
    """Values between commas.

    Raises:
        BeyondTables: anything else.
    """
    tokens = _tokens(text)
    if any(one != ("sign", ",") for one in tokens[1::2]) or len(tokens) % 2 == 0:
        raise BeyondTables(text, _first_strange(tokens) or text)
    return [_value(text, *one) for one in tokens[::2]]


def read_unary_tests(text: str) -> str:
    """Unary tests as the text of a cell of ours.

    Raises:
        BeyondTables: an expression is in them.
    """
    if text.strip() in ("", "-"):
        return ""
    tokens = _tokens(text)
    if tokens[0] == ("word", "not") and tokens[1:2] == [("sign", "(")] and tokens[-1] == ("sign", ")"):
        return f"not({_tests(text, tokens[2:-1])})"
    return _tests(text, tokens)


def _tests(text: str, tokens: list[tuple[str, str]]) -> str:
    tests: list[list[tuple[str, str]]] = [[]]
    for one in tokens:
        if one == ("sign", ","):
            tests.append([])
        else:
            tests[-1].append(one)
    return ", ".join(_test(text, one) for one in tests)


def _test(text: str, tokens: list[tuple[str, str]]) -> str:
    match tokens:
        case [("sign", sign), endpoint] if sign in _COMPARES:
            return f"{sign} {_cell(text, endpoint)}"
        case [("sign", ("[" | "(" | "]") as left), low, ("sign", ".."), high, ("sign", (")" | "]" | "[") as right)]:
            opened, closed = "[" if left == "[" else "(", "]" if right == "]" else ")"
            return f"{opened}{_cell(text, low)}..{_cell(text, high)}{closed}"
        case [endpoint]:
            return _cell(text, endpoint)
        case _:
            raise BeyondTables(text, _first_strange(tokens) or text)


def _cell(text: str, token: tuple[str, str]) -> str:
    if token[0] not in ("day", "string", "number", "truth"):
        raise BeyondTables(text, token[1])
    value = _value(text, *token)
    if token[0] == "string":
        return cell_word(value)
    return str(value).lower() if token[0] == "truth" else str(value)


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    for at in _TOKEN.finditer(text.strip()):
        kind = str(at.lastgroup)
        said = at[kind]
        found.append(("truth" if said in ("true", "false") else kind, said))
    return found


def _first_strange(tokens: list[tuple[str, str]]) -> str:
    return next((said for kind, said in tokens if kind == "word"), "")


def _value(text: str, kind: str, said: str) -> Any:
    if kind == "number":
        return exact_figure(said)
    if kind == "truth":
        return said == "true"
    if kind not in ("string", "day"):
        raise BeyondTables(text, said)
    return _unescaped(said[said.index('"') + 1 : said.rindex('"')])


def _unescaped(text: str) -> str:
    def one(escape: re.Match[str]) -> str:
        said = escape[1]
        if len(said) > 1:
            return chr(int(said[1:], 16) % 0x110000)
        return _CONTROL.get(said, said)

    read = _ESCAPE.sub(one, text)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # escapes come in pairs of surrogates


def cell_word(text: str) -> str:
    """A text as a cell of ours says it."""
    if _PLAIN_WORD.fullmatch(text) and text != "not":
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written_unary_tests(test: Test) -> str:
    """A cell of ours as unary tests."""
    if test.any:
        return "-"
    listed = ", ".join(_written_span(span) for span in test.spans)
    return f"not({listed})" if test.negated else listed


def _written_span(span: Span) -> str:
    if span.is_point and span.low is not None:
        return written_point(span.low)
    if span.low is None and span.high is not None:
        return f"{'<=' if span.high_in else '<'} {written_point(span.high)}"
    if span.high is None and span.low is not None:
        return f"{'>=' if span.low_in else '>'} {written_point(span.low)}"
    assert span.low is not None and span.high is not None  # noqa: S101, PT018 - a span has an end
    low, high = written_point(span.low), written_point(span.high)
    return f"{'[' if span.low_in else '('}{low}..{high}{']' if span.high_in else ')'}"


def written_point(value: Point) -> str:
    """A value as a literal."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return written(value) if isinstance(value, bool | Decimal) else f'date("{written(value)}")'
