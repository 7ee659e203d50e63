"""Whether what rows and default say is what the outputs and the hit policy can take."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from postroad.model.hit import HitPolicy
from postroad.model.people import Who
from postroad.model.refusals import Malformed, Refusal
from postroad.model.table import Output, Table
from postroad.rules.outcomes import comparable
from postroad.rules.problem import Problem, problem, refused
from postroad.rules.values import KIND, read_value


def outputs(table: Table) -> Iterator[Problem]:
    """What is wrong with the outputs by themselves and under the hit policy."""
    for output in table.outputs:
        for value in output.values or ():
            yield from _output(value, output, None)
    if table.hit.ranks and not any(output.values for output in table.outputs):
        yield problem(
            "priority_missing",
            None,
            None,
            f"{table.hit} 需要至少一个输出列写明 values，重要的在前",
            f"{table.hit} needs an output with values, the most important first",
        )
    if table.hit.aggregates and len(table.outputs) > 1:
        yield problem(
            "aggregate_outputs", None, None, f"{table.hit} 只能有一个输出列", f"{table.hit} takes exactly one output"
        )
    elif table.hit.aggregates and table.hit is not HitPolicy.COLLECT_COUNT:
        yield from _adds_up(table.outputs[0], table.hit)


def _adds_up(output: Output, hit: HitPolicy) -> Iterator[Problem]:
    if output.type not in ("number", "money"):
        yield problem(
            "aggregate_type",
            None,
            output.key,
            f"{hit} 的输出列必须是 number 或 money",
            f"the output of {hit} must be a number or money",
        )


def outcome(then: Mapping[str, Any], declares: Iterable[Output], row: str | None) -> Iterator[Problem]:
    """What is wrong with what a row, or the default, says."""
    declared = {output.key: output for output in declares}
    for key in then.keys() - declared.keys():
        yield problem("unknown_output", row, key, f"没有输出列 {key}", f"there is no output column {key}")
    for key, output in declared.items():
        if key not in then:
            title = output.title
            yield problem(
                "output_missing",
                row,
                key,
                f"缺少输出“{title.zh}”，请填写",
                f"the output “{title.en}” is missing; say it",
            )
        else:
            yield from _output(then[key], output, row)


def _output(value: Any, output: Output, row: str | None) -> Iterator[Problem]:
    try:
        _read(value, output)
    except Refusal as refusal:
        yield refused("output_error", row, output.key, refusal)
        return
    if output.values and comparable(value, output) not in {comparable(one, output) for one in _readable(output)}:
        listed = ", ".join(str(one) for one in output.values)
        yield problem(
            "outside_values",
            row,
            output.key,
            f"{value} 不在 values 中，可用：{listed}",
            f"{value} is not among the values; use {listed}",
        )


def _readable(output: Output) -> Iterator[Any]:
    for value in output.values or ():
        try:
            _read(value, output)
        except Refusal:
            continue  # named where the output is looked at
        yield value


def _read(value: Any, output: Output) -> None:
    if output.type == "who":
        _read_who(value)
    elif output.type != "json":
        read_value(KIND[output.type], value)


def _read_who(value: Any) -> None:
    """A specification of people, or several."""
    several = value if isinstance(value, list) and value else [value]
    for one in several:
        if isinstance(one, str):
            raise Malformed(
                f"“{one}”不是角色、部门或人；请从列表中选，或写成 role: buyer 这样",
                f"“{one}” is no role, department or person; choose from the list, or write it like role: buyer",
            )
        try:
            Who.model_validate(one)
        except ValidationError as error:
            said = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise Malformed(
                f"不是处理人规格（例如 {{role: buyer}}）：{said}",
                f"not a specification of people such as {{role: buyer}}: {said}",
            ) from error


def default(table: Table) -> Iterator[Problem]:
    """What is wrong with the default."""
    given = table.default
    if given is None:
        return
    if table.hit is HitPolicy.COLLECT_COUNT:
        yield _default_error(
            "collect_count 没有适用行时结果是 0，不需要 default",
            "collect_count answers 0 when no row applies; no default",
        )
    elif isinstance(given, tuple) and not table.hit.lists:
        yield _default_error(
            "只有 collect、rule_order、output_order 表的 default 可以是列表",
            "only a collect, rule_order or output_order table may have a list as default",
        )
    else:
        for one in given if isinstance(given, tuple) else (given,):
            yield from outcome(one, table.outputs, "default")


def _default_error(zh: str, en: str) -> Problem:
    return problem("default_error", None, None, zh, en)
