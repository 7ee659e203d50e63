from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from sandbox.phone import phone_owner
from sandbox.settings import Link
from sandbox.state import CurrentSandbox

PAGES = Path(__file__).parent / "pages"

router = APIRouter()


@router.get("/")
async def home_page() -> FileResponse:
    return FileResponse(PAGES / "home.html")


@router.get("/phones")
async def phones_page() -> FileResponse:
    return FileResponse(PAGES / "phones.html")


@router.get("/phone/{user}")
async def phone_page(user: str, sandbox: CurrentSandbox) -> FileResponse:
    """The page reads the user from its own address."""
    phone_owner(user, sandbox)
    return FileResponse(PAGES / "phone.html")


@router.get("/erp")
async def erp_page() -> FileResponse:
    return FileResponse(PAGES / "erp.html")


@router.get("/service")
async def service_page() -> FileResponse:
    return FileResponse(PAGES / "service.html")


@router.get("/pms")
async def pms_page() -> FileResponse:
    return FileResponse(PAGES / "pms.html")


@router.get("/links.json")
async def links(sandbox: CurrentSandbox) -> list[Link]:
    return sandbox.settings.links


@router.get("/healthz")
async def health() -> dict[str, str]:
    return {"status": "ok"}
