"""Plays the cases written into a table."""

from collections.abc import Iterator

from postroad.model.label import Label
from postroad.model.table import Evaluation, Expectation, Status, TableCase
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate
from postroad.rules.report import FailedCase


def failed_cases(compiled: CompiledTable) -> Iterator[FailedCase]:
    """The cases whose answer is not what they expect; without a ``status`` a case expects OK."""
    for number, case in enumerate(compiled.table.cases, start=1):
        yield from played(compiled, case, case.name or f"#{number}")


def played(compiled: CompiledTable, case: TableCase, name: str) -> Iterator[FailedCase]:
    """How the answer to one case differs from what it expects; ``name`` is what the case is called."""
    unknown = sorted(case.inputs.keys() - {one.given.key for one in compiled.asked})
    if unknown:
        yield _failed(name, f"没有输入列 {', '.join(unknown)}", f"there is no input {', '.join(unknown)}")
        return
    got = evaluate(compiled, case.inputs, case.on)
    for what, wanted, found in _differences(case.expect, got):
        why = got.message or Label(zh="", en="")
        yield _failed(
            name,
            f"{what} 应为 {wanted}，实际为 {found}" + (f"（{why.zh}）" if why.zh else ""),
            f"{what} should be {wanted} but is {found}" + (f" ({why.en})" if why.en else ""),
        )


def _differences(expect: Expectation, got: Evaluation) -> Iterator[tuple[str, object, object]]:
    wanted = expect.status or Status.OK
    if got.status is not wanted:
        yield "status", wanted.value, got.status.value
        return
    if expect.rows is not None and sorted(expect.rows) != sorted(got.rows):
        yield "rows", list(expect.rows), got.rows
    if expect.outcome is not None and expect.outcome != got.outcome:
        yield "outcome", expect.outcome, got.outcome
    if expect.default is not None and expect.default != got.used_default:
        yield "default", expect.default, got.used_default


def _failed(case: str, zh: str, en: str) -> FailedCase:
    return FailedCase(case=case, text=Label(zh=f"用例“{case}”：{zh}", en=f"case {case!r}: {en}"))
