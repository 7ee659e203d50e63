from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import (
    absences,
    access_roles,
    administering,
    assignments,
    audit,
    backtests,
    batch,
    calendar,
    changes,
    departments,
    events,
    grants,
    health,
    instances,
    logins,
    moving,
    people,
    people_files,
    processes,
    reference,
    role_holders,
    rules,
    rules_cells,
    rules_deciding,
    rules_differences,
    rules_editing,
    rules_files,
    search,
    sessions,
    setup,
    signals,
    stuck,
    task_page,
    tasks,
    todo,
    tokens,
    views,
    who_choices,
)
from api.access import AccessLog
from api.addresses import V1
from api.drawing import ROUTERS as DRAWING
from api.errors import answer_refusals
from api.frontend import SafeHeaders, Squeezed, serve_pages
from api.limits import BodyLimit
from api.parts import Parts

_ABOUT = """驿道的 HTTP 接口：任务、流程、ERP 事件与聊天按钮。

Postroad's HTTP interface: tasks, processes, ERP events and chat buttons.
"""


def create_app(parts: Parts) -> FastAPI:
    """The application on these parts. Its background work runs while it does; the parts stay their maker's."""
    app = FastAPI(
        title="驿道 Postroad",
        description=_ABOUT,
        lifespan=_at_work,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    for drawn in DRAWING:
        app.include_router(drawn, prefix=V1)
    app.state.parts = parts
    answer_refusals(app)
    for outside in (health, signals, events, task_page):
        app.include_router(outside.router)
    subjects = (
        assignments, tasks, changes, todo, batch, stuck, administering, search, instances, moving, processes,
        people_files, people, departments, role_holders, calendar, absences, sessions, setup, rules, rules_editing,
        rules_cells, rules_deciding, rules_differences, rules_files, backtests, who_choices, views, access_roles,
        grants, logins, tokens, audit, reference,
    )  # fmt: skip
    for subject in subjects:
        app.include_router(subject.router, prefix=V1)
    serve_pages(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Squeezed)
    app.add_middleware(SafeHeaders)
    app.add_middleware(AccessLog)  # added last, so outermost
    return app


@asynccontextmanager
async def _at_work(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    await parts.start()
    try:
        yield
    finally:
        await parts.stop()
