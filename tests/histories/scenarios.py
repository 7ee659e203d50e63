"""One small process for each kind of node, and what people do in it, to be recorded once and replayed for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Literal

from postroad.files import load_yaml
from postroad.model.decision import Action
from postroad.model.event import ActName, AdminAct
from postroad.model.move import Destination
from postroad.model.process import Process

_HEAD = """
    process: {name}
    title: {name}
    owner: {{role: process_owner}}
    document:
      system: erp
      kind: purchase_requisition
      starts_on: submitted
      states: {{open: [submitted], returned: [returned], withdrawn: [draft], approved: [approved]}}
      actions: {{returned: return, resubmitted: submit, withdrawn: withdraw, rejected: reject}}
      card: [{{field: amount, title: 金额}}]
"""


Fields = Mapping[str, str]
Happening = tuple[str, Action] | tuple[str, Action, Fields] | AdminAct | Fields | Literal["timer"]


@dataclass(frozen=True)
class Scenario:
    """A process, and what happens, in order.

    That is (person, action) with what the person fills in, an administrator's act, a timer that runs out, or fields of
    the document that change in its own system.

    `agents` says who acts for whom: (person, agent).

    With `moved_to`, the instance moves to these steps when the first person has been asked; `mapping` says what has
    become of renamed nodes.

    By the number of an act, from 0: `fills` is what is filled in with it, `edits`, what changes in the document before.
    """

    name: str
    steps: str
    acts: tuple[Happening, ...] = ()
    amount: str = "28000"
    conflict_on: str = ""
    slow_chat: bool = False
    moved_to: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    agents: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)

    def process(self) -> Process:
        return self._with(self.steps)

    def destination(self) -> Destination:
        told = self._with(self.moved_to).model_dump(mode="json")
        return Destination(release=f"{self.name}@2", process=told, mapping=dict(self.mapping))

    def _with(self, steps: str) -> Process:
        return Process.model_validate(load_yaml(dedent(_HEAD).format(name=self.name) + dedent(steps)))


YES, NO = Action.APPROVE, Action.REJECT


def admin(act: ActName, node: str | None = None) -> AdminAct:
    return AdminAct(id=act, act=act, by="admin", reason="核查", node=node)


CALLED = (
    Scenario("quality-check", """
        steps:
          - {approval: inspect, who: {role: buyer}}
        """),
)  # fmt: skip
"""Processes that others call."""

SCENARIOS = (
    Scenario("decide", """
        steps:
          - {decide: route, table: purchase-route}
          - {approval: approve, who: {from: route.approver}}
        """, (("chen", YES),)),
    Scenario("decide-latest", """
        steps:
          - {decide: route, table: purchase-route, pin: latest}
          - {approval: approve, who: {from: route.approver}}
        """, (("chen", YES),)),
    Scenario("approval-all", """
        steps:
          - {approval: approve, mode: all, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("wang", YES), ("chen", YES))),
    Scenario("approval-any", """
        steps:
          - {approval: approve, mode: any, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("wang", YES),)),
    Scenario("approval-sequence", """
        steps:
          - {approval: approve, mode: sequence, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("chen", YES), ("wang", YES))),
    Scenario("approval-votes", """
        steps:
          - {approval: approve, mode: votes, pass: 50%, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("wang", YES),)),
    Scenario("approval-claimed", """
        steps:
          - {approval: approve, assign: claim, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("wang", Action.CLAIM), ("wang", YES))),
    Scenario("approval-returned", """
        steps:
          - {approval: approve, reject: to_initiator, who: {role: buyer}}
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve, undo: reopen}
        """, (("chen", NO), ("li", Action.RESUBMIT), ("chen", YES))),
    Scenario("resubmit-direct", """
        steps:
          - {approval: first, who: {role: buyer}}
          - {approval: approve, who: {role: purchasing_director}, reject: to_initiator, resubmit: direct}
        """, (("chen", YES), ("wang", NO), ("li", Action.RESUBMIT), ("wang", YES))),
    Scenario("taken-back", """
        take_back: true
        steps:
          - {approval: first, who: {role: buyer}}
          - {effect: book, connector: pms, entity: task, action: create, args: {title: "{number}"}, undo: cancel}
          - {approval: approve, who: {role: purchasing_director}}
        """, (("chen", YES), ("chen", Action.TAKE_BACK), ("chen", YES), ("wang", YES))),
    Scenario("revoked", """
        revoke: 30d
        steps:
          - {approval: approve, who: {role: buyer}}
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve, undo: reopen}
        """, (("chen", YES), ("li", Action.REVOKE), ("chen", YES))),
    Scenario("approval-by-agent", """
        steps:
          - {approval: approve, mode: all, who: [{role: buyer}, {role: purchasing_director}]}
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve, undo: reopen}
        """, (("sun", YES), ("wang", YES)), agents=(("chen", "sun"),)),
    Scenario("approval-rejected", """
        steps:
          - {effect: first, connector: pms, entity: task, action: create, args: {title: "{number}"}, undo: cancel}
          - {approval: approve, who: {role: buyer}}
        """, (("chen", NO),)),
    Scenario("edited", """
        steps:
          - {approval: approve, who: [{role: buyer}, {role: purchasing_director}]}
        """, (("chen", YES), {"amount": "30000"}, ("chen", YES), ("wang", YES))),
    Scenario("filled", """
        reach: run
        steps:
          - {approval: first, who: {role: buyer}, fields: {note: hidden}}
          - {approval: price, who: {role: buyer}}
          - {approval: approve, who: {role: purchasing_director}, fields: {note: required}}
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve, args: {note: "{note}"}}
        """, (("chen", YES), ("chen", YES), ("wang", YES, {"note": "分两批"}), ("chen", YES), ("wang", YES))),
    Scenario("deadline", """
        steps:
          - {approval: in_time, who: {role: buyer}, deadline: {after: 8h, ladder: [remind]}}
          - approval: late
            who: {role: buyer}
            deadline: {after: 1s, calendar: clock, ladder: [remind, superior, pass]}
        """, (("chen", YES),)),
    Scenario("assigned", """
        steps:
          - approval: check
            estimate: 0.5
            who: {role: buyer, strategy: least_loaded}
          - work: order
            who: {role: purchasing_director, strategy: round_robin, apart_from: [check]}
        """, (("chen", YES), ("wang", Action.COMPLETE))),
    Scenario("work", """
        steps:
          - {work: count, who: {role: buyer}}
        """, (("chen", Action.COMPLETE),)),
    Scenario("cc", """
        steps:
          - {cc: finance, who: {role: finance_director}}
        """),
    Scenario("branch", """
        steps:
          - branch: size
            branches:
              - {when: {amount: "> 100000"}, steps: [{approval: high, who: {role: purchasing_director}}]}
            otherwise: [{approval: low, who: {role: buyer}}]
        """, (("chen", YES),)),
    Scenario("inclusive", """
        steps:
          - branch: checks
            inclusive: true
            branches:
              - {when: {amount: "> 100"}, steps: [{approval: some, who: {role: buyer}}]}
              - {when: {amount: "> 1000"}, steps: [{approval: more, who: {role: purchasing_director}}]}
              - {when: {amount: "> 1000000"}, steps: [{approval: most, who: {role: finance_director}}]}
          - {approval: last, who: {role: finance_director}}
        """, (("wang", YES), ("chen", YES), ("zhao", YES))),
    Scenario("each", """
        steps:
          - each: line
            items: lines
            item_title: "{line.sku}"
            steps:
              - {decide: route, table: purchase-route, inputs: {amount: line.amount, material: material}}
              - {approval: check, who: {from: route.approver}}
              - {effect: book, connector: pms, entity: task, action: create, args: {title: "{line.sku}"}, undo: cancel}
          - {approval: last, who: {role: finance_director}}
        """, (("chen", YES), ("wang", YES), ("zhao", YES)), fields={"lines": [
            {"sku": "A", "amount": "28000"}, {"sku": "B", "amount": "120000"}]}),
    Scenario("call", """
        steps:
          - {call: quality, process: quality-check, inputs: {amount: amount}}
          - {approval: last, when: {quality.outcome: approved}, who: {role: finance_director}}
        """, (("chen", YES), ("zhao", YES))),
    Scenario("call-off", """
        steps:
          - parallel: either
            join: any
            branches:
              - [{call: quality, process: quality-check}]
              - [{approval: right, who: {role: purchasing_director}}]
          - {wait: calm, for: 1s}
        """, (("wang", YES),)),
    Scenario("parallel-all", """
        steps:
          - parallel: both
            branches:
              - [{approval: left, who: {role: buyer}}]
              - [{approval: right, who: {role: purchasing_director}}]
        """, (("wang", YES), ("chen", YES))),
    Scenario("parallel-any", """
        steps:
          - parallel: either
            join: any
            branches:
              - [{approval: left, who: {role: buyer}}]
              - [{approval: right, who: {role: purchasing_director}}]
        """, (("wang", YES),)),
    Scenario("effect", """
        steps:
          - {effect: follow_up, connector: pms, entity: task, action: create, assignee: {role: project_manager},
             args: {title: "{number}", assignee: "{assignee.person}"}}
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve}
        """),
    Scenario("effect-conflict", """
        steps:
          - {effect: write_back, connector: erp, entity: purchase_requisition, action: approve}
        """, (("qian", Action.RETRY),), conflict_on="approve"),
    Scenario("slow-chat", """
        steps:
          - {approval: approve, who: {role: buyer}}
        """, (("chen", YES),), slow_chat=True),
    Scenario("wait", """
        steps:
          - {wait: moment, for: 1s}
        """),
    Scenario("moved", """
        steps:
          - parallel: both
            branches:
              - [{approval: approve, who: {role: buyer}}]
              - [{wait: pause, for: 2s}]
        """, (("chen", YES), ("wang", YES)), moved_to="""
        steps:
          - {cc: finance, who: {role: finance_director}}
          - parallel: both
            branches:
              - [{wait: rest, for: 2s}]
              - [{approval: check, who: {role: purchasing_director}}]
          - {approval: last, who: {role: purchasing_director}}
        """, mapping=(("approve", "check"), ("pause", "rest"))),
    Scenario("end", """
        steps:
          - {approval: approve, who: {role: buyer}}
          - {end: done, outcome: stored}
        """, (("chen", YES),)),
    Scenario("suspended", """
        steps:
          - {approval: first, who: {role: buyer}}
          - {wait: moment, for: 1s}
          - {approval: last, who: {role: purchasing_director}}
        """, (("chen", YES), admin("suspend"), "timer", admin("resume"), ("wang", YES))),
    Scenario("jumped", """
        steps:
          - {approval: first, who: {role: buyer}}
          - {effect: follow_up, connector: pms, entity: task, action: create, args: {title: "{number}"}, undo: cancel}
          - {approval: second, who: {role: purchasing_director}}
          - {approval: last, who: {role: finance_director}}
        """, (("chen", YES), ("wang", YES), admin("jump", "first"), ("chen", YES), ("wang", YES), ("zhao", YES))),
    Scenario("terminated", """
        steps:
          - {effect: first, connector: pms, entity: task, action: create, args: {title: "{number}"}, undo: cancel}
          - {approval: approve, who: {role: buyer}}
        """, (admin("terminate"),)),
    Scenario("no-match", """
        steps:
          - {decide: route, table: purchase-route}
          - {end: done, outcome: stored}
        """, (("qian", Action.SKIP),), amount="-1"),
)  # fmt: skip
