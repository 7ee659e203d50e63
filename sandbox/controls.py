"""What a test or a demonstrator turns: faults, accounts, the platform's clock, where ERP events go."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from sandbox.erp.outbox import EventTarget
from sandbox.faults import Fault, FaultOrder
from sandbox.state import CurrentSandbox
from sandbox.violations import Violation


class ClockSkew(BaseModel):
    model_config = ConfigDict(extra="forbid")

    skew_seconds: float


class EventAim(BaseModel):
    """Without a secret the present one stays."""

    model_config = ConfigDict(extra="forbid")

    url: str | None
    secret: str | None = None


router = APIRouter(prefix="/_sim")


@router.post("/faults", status_code=201)
async def add_fault(order: FaultOrder, sandbox: CurrentSandbox) -> Fault:
    return sandbox.faults.add(order)


@router.get("/faults")
async def faults(sandbox: CurrentSandbox) -> list[Fault]:
    return sandbox.faults.all()


@router.delete("/faults", status_code=204)
async def clear_faults(sandbox: CurrentSandbox) -> None:
    sandbox.faults.clear()


@router.get("/violations")
async def violations(sandbox: CurrentSandbox) -> list[Violation]:
    return sandbox.violations.all()


@router.delete("/violations", status_code=204)
async def clear_violations(sandbox: CurrentSandbox) -> None:
    sandbox.violations.clear()


@router.post("/people")
async def replace_people(names: dict[str, str], sandbox: CurrentSandbox) -> dict[str, str]:
    sandbox.people.replace(names)
    return sandbox.people.names()


@router.post("/clock")
async def skew_clock(skew: ClockSkew, sandbox: CurrentSandbox) -> ClockSkew:
    sandbox.clock.skew_seconds = skew.skew_seconds
    return skew


@router.put("/erp-events")
async def aim_erp_events(aim: EventAim, sandbox: CurrentSandbox) -> EventAim:
    secret = aim.secret or sandbox.outbox.target.secret
    sandbox.outbox.aim(EventTarget(url=aim.url, secret=secret))
    return EventAim(url=aim.url, secret=secret)
