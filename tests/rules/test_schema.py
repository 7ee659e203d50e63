import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from postroad.files import load_yaml
from postroad.model.table import Table
from tests.rules.articles import article

PUBLISHED = Path("docs/schema/table.schema.json")
GUIDE = Path("docs/rules.md").read_text(encoding="utf-8")


def is_valid(content: object) -> bool:
    return jsonschema_rs.is_valid(
        json.loads(PUBLISHED.read_text(encoding="utf-8")), json.loads(json.dumps(content, default=str))
    )


def test_the_published_schema_is_current() -> None:
    """After a change: ``python -m postroad schema table > docs/schema/table.schema.json``."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == Table.model_json_schema()


@pytest.mark.parametrize("text", re.findall(r"^```yaml\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL))
def test_what_the_guide_shows_is_valid(text: str) -> None:
    assert is_valid(load_yaml(text))


def test_a_table_as_we_write_it_is_valid_too() -> None:
    assert is_valid(article().model_dump(mode="json"))


def test_what_is_misspelt_is_not() -> None:
    assert not is_valid({**article().model_dump(mode="json"), "hits": "unique"})
