"""The pages' addresses, and what browsers may do with what they are given."""

import re

import pytest

from tests.api.office import Office
from web.__main__ import build

NAVIGATION = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    build()


@pytest.mark.parametrize("path", ["/", "/tasks/purchase-approval:erp:PR-1:1/approve/1/chen", "/rules/purchase-route"])
async def test_every_page_can_be_opened_by_its_address(office: Office, path: str) -> None:
    page = await office.http.get(path, headers=NAVIGATION)

    assert page.status_code == 200
    assert '<div id="root">' in page.text
    assert page.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


async def test_what_the_api_does_not_know_is_no_page(office: Office) -> None:
    answer = await office.http.get("/api/v1/nowhere")

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


async def test_answers_of_the_api_are_kept_nowhere(office: Office) -> None:
    answer = await office.http.get("/api/v1/people", headers=await office.token("read"))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_files_of_the_pages_come_compressed_and_are_kept(office: Office) -> None:
    page = await office.http.get("/", headers=NAVIGATION)
    script = re.search(r"/assets/index-[^\"]+\.js", page.text)

    file = await office.http.get(script[0]) if script else page

    assert file.headers["Content-Encoding"] == "gzip"
    assert "immutable" in file.headers["Cache-Control"]
