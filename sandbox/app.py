from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles

from sandbox import controls, home, phone
from sandbox.dingtalk.endpoints import dingtalk_app
from sandbox.erp import endpoints as erp
from sandbox.erp import screen as erp_screen
from sandbox.fault_gate import FaultGate
from sandbox.pms import endpoints as pms
from sandbox.refusals import Refusal, answer_malformed, answer_refusal
from sandbox.settings import SandboxSettings
from sandbox.state import Sandbox, new_sandbox


def create_app(settings: SandboxSettings | None = None) -> FastAPI:
    """One sandbox with a memory of its own; a second call makes a second, independent one."""
    sandbox = new_sandbox(settings or SandboxSettings())
    app = FastAPI(title="Sandbox", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.sandbox = sandbox
    app.add_exception_handler(Refusal, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_malformed)
    for router in (home.router, phone.router, erp.router, erp_screen.router, pms.router, pms.screen, controls.router):
        app.include_router(router)
    app.mount("/dingtalk", dingtalk_app(sandbox))
    app.mount("/pages", StaticFiles(directory=home.PAGES))
    app.add_middleware(FaultGate, faults=sandbox.faults)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    sandbox: Sandbox = app.state.sandbox
    yield
    await sandbox.outbox.close()
    await sandbox.http.aclose()
