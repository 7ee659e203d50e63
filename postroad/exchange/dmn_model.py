"""What the OMG's DMN 1.1 to 1.5 call things in XML, and which of it is ours."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from postroad.model.hit import HitPolicy

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""The version by the namespace of its elements."""

WRITTEN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
"""What we write: 1.3, which every newer tool reads and the older ones still know."""

OURS = "urn:postroad:decision-table"
"""The namespace of attributes for what DMN has no word for: ``type``, ``unit`` and the English title ``en``."""

HITS = {
    ("UNIQUE", ""): HitPolicy.UNIQUE,
    ("ANY", ""): HitPolicy.ANY,
    ("PRIORITY", ""): HitPolicy.PRIORITY,
    ("FIRST", ""): HitPolicy.FIRST,
    ("RULE ORDER", ""): HitPolicy.RULE_ORDER,
    ("OUTPUT ORDER", ""): HitPolicy.OUTPUT_ORDER,
    ("COLLECT", ""): HitPolicy.COLLECT,
    ("COLLECT", "SUM"): HitPolicy.COLLECT_SUM,
    ("COLLECT", "MIN"): HitPolicy.COLLECT_MIN,
    ("COLLECT", "MAX"): HitPolicy.COLLECT_MAX,
    ("COLLECT", "COUNT"): HitPolicy.COLLECT_COUNT,
}
"""Hit policy and aggregation."""

KINDS = {"string": "text", "number": "number", "boolean": "bool", "date": "date"}
"""The types of FEEL that a column of ours can have."""


def bare(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def parts(element: Element, name: str) -> Iterator[Element]:
    """The children of this name that belong to DMN, as their parent does."""
    space = element.tag.rpartition("}")[0]
    return (one for one in element if one.tag == (f"{space}}}{name}" if space else name))


def part(element: Element, name: str) -> Element | None:
    return next(parts(element, name), None)


def text_of(element: Element | None) -> str:
    """What stands in the ``text`` of an element, or nothing."""
    text = None if element is None else part(element, "text")
    return "" if text is None else (text.text or "").strip()


def place_of(element: Element) -> str:
    """What a reader looks for: the element and its id, or its name."""
    return f"{bare(element)} {element.get('id') or element.get('name') or ''}".strip()
