"""Exports of applicant tracking systems, and the shapes of lists that people have."""

from __future__ import annotations

import csv
import io

import pytest

from scorecards.record.candidate_import import (
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
