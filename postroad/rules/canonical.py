"""One spelling of a table, so that equal tables have equal hashes."""

import hashlib
import json

from postroad.model.table import Table


def canonical_json(table: Table) -> str:
    """The table as JSON with sorted keys, no white space and exact figures as text."""
    return json.dumps(table.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(table: Table) -> str:
    """The hexadecimal SHA-256 of the canonical JSON in UTF-8; names one content of a table for ever."""
    return hashlib.sha256(canonical_json(table).encode()).hexdigest()
