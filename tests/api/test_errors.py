import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from api.access import AccessLog
from api.limits import USUAL
from tests.api.office import PATH_SECRET, Office


async def test_a_refusal_is_a_problem_in_both_languages(office: Office) -> None:
    answer = await office.http.get("/api/v1/tasks/none", headers=await office.token("read"))

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:postroad:unknown",
        "status": 404,
        "code": "unknown",
        "title": "没有任务 none，或您无权查看",
        "message": {"zh": "没有任务 none，或您无权查看", "en": "There is no task none that you may see"},
    }


async def test_a_malformed_request_names_the_field_and_repeats_no_content(office: Office) -> None:
    admin = await office.token("admin")

    answer = await office.http.post("/api/v1/processes/p/start", json={"document": ["secret"]}, headers=admin)

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "body.document")
    assert "secret" not in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/api/v1/tasks", 405)])
async def test_http_itself_is_answered_in_the_same_form(office: Office, method: str, path: str, status: int) -> None:
    answer = await office.http.request(method, path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)


async def test_a_body_that_is_too_long_is_refused_even_when_it_does_not_say_so(office: Office) -> None:
    async def endless() -> object:
        for _ in range(USUAL // 1024 + 1):
            yield b"x" * 1024

    answer = await office.http.post(f"/callbacks/dingtalk/{PATH_SECRET}", content=endless())

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_fault_of_ours_tells_an_id_and_nothing_else() -> None:
    app = FastAPI()
    app.add_middleware(AccessLog)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the password is hunter2")

    with capture_logs() as lines:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
            answer = await http.get("/broken")

    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert "hunter2" not in answer.text
    assert answer.json()["error_id"] in {line.get("error_id") for line in lines}


async def test_one_line_is_logged_per_request_and_no_secret_in_it(office: Office) -> None:
    task = await office.task(await office.instance())
    headers = await office.token("read")

    with capture_logs() as lines:
        await office.press(task, by="ding-wang")
        await office.http.get("/api/v1/people", headers=headers)

    requests = [line for line in lines if line["event"] == "request"]
    assert [line["route"] for line in requests] == ["/callbacks/{platform}/{path_secret}", "/api/v1/people"]
    said = str(lines)
    assert PATH_SECRET not in said
    assert headers["Authorization"].removeprefix("Bearer ") not in said
    assert office.button(task) not in said
