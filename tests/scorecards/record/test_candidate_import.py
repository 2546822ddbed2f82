"""Candidates from lists: pasted ones, and the CSV exports of applicant tracking systems. Nothing but names."""

from __future__ import annotations

import csv
import io
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


# Exports of applicant tracking systems


# As the help pages of the systems write the columns, or as their exports name them in use.
EXPORTS = {
    "greenhouse": "First name,Last name,Company,Title,Email,Phone,Job,Source,Tags",
    "greenhouse report": "Candidate ID,First Name,Preferred First Name,Last Name,Email,Gender,Race,Stage",
    "lever": "Full name,Email,Lever Posting URL,Stage,Sources,Origin",
    "lever template": "Full-Name,Email,Date-Added,Stage,Archive-Reason",
    "ashby": "Candidate Name,Email Address,Job,Current Stage,Source",
    "workable": "Name,Job,Stage,Email,Phone,Headline,Created at",
    "bamboohr": "Applicant Name,Job Title,Status,Date Applied,Rating",
    "teamtailor": "first_name,last_name,email,phone,created_at",
    "german": "Vorname,Nachname,E-Mail,Stelle",
    "label with a colon": "Candidate: Full Name,Candidate: Email",
}
CELLS = {"first": "Zoë", "last": "Müller", "whole": "Zoë Müller", "else": "SECRET 0171 zoe@example.org"}


def export(heads: str) -> str:
    """The head line, and one candidate below it; every cell that is no name says SECRET."""
    row = []
    for head in heads.split(","):
        small = head.lower().replace("_", " ")
        if small in ("first name", "vorname"):
            row.append(CELLS["first"])
        elif small in ("last name", "nachname"):
            row.append(CELLS["last"])
        elif small.endswith(("name", "-name")) and "preferred" not in small:
            row.append(CELLS["whole"])
        else:
            row.append(CELLS["else"])
    out = io.StringIO()
    csv.writer(out).writerows([heads.split(","), row])
    return out.getvalue()


@pytest.mark.parametrize("system", EXPORTS)
def test_of_an_export_the_name_is_taken_and_nothing_else(system: str) -> None:
    found = read_candidates(export(EXPORTS[system]))
    assert [row.name for row in found.rows] == ["Zoë Müller"]
    assert "SECRET" not in repr(found)
    assert found.left_out == len(EXPORTS[system].split(",")) - len(found.columns)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(encoding: str, told: str, delimiter: str) -> None:
    text = export(EXPORTS["greenhouse"]).replace(",", delimiter)
    found = read_candidates(text.encode(encoding))
    assert ([row.name for row in found.rows], found.encoding) == (["Zoë Müller"], told)


def test_excels_word_for_the_delimiter_is_no_candidate() -> None:
    assert names("sep=;\r\nName;Email\r\nAda;a@example.org\r\n") == ["Ada"]


def test_bytes_of_no_known_encoding_are_named_with_their_place() -> None:
    assert (
        only(b"name\nJos\x81").fault
        == "Byte 8 is neither UTF-8 nor Windows-1252: save the file as CSV UTF-8."
    )


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"])
def test_a_file_that_is_no_csv_says_what_it_is(start: bytes) -> None:
    assert only(start + b"\x00" * 50).fault.endswith("no CSV: open it and save it as CSV.")


def test_a_line_break_in_another_cell_moves_no_line() -> None:
    rows = read_candidates('Name,Notes\nAda,"one\ntwo, three"\nBo,"x"\n').rows
    assert [(row.line, row.name) for row in rows] == [(2, "Ada"), (4, "Bo")]


def test_a_head_without_a_name_asks_where_it_stands_and_takes_nothing() -> None:
    found = read_candidates("Email,Stage,Who\na@example.org,Onsite,Ada")
    assert (found.rows, found.columns, found.heads) == ((), (), ("Email", "Stage", "Who"))


def test_a_chosen_column_counts() -> None:
    text = "Email,Stage,Who\na@example.org,Onsite,Ada"
    assert [row.name for row in read_candidates(text, columns=[2]).rows] == ["Ada"]


def test_columns_chosen_in_another_order_make_the_name_in_that_order() -> None:
    text = "Last name,First name\nByron,Ada"
    assert [row.name for row in read_candidates(text, columns=[0, 1]).rows] == ["Byron Ada"]


def test_a_column_that_does_not_exist_is_not_chosen() -> None:
    assert [row.name for row in read_candidates("Name,Stage\nAda,x", columns=[7, -1]).rows] == ["Ada"]


def test_an_address_is_no_name() -> None:
    assert only("Name,Stage\nada@example.org,x").fault == "This is an e-mail address, not a name."


def test_a_name_of_the_round_is_told_apart_from_one_that_stands_twice_in_the_list() -> None:
    rows = read_candidates("name\nAda\nBo\nBO", ["ADA "]).rows
    assert [(row.fault or "").partition(";")[0] for row in rows] == [
        "This name is already in the round",
        "",
        "This name stands in line 3 already",
    ]


def test_spellings_that_look_alike_are_one_name() -> None:
    rows = read_candidates("name\nZoë  Müller\nZoe\u0308 Mu\u0308ller").rows
    assert [row.fault is None for row in rows] == [True, False]


def test_a_sign_that_turns_the_direction_is_no_part_of_a_name() -> None:
    assert only("name\nAda\u202egpj").fault == "The name holds a control character or a line break."


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\u0009=1"])
def test_a_name_that_looks_like_a_formula_stays_text(name: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Stage"], [name, "x"]])
    assert [row.name for row in read_candidates(out.getvalue()).rows] == [name.strip()]


# Heads, encodings and shapes that people have


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Name;Vorname;Geburtsdatum\nMüller;Anna;1990-01-01", "Anna Müller"),
        ("Nom;Prénom;Email\nDupont;Marie;m@firm.example", "Marie Dupont"),
        ("Apellido,Nombre\nGarcía,José", "José García"),
        ("Cognome;Nome\nRossi;Mario", "Mario Rossi"),
        ("Nome,Sobrenome\nAna,Silva", "Ana Silva"),
        ("Voornaam;Tussenvoegsel;Achternaam\nJan;van der;Berg", "Jan van der Berg"),
        ("Imię;Nazwisko\nŁukasz;Żak", "Łukasz Żak"),
        ("Фамилия;Имя;Отчество\nИванов;Пётр;Ильич", "Пётр Ильич Иванов"),
        ("ФИО;Почта\nИванов Пётр;a@b.ru", "Иванов Пётр"),
        ("姓,名\n山田,太郎", "山田太郎"),
        ("氏名,メール\n山田太郎,a@b.jp", "山田太郎"),
        ("姓名,邮箱\n王伟,a@b.cn", "王伟"),
        ("성,이름\n김,민준", "김민준"),
        ("Ad,Soyad\nAyşe,Yılmaz", "Ayşe Yılmaz"),
        ("Timestamp,What is your full name?\n2026/11/01 09:00:00,Jane Doe", "Jane Doe"),
        ("Name,First name\nJane Doe,Jane", "Jane Doe"),
        ("Nom\nMarie Dupont", "Marie Dupont"),
    ],
)
def test_headers_are_known_in_many_languages(text: str, taken: str) -> None:
    assert names(text) == [taken]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Jane Doe, Bob Roe, Ann Poe", ["Jane Doe", "Bob Roe", "Ann Poe"]),
        ("Jane Doe; Bob Roe; Ann Poe", ["Jane Doe", "Bob Roe", "Ann Poe"]),
        ("Jane Doe <j@x.org>, Bob Roe <b@x.org>", ["Jane Doe", "Bob Roe"]),
        ("Doe, Jane 1\nDoe, Jane 2", ["Doe, Jane 1", "Doe, Jane 2"]),
        ("Jane <jane@firm.example>", ["Jane"]),
        ("1. Jane Doe\n2. Bob Roe", ["Jane Doe", "Bob Roe"]),
        ("name\nDoe, Jane", ["Doe, Jane"]),
    ],
)
def test_no_one_is_lost_and_no_one_is_invented(text: str, taken: list[str]) -> None:
    assert names(text) == taken


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("Фамилия;Имя\nИванов;Пётр", "cp1251", "Windows-1251"),
        ("Иванов Пётр\nПетрова Анна", "koi8_r", "KOI8-R"),
        ("氏名,メール\n山田太郎,a@b.jp", "cp932", "Shift-JIS"),
        ("山田太郎\n佐藤花子", "euc_jp", "EUC-JP"),
        ("王伟\n李娜\n张敏", "gb18030", "GB18030"),
        ("陳大文\n林美玲", "big5", "Big5"),
        ("김민준\n이서연", "cp949", "EUC-KR"),
        ("Łukasz Żak", "cp1250", "Windows-1250"),
        ("José García", "cp1252", "Windows-1252"),
        ("Şükrü Yılmaz", "cp1254", "Windows-1254"),
    ],
)
def test_an_encoding_is_guessed_and_shown(text: str, encoding: str, told: str) -> None:
    found = read_candidates(text.encode(encoding))
    assert found.encoding == told
    assert found.rows == read_candidates(text).rows


def test_a_chosen_encoding_overrides_the_guess() -> None:
    data = "Łukasz".encode("cp1250")
    assert [row.name for row in read_candidates(data, encoding="Windows-1252").rows] == ["£ukasz"]
    assert read_candidates(data, encoding="EUC-JP").rows[0].fault is not None


def test_the_first_line_can_be_declared_a_header() -> None:
    assert [row.name for row in read_candidates("Name\nAda", head=False).rows] == ["Name", "Ada"]
    assert [row.name for row in read_candidates("Wer\nAda", head=True).rows] == ["Ada"]


def test_unknown_headers_above_data_are_not_a_candidate() -> None:
    found = read_candidates("Who,Joined\nJane,2020-01-01")
    assert (found.heads, found.rows) == (("Who", "Joined"), ())


@pytest.mark.parametrize(
    "text", ["Jane Doe, Berlin, Onsite\nBob Roe, Paris, Phone", "Jane Doe, Bob Roe", "Ann, Bo, Cy"]
)
def test_cells_that_may_be_names_are_not_silently_dropped(text: str) -> None:
    assert read_candidates(text).dropped


def test_a_line_with_more_cells_than_the_header_says_so() -> None:
    (row,) = read_candidates("Name,Stage\nDoe, Jane,x").rows
    assert (row.fault or "").startswith("This line has 3 cells, and the head has 2")


def test_names_that_are_nearly_the_same_are_asked_about() -> None:
    rows = read_candidates("Jose Garcia\nAda\nByron Bo", ["José García", "Bo Byron"]).rows
    assert [[one.how for one in row.like] for row in rows] == [["accents"], [], ["order"]]


@pytest.mark.parametrize("text", ["\u200b", "Name\n\u200b\u2060"])
def test_an_invisible_name_is_a_fault(text: str) -> None:
    assert only(text).fault == "This name has no visible characters."


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
