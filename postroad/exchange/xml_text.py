"""XML from outside, read without anything that reaches further than its own text: no DTD, no entities."""

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from postroad.exchange.problem import NotATable, located

DEEPEST = 100
"""Elements within elements; a decision table needs about ten."""


class _Builder:
    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused(f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} deep")
        self.tree.start(_qualified(tag), {_qualified(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.tree.end(_qualified(tag))


class _Refused(Exception):  # noqa: N818 - caught here alone
    pass


def parse_xml(name: str, content: bytes) -> Element:
    """The root of a document; ``name`` is what refusals call it.

    Raises:
        NotATable: not well formed, with a DOCTYPE (and so perhaps entities), or nested very deeply.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.tree.data
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        place = f"{error.lineno}:{error.offset + 1}"
        raise NotATable(name, [located(place, "不是有效的 XML", "not well-formed XML")]) from error
    except (ValueError, LookupError) as error:
        raise NotATable(name, [located("", f"不是有效的 XML（{error}）", f"not well-formed XML ({error})")]) from error
    except _Refused as refused:
        raise NotATable(name, [located("", *refused.args)]) from refused
    return builder.tree.close()


def _no_doctype(*_: object) -> NoReturn:
    raise _Refused("不接受 DOCTYPE 和实体，请删除", "a DOCTYPE and entities are not accepted; remove them")


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name
