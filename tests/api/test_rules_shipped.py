"""The tables that ship, as their owners would publish them."""

from pathlib import Path

import pytest

from postroad.files import load_table, load_yaml
from postroad.model.people import Organisation
from postroad.store.people import People
from tests.api.office import Office

PROCESSES = Path("processes")
TABLES = sorted(PROCESSES.glob("*/*.table.yaml"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
async def test_a_table_that_ships_goes_through_the_gate_in_the_company_that_ships(office: Office, path: Path) -> None:
    async with office.database.begin() as session:
        await People(session).load(Organisation.model_validate(load_yaml(PROCESSES / "organisation.yaml")))
    table, owner = load_table(path), await office.token("rules", person="li")
    said = {"table": table.model_dump(mode="json")}
    await office.http.post(f"/api/v1/rules/{table.table}/drafts", json=said, headers=owner)

    address = f"/api/v1/rules/{table.table}/versions/1/check"
    checked = (await office.http.post(address, json={"acknowledge": ["default"]}, headers=owner)).json()

    assert ([stop["message"]["zh"] for stop in checked["stops"]], checked["version"]["stage"]) == ([], "checked")
