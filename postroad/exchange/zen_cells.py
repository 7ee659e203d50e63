"""The part of the cell and expression language of JDM (GoRules Zen) that tables of ours can say, both ways.

Strings stand between either kind of quotation mark and know no escapes. Whatever goes beyond literals, comparisons,
intervals and lists is refused with the words it begins with.
"""

import json
import re
from decimal import Decimal
from typing import Any

from postroad.exchange.feel import BeyondTables, cell_word
from postroad.exchange.plain import exact_figure
from postroad.model.exact import json_safe
from postroad.model.refusals import Malformed
from postroad.rules.cells import Test
from postroad.rules.spans import Span
from postroad.rules.values import Point, written

_STRING = r"""(?:"[^"]*"|'[^']*')"""
_TOKEN = re.compile(
    rf"""\s*(?:(?P<day>(?:d|date)\s*\(\s*{_STRING}\s*\))|(?P<string>{_STRING})|(?P<number>-?\d+(?:\.\d+)?(?![\w]))"""
    r"""|(?P<sign><=|>=|==|!=|<|>|\.\.|[,()\[\]])|(?P<word>(?:(?!\.\.)[^\s<>=!,()\[\]"'])+|.))"""
)
_VALUES = ("day", "string", "number", "truth")
Token = tuple[str, str]


def read_zen_literal(text: str) -> Any:
    """The value of a literal, or of an object or a list of them written as JSON.

    Raises:
        BeyondTables: anything else.
    """
    tokens = _tokens(text)
    if len(tokens) == 1 and tokens[0][0] in _VALUES:
        return _value(tokens[0])
    try:
        return json_safe(json.loads(text, parse_float=Decimal))
    except (ValueError, RecursionError) as error:
        raise BeyondTables(text, _strange(tokens) or text) from error


def read_zen_cell(text: str) -> str:
    """A cell of JDM as a cell of ours.

    Raises:
        BeyondTables: an expression is in it.
    """
    tokens = _tokens(text)
    if not tokens or tokens == [("word", "-")]:
        return ""
    match tokens:
        case [("sign", "!="), value]:
            return f"not({_cell(text, value)})"
        case [("word", "not"), ("word", "in"), ("sign", "["), *inner, ("sign", "]")]:
            return f"not({_listed(text, inner)})"
        case [("word", "in"), ("sign", "["), *inner, ("sign", "]")]:
            return _listed(text, inner)
        case _:
            return ", ".join(_test(text, one) for one in _split(tokens))


def _listed(text: str, inner: list[Token]) -> str:
    """What stands in the brackets of ``in [...]``: values, or the ends of one interval, which belong to it."""
    if ("sign", "..") in inner:
        return _test(text, [("sign", "["), *inner, ("sign", "]")])
    return ", ".join(_test(text, one) for one in _split(inner))


def _split(tokens: list[Token]) -> list[list[Token]]:
    tests: list[list[Token]] = [[]]
    for one in tokens:
        if one == ("sign", ","):
            tests.append([])
        else:
            tests[-1].append(one)
    return tests


def _test(text: str, tokens: list[Token]) -> str:
    match tokens:
        case [("sign", ("<" | "<=" | ">" | ">=" | "==") as sign), value]:
            return f"{'=' if sign == '==' else sign} {_cell(text, value)}"
        case [("sign", ("[" | "(" | "]") as left), low, ("sign", ".."), high, ("sign", (")" | "]" | "[") as right)]:
            opened, closed = "[" if left == "[" else "(", "]" if right == "]" else ")"
            return f"{opened}{_cell(text, low)}..{_cell(text, high)}{closed}"
        case [value]:
            return _cell(text, value)
        case _:
            raise BeyondTables(text, _strange(tokens) or text)


def _cell(text: str, token: Token) -> str:
    if token[0] not in _VALUES:
        raise BeyondTables(text, token[1])
    value = _value(token)
    if token[0] == "string":
        return cell_word(value)
    return str(value).lower() if token[0] == "truth" else str(value)


def kind_of(text: str) -> str | None:
    """The type that the values in a cell show."""
    kinds = {"day": "date", "string": "text", "number": "number", "truth": "bool"}
    return next((kinds[kind] for kind, _ in _tokens(text) if kind in kinds), None)


def _tokens(text: str) -> list[Token]:
    found = [(str(at.lastgroup), at[str(at.lastgroup)]) for at in _TOKEN.finditer(text.strip())]
    return [("truth" if said in ("true", "false") else kind, said) for kind, said in found]


def _strange(tokens: list[Token]) -> str:
    return next((said for kind, said in tokens if kind == "word"), "")


def _value(token: Token) -> Any:
    kind, said = token
    if kind == "number":
        return exact_figure(said)
    if kind == "truth":
        return said == "true"
    found = re.search(_STRING, said)
    return found[0][1:-1] if found else said


def written_zen_cell(test: Test) -> str:
    """A cell of ours as a cell of JDM.

    Raises:
        Malformed: an exception from intervals, or a text with both kinds of quotation marks, which JDM cannot say.
    """
    if test.any:
        return ""
    if not test.negated:
        return ", ".join(_written_span(span) for span in test.spans)
    points = [span.low for span in test.spans if span.is_point and span.low is not None]
    if len(points) < len(test.spans):
        raise Malformed(f"JDM 不能写 {test.text}，请改写成区间", f"JDM cannot say {test.text}; write it as intervals")
    listed = ", ".join(written_zen_point(point) for point in points)
    return f"!= {listed}" if len(points) == 1 else f"not in [{listed}]"


def _written_span(span: Span) -> str:
    if span.low is not None and span.is_point:
        return written_zen_point(span.low)
    if span.low is None and span.high is not None:
        return f"{'<=' if span.high_in else '<'} {written_zen_point(span.high)}"
    if span.high is None and span.low is not None:
        return f"{'>=' if span.low_in else '>'} {written_zen_point(span.low)}"
    low, high = (written_zen_point(end) for end in (span.low, span.high) if end is not None)
    return f"{'[' if span.low_in else '('}{low}..{high}{']' if span.high_in else ')'}"


def written_zen_point(value: Point) -> str:
    """A value as a literal.

    Raises:
        Malformed: a text with both kinds of quotation marks.
    """
    if isinstance(value, str):
        quote = '"' if '"' not in value else "'"
        if quote in value:
            raise Malformed(
                f"JDM 不能写同时含两种引号的文字：{value}", f"JDM cannot say a text with both quotes: {value}"
            )
        return f"{quote}{value}{quote}"
    return written(value) if isinstance(value, bool | Decimal) else f'd("{written(value)}")'
