"""Setting up a round: pasted lists of candidates, slots and plans, looks at a must-have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from question_bank import Target
from scorecards.setup import (
    MAX_CANDIDATES,
    MAX_CSV_BYTES,
    CandidateRow,
    independent_looks,
    new_round,
    read_candidates,
    too_few_looks,
)

from .small_bank import BANK


def names(data: bytes | str, *known: str) -> list[str]:
    """The names taken; none may be faulty."""
    rows = read_candidates(data, known)
    assert [row.fault for row in rows if row.fault] == []
    return [row.name for row in rows]


def only(data: bytes | str) -> CandidateRow:
    (row,) = read_candidates(data)
    return row


# Lists that can be read


@pytest.mark.parametrize(
    "data",
    [
        "Ada Byron\nAlan Turing",
        "Ada Byron\r\n\r\n  Alan Turing  \r\n",
        b"\xef\xbb\xbfname\nAda Byron\nAlan Turing\n",
        "email,name\na@example.org,Ada Byron\nb@example.org,Alan Turing",
        "name;email\nAda Byron;a@example.org\nAlan Turing;b@example.org",
        "Candidate\tPhone\nAda Byron\t1\nAlan Turing\t2",
        "Last name,First name\nByron,Ada\nTuring,Alan",
        "first_name;LAST_NAME\nAda;Byron\nAlan;Turing",
        'Full Name\n"Ada Byron"\n"Alan Turing"',
    ],
)
def test_names_are_taken_from_lists_of_many_shapes(data) -> None:
    assert names(data) == ["Ada Byron", "Alan Turing"]


def test_without_a_name_column_the_first_one_counts() -> None:
    assert names("Ada Byron,a@example.org") == ["Ada Byron"]


def test_a_head_with_one_part_of_the_name_takes_this_part() -> None:
    assert names("First name,Phone\nAda,1") == ["Ada"]


@pytest.mark.parametrize("data", ["", b"", "\n \n", "\ufeff", ",,,\n,,", "name\n"])
def test_a_list_without_a_name_has_no_rows(data) -> None:
    assert read_candidates(data) == []


@pytest.mark.parametrize("name", ['Ada "the first" Byron', "Byron, Ada", "李雷 👩🏽‍🔬", "عائشة", "=1+1"])
def test_any_name_is_taken_in_quotes(name) -> None:
    quoted = name.replace('"', '""')
    assert names(f'name\n"{quoted}"') == [name]


# Lists with faults


def test_broken_quotes_are_one_fault() -> None:
    assert only('name\n"Ada').fault.startswith("The text is no CSV")


def test_another_encoding_is_named_with_the_byte() -> None:
    assert only("name\nJosé".encode("latin-1")).fault == "Byte 8 is not UTF-8: save the file as CSV UTF-8."


@pytest.mark.parametrize("name", ["A\x00da", "A\x07da", '"Ada\nByron"'])
def test_control_characters_and_line_breaks_are_no_part_of_a_name(name) -> None:
    assert only(f"name\n{name}").fault == "The name holds a control character or a line break."


def test_an_empty_name_is_a_fault_of_its_line() -> None:
    rows = read_candidates("name,phone\nAda,1\n,2")
    assert rows[1] == CandidateRow(3, "", "There is no name in this line.")


def test_a_name_that_stands_twice_is_a_fault_of_the_second() -> None:
    rows = read_candidates("Ada\nBo\nADA")
    assert [(row.line, row.fault is None) for row in rows] == [(1, True), (2, True), (3, False)]
    assert "already in the round or in the list" in rows[2].fault


def test_a_name_of_the_round_is_not_taken_again() -> None:
    rows = read_candidates("Ada\nBo", ["ada"])
    assert [row.fault is None for row in rows] == [False, True]


@pytest.mark.parametrize(("length", "taken"), [(200, True), (201, False)])
def test_a_name_has_at_most_200_characters(length, taken) -> None:
    row = only("x" * length)
    assert (row.fault is None) is taken


@pytest.mark.parametrize(("count", "rows"), [(MAX_CANDIDATES, MAX_CANDIDATES), (MAX_CANDIDATES + 1, 1)])
def test_a_round_takes_at_most_500_candidates(count, rows) -> None:
    found = read_candidates("\n".join(f"Candidate {n}" for n in range(count)))
    assert len(found) == rows
    assert (found[0].fault is None) is (count == MAX_CANDIDATES)


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert only(b"x" * (MAX_CSV_BYTES + 1)).fault == "The file has 1,048,577 bytes; take at most 1,048,576."


def test_a_faulty_line_leaves_the_others_alone() -> None:
    rows = read_candidates("Ada\n" + "x" * 300 + "\nBo")
    assert [row.name for row in rows if row.fault is None] == ["Ada", "Bo"]


@given(st.one_of(st.text(), st.binary()))
def test_no_list_whatever_raises(data) -> None:
    assert all(row.fault or row.name for row in read_candidates(data))


# Rounds


def small(**values):
    values = {"panel_ids": ["ada", "bo"], "loop_ids": ["small-loop"]} | values
    return new_round(
        "r1",
        "Senior engineer",
        "lea",
        BANK,
        "small",
        values.pop("loop_ids"),
        values.pop("panel_ids"),
        **values,
    )


def test_a_round_has_a_slot_for_every_interview_of_its_loops() -> None:
    assert [slot.id for slot in small().slots] == ["1-first", "2-second"]
    assert [slot.id for slot in small(loop_ids=["small-loop"]).slots] == ["1-first", "2-second"]


def test_no_family_is_asked_twice_over_a_rounds_interviews() -> None:
    families = [item.question.family for slot in small().slots for item in slot.plan.items]
    assert sorted(families) == ["drf-late-labels", "drf-slices", "sec-agent", "sec-tenants"]


def test_an_interview_without_a_question_left_is_left_out() -> None:
    assert len(small(loop_ids=["small-loop", "small-loop"]).slots) == 2


def test_the_panel_is_spread_over_the_slots_in_turn() -> None:
    assert [slot.interviewer_ids for slot in small().slots] == [("ada",), ("bo",)]
    assert [slot.interviewer_ids for slot in small(panel_ids=["ada"]).slots] == [("ada",), ("ada",)]


def test_a_round_without_a_panel_has_slots_without_interviewers() -> None:
    assert [slot.interviewer_ids for slot in small(panel_ids=[]).slots] == [(), ()]


def test_a_round_without_an_interview_is_refused() -> None:
    with pytest.raises(ValueError, match="no question"):
        small(loop_ids=[])


def test_weights_come_from_the_profile_unless_they_are_given() -> None:
    own = (Target(competency="drift"), Target(competency="security"))
    assert small().targets == BANK.profile("small").targets
    assert small(targets=own).targets == own


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_unequal_weights_need_a_reason(reason) -> None:
    uneven = (Target(competency="drift", weight=2), Target(competency="security"))
    with pytest.raises(ValidationError, match="need a reason"):
        small(targets=uneven, weights_reason=reason)
    assert small(targets=uneven, weights_reason="Drift it is.").weights_reason == "Drift it is."


# Looks


def test_looks_are_minutes_by_competency_and_slot() -> None:
    # each question takes 1 + 8 + 3 minutes
    assert independent_looks(small()) == {
        "drift": {"1-first": 12, "2-second": 12},
        "security": {"1-first": 12, "2-second": 12},
    }


def test_two_interviewers_are_enough_looks_at_a_must_have() -> None:
    assert too_few_looks(small()) == ()


def test_one_interviewer_twice_is_one_look() -> None:
    assert too_few_looks(small(panel_ids=["ada"])) == ("drift",)


def test_a_must_have_that_nobody_asks_for_has_too_few_looks() -> None:
    targets = (Target(competency="operations", must_have=True),)
    assert too_few_looks(small(targets=targets)) == ("operations",)


def test_what_is_no_must_have_needs_no_second_look() -> None:
    targets = (Target(competency="drift"), Target(competency="security"))
    assert too_few_looks(small(targets=targets, panel_ids=["ada"])) == ()


# One name with a comma


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        ("Doe, Jane", ["Doe, Jane"]),
        ("Doe, Jane\nRoe, Richard", ["Doe, Jane", "Roe, Richard"]),
        ("O'Neil, Cara Ann\nvan der Berg, Jan-Willem", ["O'Neil, Cara Ann", "van der Berg, Jan-Willem"]),
        ("李, 雷", ["李, 雷"]),
        ("Ada Byron, Berlin", ["Ada Byron, Berlin"]),
        (", Jane", ["Jane"]),
        ("Doe,", ["Doe"]),
        ("Jane Doe, jane@example.org", ["Jane Doe"]),
        ("Jane Doe, 0171 123", ["Jane Doe"]),
        ("Jane Doe, https://example.org", ["Jane Doe"]),
        ("Jane Doe, x, y", ["Jane Doe"]),
        ("Doe; Jane", ["Doe, Jane"]),
    ],
)
def test_pasted_last_and_first_name_are_one_name(data, taken) -> None:
    assert names(data) == taken
