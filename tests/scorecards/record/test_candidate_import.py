"""Candidates from lists: pasted ones, and the CSV exports of applicant tracking systems. Nothing but names."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.record.candidate_import import (
    MAX_CANDIDATES,
    MAX_COLUMNS,
    MAX_CSV_BYTES,
    CandidateRow,
    read_candidates,
)


def names(data: bytes | str, *known: str) -> list[str]:
    """The names taken; none may be faulty."""
    rows = read_candidates(data, known).rows
    assert [row.fault for row in rows if row.fault] == []
    return [row.name for row in rows]


def only(data: bytes | str) -> CandidateRow:
    (row,) = read_candidates(data).rows
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
    assert read_candidates(data).rows == ()


@pytest.mark.parametrize("name", ['Ada "the first" Byron', "Byron, Ada", "李雷 👩🏽‍🔬", "عائشة", "=1+1"])
def test_any_name_is_taken_in_quotes(name) -> None:
    quoted = name.replace('"', '""')
    assert names(f'name\n"{quoted}"') == [name]


# Lists with faults


def test_broken_quotes_are_one_fault() -> None:
    assert only('name\n"Ada').fault.startswith("The text is no CSV")


@pytest.mark.parametrize("name", ["A\x00da", "A\x07da", '"Ada\nByron"'])
def test_control_characters_and_line_breaks_are_no_part_of_a_name(name) -> None:
    assert only(f"name\n{name}").fault == "The name holds a control character or a line break."


def test_an_empty_name_is_a_fault_of_its_line() -> None:
    rows = read_candidates("name,phone\nAda,1\n,2").rows
    assert rows[1] == CandidateRow(3, "", "There is no name in this line.")


def test_a_name_that_stands_twice_is_a_fault_of_the_second() -> None:
    rows = read_candidates("Ada\nBo\nADA").rows
    assert [(row.line, row.fault is None) for row in rows] == [(1, True), (2, True), (3, False)]
    assert rows[2].fault.startswith("This name stands in line 1 already")


def test_a_name_of_the_round_is_not_taken_again() -> None:
    rows = read_candidates("Ada\nBo", ["ada"]).rows
    assert [row.fault is None for row in rows] == [False, True]


@pytest.mark.parametrize(("length", "taken"), [(200, True), (201, False)])
def test_a_name_has_at_most_200_characters(length, taken) -> None:
    row = only("x" * length)
    assert (row.fault is None) is taken


@pytest.mark.parametrize(("count", "rows"), [(MAX_CANDIDATES, MAX_CANDIDATES), (MAX_CANDIDATES + 1, 1)])
def test_a_round_takes_at_most_500_candidates(count, rows) -> None:
    found = read_candidates("\n".join(f"Candidate {n}" for n in range(count))).rows
    assert len(found) == rows
    assert (found[0].fault is None) is (count == MAX_CANDIDATES)


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert only(b"x" * (MAX_CSV_BYTES + 1)).fault == "The file has 4,194,305 bytes; take at most 4,194,304."


def test_a_faulty_line_leaves_the_others_alone() -> None:
    rows = read_candidates("Ada\n" + "x" * 300 + "\nBo").rows
    assert [row.name for row in rows if row.fault is None] == ["Ada", "Bo"]


@given(st.one_of(st.text(), st.binary()))
def test_no_list_whatever_raises(data) -> None:
    assert all(row.fault or row.name for row in read_candidates(data).rows)


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


# Bombs


@pytest.mark.parametrize(
    "data",
    [
        b"\n" * MAX_CSV_BYTES,
        b"a\n" * (MAX_CSV_BYTES // 2),
        b"," * MAX_CSV_BYTES,
        b'"' * MAX_CSV_BYTES,
        b'name\n"' + b"x" * (MAX_CSV_BYTES - 8),
        b"name," * 200_000,
        ("name\n" + "x" * 130_000).encode(),
    ],
    ids=["blank", "rows", "columns", "quotes", "open quote", "heads", "long"],
)
def test_a_file_made_to_burst_is_refused_in_bounds(data: bytes) -> None:
    """4 MB of the worst stays below 150 MB while it is read, and its answer below 1 MB."""
    tracemalloc.start()
    found = read_candidates(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not [row for row in found.rows if not row.fault]
    assert len(repr(found)) < 1_000_000
    assert peak < 150_000_000


def test_too_many_columns_are_refused() -> None:
    assert (
        only("x," * MAX_COLUMNS).fault == f"Line 1 has {MAX_COLUMNS + 1} columns; take at most {MAX_COLUMNS}."
    )


@pytest.mark.parametrize(
    ("text", "encoding", "taken"),
    [
        ("Imię;Nazwisko\nŁukasz;Żółć\n", "cp1250", ["Łukasz Żółć"]),
        ("Jméno;Příjmení\nJiří;Dvořák\n", "cp1250", ["Jiří Dvořák"]),
        ("Фамилия;Имя\nИванов;Пётр\n", "cp1251", ["Пётр Иванов"]),
        ("Επώνυμο;Όνομα\nΠαπαδόπουλος;Γιώργος\n", "cp1253", ["Γιώργος Παπαδόπουλος"]),
        ("Ad;Soyad\nIşıl;Yılmaz\n", "cp1254", ["Işıl Yılmaz"]),
        ("ADI;SOYADI\nIşıl;Yılmaz\n", "cp1254", ["Işıl Yılmaz"]),
        ("姓,名\n山田,太郎\n", "cp932", ["山田太郎"]),
        ("이름,이메일\n김민준,a@b.kr\n", "cp949", ["김민준"]),
        ("姓名,电话\n王伟,123\n", "gb18030", ["王伟"]),
        ("Name;Vorname\nMüller;Anna\n", "utf-16-le", ["Anna Müller"]),
        ("姓名,电话\n王伟,123\n", "utf-16-le", ["王伟"]),
        ("sep=;\nName;Vorname\nMüller;Anna\n", "utf-8", ["Anna Müller"]),
        ("\n\nVorname;Name\nAnna;Müller\n", "utf-8", ["Anna Müller"]),
        (";;\nVorname;Name;x\nAnna;Müller;1\n", "utf-8", ["Anna Müller"]),
        ('Name,Notes\nJane Doe,"a\nb"\nBob Roe,c\n', "utf-8", ["Jane Doe", "Bob Roe"]),
        ("Фамилия\tИмя\nИванов\tПётр\n", "utf-16-le", ["Пётр Иванов"]),
        ("İSİM;SOYİSİM\nİpek;Işık\n", "cp1254", ["İpek Işık"]),
    ],
)
def test_lists_of_many_languages_and_encodings_hold_who_a_reader_would_see(
    text: str, encoding: str, taken: list[str]
) -> None:
    assert names(text.encode(encoding)) == taken
