"""What is wrong with a `call`, as far as it can be known before the called process is looked for."""

from collections.abc import Iterator

from postroad.model.process import Call, Process
from postroad.model.template import holes
from postroad.process.problem import Problem, problem


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
        if node.process == process.process:
            yield problem(
                f"{place}.process",
                "calls_itself",
                f"“{node.label.zh}”调用的是它所在的流程",
                f"“{node.label.en}” calls the process that it is in",
            )
