import re
from pathlib import Path

import pytest
import yaml

from postroad.connectors.config import ActionCall, ConnectorsFile, Entity, RestConfig

DOCS = (Path(__file__).parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")


def test_the_example_in_the_docs_is_a_connectors_file() -> None:
    example = re.findall(r"```yaml\n(.*?)```", DOCS, flags=re.DOTALL)[0]

    assert set(ConnectorsFile.model_validate(yaml.safe_load(example)).connectors) == {"erp"}


@pytest.mark.parametrize("model", [RestConfig, Entity, ActionCall])
def test_every_setting_is_documented(model: type[RestConfig | Entity | ActionCall]) -> None:
    documented = set(re.findall(r"`(\w+)`", DOCS))

    assert {field.alias or name for name, field in model.model_fields.items()} <= documented
