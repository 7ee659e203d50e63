"""How a table stands in sheets: what they are called, and the keys in the second row over their columns.

规则 rules     id  when.KEY …  then.KEY …  note  valid_from  valid_to
列 columns     use  key  title  type  unit  domain  is
样例 cases     name  on  in.KEY …  status  rows  default  outcome
"""

from postroad.model.sheet import normal

RULES, COLUMNS, CASES, GUIDE = "规则", "列", "样例", "说明"
_ALSO = {RULES: ("rules",), COLUMNS: ("columns",), CASES: ("cases",)}

WHEN, THEN, IN = "when.", "then.", "in."
TABLE, INPUT, GIVEN, OUTPUT = "表", "输入", "计算用", "输出"
USES = {
    TABLE: "table", "table": "table", "规则表": "table",
    INPUT: "inputs", "input": "inputs",
    GIVEN: "given", "given": "given",
    OUTPUT: "outputs", "output": "outputs",
}  # fmt: skip
"""What a row of the sheet of columns is about, and the field of the table that says it."""

DEFAULT, DEFAULT_LIST = "默认", "默认列表"
DEFAULTS = {DEFAULT: DEFAULT, "default": DEFAULT, DEFAULT_LIST: DEFAULT_LIST, "default list": DEFAULT_LIST}
"""What stands in the place of a row's id where the row says what holds when no other does: one outcome, or a list."""


def sheet_called(name: str) -> str | None:
    """Which of the sheets a sheet of this name is."""
    said = normal(name).casefold()
    return next((sheet for sheet, also in _ALSO.items() if said in (sheet, *also)), None)
