"""What was exported is read again as it was."""

import pytest

from postroad.directory.importing import organisation_of
from postroad.directory.writing import sheets_of
from postroad.exchange.workbook import plain_workbook
from postroad.files import load_yaml
from postroad.model.people import Organisation, Person
from postroad.model.refusals import Conflict
from postroad.sheets import workbook_sheets
from tests.directory.plant import PLANT
from tests.house.tree import ROOT

SHIPPED = Organisation.model_validate(load_yaml(ROOT / "processes/organisation.yaml"))


@pytest.mark.parametrize("organisation", [PLANT, SHIPPED], ids=["plant", "shipped"])
def test_the_workbook_of_an_organisation_is_the_organisation(organisation: Organisation) -> None:
    read = organisation_of(workbook_sheets("people.xlsx", plain_workbook(sheets_of(organisation))))

    assert read.problems == ()
    assert read.ignored == ()
    assert read.organisation == organisation


@pytest.mark.parametrize(
    "person",
    [
        Person(id="a", name="甲", accounts={"slack": "a"}),
        Person(id="a", name="甲", regions=("上海;江苏",)),
        Person(id="a", name=""),
    ],
    ids=["account", "separator", "nameless"],
)
def test_what_a_table_cannot_say_is_refused_by_name(person: Person) -> None:
    with pytest.raises(Conflict, match="YAML"):
        sheets_of(Organisation(people=(person,)))
