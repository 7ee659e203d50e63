"""Rule tables uploaded and downloaded as files, as people and other systems do."""

import io
import zipfile
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from postroad.exchange.formats import MOST_UNPACKED, Format, write_table
from postroad.model.table import Table
from tests.api.office import Office
from tests.api.rulebook import KEY, Rulebook, rulebook, table

FORMATS = pytest.mark.parametrize("written_in", list(Format))


@pytest.fixture
async def book(office: Office) -> Rulebook:
    return await rulebook(office)


async def upload(book: Rulebook, content: bytes, written_in: str = "xlsx", **more: Any) -> httpx.Response:
    key = more.pop("key", KEY)
    params = {"format": written_in, **more}
    return await book.office.http.post(f"/api/v1/rules/{key}/import", params=params, content=content, headers=book.li)


async def download(book: Rulebook, written_in: str, number: int = 1) -> httpx.Response:
    address = f"/api/v1/rules/{KEY}/versions/{number}/export"
    return await book.office.http.get(address, params={"format": written_in}, headers=book.wang)


@FORMATS
async def test_what_is_downloaded_can_be_uploaded_as_the_next_draft(book: Rulebook, written_in: Format) -> None:
    first = (await book.draft()).json()

    file = await download(book, written_in)
    second = await upload(book, file.content, written_in, notes="从文件")

    assert file.headers["content-disposition"] == f'attachment; filename="{KEY}-1.{written_in.value}"'
    assert (second.status_code, second.json()["version"], second.json()["stage"]) == (201, 2, "draft")
    assert (second.json()["authors"], second.json()["notes"]) == (["li"], "从文件")
    if written_in not in (Format.DMN, Format.JDM):
        assert second.json()["sha256"] == first["sha256"]


async def test_a_mistake_is_told_by_its_cell_and_nothing_is_drafted(book: Rulebook) -> None:
    await book.draft()
    opened = load_workbook(io.BytesIO((await download(book, "xlsx")).content))
    opened["规则"]["B3"] = "5,000"
    packed = io.BytesIO()
    opened.save(packed)

    answer = await upload(book, packed.getvalue())

    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "table_not_read")
    assert [one["place"] for one in told["problems"]] == ["规则!B3"]
    assert told["problems"][0]["message"].keys() == {"zh", "en"}
    shown = await book.office.http.get(f"/api/v1/rules/{KEY}", headers=book.li)
    assert len(shown.json()["versions"]) == 1


async def test_a_document_of_another_system_gets_the_name_of_the_address(book: Rulebook) -> None:
    content = write_table(Table.model_validate(table()), Format.DMN).replace(b'id="purchase-route"', b'id="_1"')

    answer = await upload(book, content, "dmn", key="other-route")

    assert (answer.status_code, answer.json()["key"], answer.json()["table"]["table"]) == (
        201,
        "other-route",
        "other-route",
    )


async def test_a_workbook_of_another_table_is_refused(book: Rulebook) -> None:
    content = write_table(Table.model_validate(table()), Format.XLSX)

    answer = await upload(book, content, key="other-route")

    assert (answer.status_code, answer.json()["code"]) == (422, "other_table")


def packed_to_much() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(MOST_UNPACKED + 1))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "written_in", "status", "code"),
    [
        (packed_to_much(), "xlsx", 422, "file_refused"),
        (b"no workbook", "xlsx", 422, "file_refused"),
        (b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "dmn", 422, "table_not_read"),
        (b"[" * 100_000, "jdm.json", 422, "table_not_read"),
        (b"", "csv", 422, "table_not_read"),
        (b" " * (1024 * 1024 + 1), "csv", 413, "too_large"),
        (b"", "doc", 422, "malformed"),
    ],
    ids=["zip bomb", "no workbook", "entities", "nesting", "empty", "too large", "no such format"],
)
async def test_a_file_that_could_do_harm_or_is_no_table_is_refused(
    book: Rulebook, content: bytes, written_in: str, status: int, code: str
) -> None:
    answer = await upload(book, content, written_in)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_what_a_format_cannot_say_is_named(book: Rulebook) -> None:
    dated = table()
    dated["rows"][0]["valid_to"] = "2026-12-31"
    await book.draft(dated)

    answer = await download(book, "dmn")

    assert (answer.status_code, [one["place"] for one in answer.json()["problems"]]) == (422, ["r1"])


async def test_a_version_that_is_not_there_cannot_be_downloaded(book: Rulebook) -> None:
    assert (await download(book, "xlsx")).status_code == 404


async def test_an_upload_needs_a_person_and_a_name_that_can_be_one(book: Rulebook) -> None:
    content = write_table(Table.model_validate(table()), Format.XLSX)
    nobody = await book.office.token("rules")
    address = f"/api/v1/rules/{KEY}/import"

    unnamed = await book.office.http.post(address, params={"format": "xlsx"}, content=content, headers=nobody)

    assert unnamed.status_code == 403
    assert (await upload(book, content, key="采购")).status_code == 422
