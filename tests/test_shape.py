"""Functions and files stay short. What is over a bound today is named here, and the list only shrinks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import shape

# A name leaves its list when it is within the bound: the tests fail until it does.
LONG_FUNCTIONS: set[str] = set()
TANGLED_FUNCTIONS: set[str] = set()
LONG_FILES: set[str] = set()
# By package, how long nine in ten of its functions are today.
STILL_LONG: dict[str, int] = {}


@pytest.mark.parametrize(
    ("over", "named"),
    [
        pytest.param(shape.tangled_functions, TANGLED_FUNCTIONS, id="functions by complexity"),
        pytest.param(shape.long_files, LONG_FILES, id="files by lines"),
        pytest.param(shape.long_functions, LONG_FUNCTIONS, id="functions by lines"),
    ],
)
def test_nothing_is_over_a_bound_except_what_is_named(
    over: Callable[[], dict[str, int]], named: set[str]
) -> None:
    assert set(over()) - named == set(), "new"
    assert named - set(over()) == set(), "no longer over the bound: take it off the list"


@pytest.mark.parametrize(("package", "row"), shape.by_package(shape.python_functions()).items())
def test_nine_in_ten_functions_of_a_package_are_short(package: str, row: shape.Row) -> None:
    assert row.nine_of_ten <= STILL_LONG.get(package, shape.MOST_IN_NINE_OF_TEN)


def test_a_package_that_has_become_short_is_off_the_list() -> None:
    rows = shape.by_package(shape.python_functions())
    still = {package for package in STILL_LONG if rows[package].nine_of_ten > shape.MOST_IN_NINE_OF_TEN}
    assert STILL_LONG.keys() == still


def test_nine_in_ten_functions_of_the_browser_code_are_short() -> None:
    found = shape.javascript_functions()
    if not found:
        pytest.skip("no node to count them with")
    assert shape.row_of(sorted(one.lines for one in found)).nine_of_ten <= shape.MOST_IN_NINE_OF_TEN


SAMPLE = """
def outer(values):
    def inner(one):
        return one.a and one.b or one.c

    for value in values:
        if value:
            return [inner(one) for one in value if one]
    return None
"""


def test_a_function_counts_its_lines_and_its_decisions() -> None:
    found = {one.name: (one.lines, one.decisions) for one in shape.functions_in(SAMPLE, "sample.py")}
    assert found == {"outer": (8, 7), "inner": (2, 3)}
