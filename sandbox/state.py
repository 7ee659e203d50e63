from dataclasses import dataclass
from typing import Annotated

import httpx
from fastapi import Depends, Request

from sandbox.clock import Clock
from sandbox.dingtalk.callbacks import CallbackRoutes
from sandbox.dingtalk.cards import Cards
from sandbox.dingtalk.clicks import Clicks
from sandbox.dingtalk.messages import Messages
from sandbox.dingtalk.tokens import Tokens
from sandbox.erp.outbox import EventTarget, Outbox
from sandbox.erp.requisitions import Requisitions
from sandbox.erp.service_requests import ServiceRequests
from sandbox.faults import Faults
from sandbox.people import People
from sandbox.pms.tasks import ProjectTasks
from sandbox.settings import SandboxSettings
from sandbox.violations import Violations


@dataclass(frozen=True)
class Sandbox:
    """Everything one sandbox remembers; it lives and dies with its application."""

    settings: SandboxSettings
    clock: Clock
    people: People
    violations: Violations
    faults: Faults
    http: httpx.AsyncClient
    tokens: Tokens
    routes: CallbackRoutes
    cards: Cards
    messages: Messages
    clicks: Clicks
    outbox: Outbox
    requisitions: Requisitions
    service_requests: ServiceRequests
    tasks: ProjectTasks


def new_sandbox(settings: SandboxSettings) -> Sandbox:
    clock, people, routes = Clock(), People(settings.people), CallbackRoutes()
    violations, faults, cards = Violations(clock), Faults(settings.seed), Cards(people, clock)
    http = httpx.AsyncClient(trust_env=False)
    outbox = Outbox(clock, http, EventTarget(url=settings.erp_events_url, secret=settings.erp_events_secret))
    return Sandbox(
        settings=settings,
        clock=clock,
        people=people,
        violations=violations,
        faults=faults,
        http=http,
        tokens=Tokens(settings.dingtalk_apps, settings.dingtalk_token_seconds, clock),
        routes=routes,
        cards=cards,
        messages=Messages(people, clock),
        clicks=Clicks(
            cards=cards,
            routes=routes,
            violations=violations,
            faults=faults,
            clock=clock,
            http=http,
            corp_id=settings.dingtalk_corp_id,
            deadline_seconds=settings.click_deadline_seconds,
        ),
        outbox=outbox,
        requisitions=Requisitions(clock, on_change=outbox.append),
        service_requests=ServiceRequests(clock, on_change=outbox.append),
        tasks=ProjectTasks(clock),
    )


def current_sandbox(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


CurrentSandbox = Annotated[Sandbox, Depends(current_sandbox)]
