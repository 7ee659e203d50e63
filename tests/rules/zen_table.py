"""A decision table as zen-engine reads it, the second opinion of tests and of measurements."""

from collections.abc import Sequence
from typing import Any

import zen


def zen_engine(hit: str, keys: Sequence[str], rules: Sequence[dict[str, Any]]) -> zen.ZenEngine:
    """An engine with one table named `table`; each rule has `_id`, its cells by key, and what it says as `row`.

    It is to be asked synchronously only: zen may crash at exit otherwise.
    """
    content = {
        "hitPolicy": hit,
        "inputs": [{"id": key, "name": key, "type": "expression", "field": key} for key in keys],
        "outputs": [{"id": "row", "name": "row", "type": "expression", "field": "row"}],
        "rules": list(rules),
    }
    nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", {"content": content}), ("out", "outputNode", {})]
    document = {
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} | more for name, kind, more in nodes
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }
    return zen.ZenEngine({"loader": {"type": "static", "content": {"table": document}}})
