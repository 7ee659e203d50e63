from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.erp.documents import Document, Register, Transition
from sandbox.orders import ActionOrder

Level = Literal["normal", "vip"]
Urgency = Literal["normal", "urgent"]


class Report(BaseModel):
    """What the hotline writes down when a customer calls; `region` is one of the sales regions, 华东 and so on."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1)
    reporter: str = Field(min_length=1)
    customer: str = Field(min_length=1)
    level: Level = "normal"
    region: str = Field(min_length=1)
    product: str = ""
    urgency: Urgency = "normal"
    problem: str = ""


class ServiceRequest(Document):
    """A customer's request for service: reported, then assigned to an engineer, then done."""

    model: ClassVar[str] = "service_request"

    state: str = "new"
    title: str
    reporter: str
    customer: str
    level: Level
    region: str
    product: str
    urgency: Urgency
    problem: str
    engineer: str = ""
    result: str = ""


class ServiceOrder(ActionOrder):
    """`engineer` is who goes there, `result` what was done."""

    engineer: str = ""
    result: str = ""


class ServiceRequests(Register[ServiceRequest]):
    """The after-sales module of the ERP."""

    transitions: ClassVar = {
        "report": Transition(frozenset({"new"}), "reported", "reported"),
        "assign": Transition(frozenset({"reported"}), "assigned", "assigned"),
        "unassign": Transition(frozenset({"assigned"}), "reported", "unassigned"),
        "complete": Transition(frozenset({"assigned"}), "done", "done"),
        "reopen": Transition(frozenset({"done"}), "assigned", "reopened"),
        "cancel": Transition(frozenset({"new", "reported", "assigned"}), "cancelled", "cancelled"),
    }
    called = ("服务请求", "Service request")
    handed_in = "report"

    def report(self, report: Report) -> ServiceRequest:
        """Written down and handed in at once."""
        number = self._next_number("SR")
        document = ServiceRequest(id=number, number=number, updated_at=self._clock.now(), **report.model_dump())
        self._add(document, report.reporter)
        return self.act(number, "report", ActionOrder(by=report.reporter))

    def _write(self, document: ServiceRequest, action: str, order: ActionOrder) -> None:
        if not isinstance(order, ServiceOrder):
            return
        if action == "assign":
            document.engineer = order.engineer
        if action == "complete":
            document.result = order.result
        if action == "unassign":
            document.engineer = ""
        if action == "reopen":
            document.result = ""
