import pytest

from postroad.model.refusals import Malformed
from postroad.rules.casefile import read_cases


def test_a_line_of_json_is_a_case_and_its_figures_are_exact() -> None:
    assert read_cases('{"amount": 0.10, "n": 3}\n\n{"inputs": {"urgent": true}}\n') == [
        {"amount": "0.1", "n": 3},
        {"urgent": True},
    ]


def test_the_first_line_of_csv_names_the_inputs_and_an_empty_cell_is_missing() -> None:
    assert read_cases('\ufeffamount, material\r\n5000,"办公,用品"\r\n,office\r\n') == [
        {"amount": "5000", "material": "办公,用品"},
        {"material": "office"},
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_cases"),
        ("amount\n", "no_cases"),
        ('{"amount": 1}\n{"amount": }', "cases_unreadable"),
        ('{"a": 1}\n[1]', "cases_unreadable"),
        ("amount\n1,2\n", "cases_unreadable"),
        ('amount\n"1', "cases_unreadable"),
        ("amount\n" + "1\n" * 200_001, "too_many_cases"),
    ],
    ids=["nothing", "a title alone", "broken JSON", "a list", "too many cells", "an open quote", "too many"],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, code: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_cases(text)

    assert refused.value.code == code
