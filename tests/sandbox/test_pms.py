import httpx

TASK = {"ext_id": "PR-1:follow-up", "title": "高额采购跟进", "assignee": "sun", "description": "120,000 元"}


async def test_a_task_is_created_once_per_external_id(pms: httpx.AsyncClient) -> None:
    first = await pms.post("/tasks", json=TASK)
    second = await pms.post("/tasks", json={**TASK, "title": "again"})

    assert (first.status_code, first.json()["state"]) == (201, "open")
    assert (second.status_code, second.json()["code"]) == (409, "duplicate")
    assert second.json()["task"] == first.json()


async def test_a_task_is_found_by_its_external_id(pms: httpx.AsyncClient) -> None:
    await pms.post("/tasks", json=TASK)
    await pms.post("/tasks", json={**TASK, "ext_id": "other"})

    found = (await pms.get("/tasks", params={"ext_id": "other"})).json()

    assert [task["ext_id"] for task in found] == ["other"]
    assert len((await pms.get("/tasks")).json()) == 2


async def test_a_task_is_cancelled_once(pms: httpx.AsyncClient) -> None:
    task = (await pms.post("/tasks", json=TASK)).json()["id"]

    first = await pms.post(f"/tasks/{task}/cancel", json={"key": "undo-1", "by": "qian", "note": "不再需要"})
    second = await pms.post(f"/tasks/{task}/cancel", json={})

    assert (first.json()["state"], first.json()["version"]) == ("cancelled", 2)
    assert (second.status_code, second.json()["code"]) == (409, "illegal_state")


async def test_the_journal_lists_what_was_committed(pms: httpx.AsyncClient) -> None:
    task = (await pms.post("/tasks", json=TASK)).json()["id"]
    await pms.post("/tasks", json=TASK)
    await pms.post(f"/tasks/{task}/cancel", json={"key": "undo-1", "by": "qian"})

    journal = (await pms.get("/journal")).json()

    assert [(entry["action"], entry["key"]) for entry in journal] == [("create", None), ("cancel", "undo-1")]


async def test_an_unknown_task_and_a_missing_token_are_refused(pms: httpx.AsyncClient, http: httpx.AsyncClient) -> None:
    assert (await pms.post("/tasks/T-9/cancel", json={})).status_code == 404
    assert (await http.get("/pms/api/tasks")).status_code == 401
