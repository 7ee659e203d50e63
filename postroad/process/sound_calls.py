"""What is wrong with a `call`, as far as it can be known before the called process is looked for."""

from collections.abc import Iterator

from postroad.model.process import Call, Process
from postroad.model.template import holes
from postroad.process.problem import Problem, problem

_GIVEN = frozenset({"decision", "assignee", "initiator"})
"""What every process knows by itself, and nobody gives it."""


def of_calls(process: Process) -> Iterator[Problem]:
    for place, node in process.walk():
        if not isinstance(node, Call):
            continue
        template = node.document or ""
        if template.count("{") != len(holes(template)):
            yield problem(
                f"{place}.document",
                "bad_template",
                f"模板无法识别：{template}",
                f"the template cannot be read: {template}",
            )
        for name in sorted(_GIVEN & set(node.inputs)):
            yield problem(
                f"{place}.inputs.{name}",
                "taken_input",
                f"{name} 是被调用的流程自己的变量，请换一个名字",
                f"{name} is a variable of the called process itself; choose another name",
            )
        if node.process == process.process:
            yield problem(
                f"{place}.process",
                "calls_itself",
                f"“{node.label.zh}”调用的是它所在的流程",
                f"“{node.label.en}” calls the process that it is in",
            )
