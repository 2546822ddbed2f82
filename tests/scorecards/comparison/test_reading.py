"""A file of ratings is read as it was meant, or refused with every fault and its line."""

import pytest

from scorecards.comparison import RatingsError, read_ratings, read_scale

from .rounds import rows_of

HEAD = "candidate,interviewer,competency,rating\n"


def faults(text: str | bytes, scale=(1, 4)) -> list[str]:
    with pytest.raises(RatingsError) as error:
        read_ratings(text if isinstance(text, bytes) else text.encode(), scale)
    return error.value.faults


def read(text: str | bytes, scale=(1, 4)) -> list[tuple]:
    data = text if isinstance(text, bytes) else text.encode()
    return [tuple(row) for row in rows_of(read_ratings(data, scale))]


def test_a_plain_file_is_read() -> None:
    assert read(HEAD + "ana,sam,drift,3\nbo,sam,drift,2.5\n") == [
        ("ana", "sam", "drift", 3.0),
        ("bo", "sam", "drift", 2.5),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffcandidate,interviewer,competency,rating\nana,sam,drift,3\n".encode(),
        "candidate,interviewer,competency,rating\nana,sam,drift,3\n".encode("utf-16"),
        b"candidate;interviewer;competency;rating\nana;sam;drift;3\n",
        b"candidate\tinterviewer\tcompetency\trating\nana\tsam\tdrift\t3\n",
        b"candidate;interviewer;competency;rating\r\nana;sam;drift;3,0\r\n",
        b"\n Rating , Candidate ,INTERVIEWER,competency,day\n\n3, ana ,sam,drift,monday\n,,,,\n",
        b'"candidate","interviewer","competency","rating"\n"ana","sam","drift","3"',
    ],
    ids=["BOM", "UTF-16", "semicolons", "tabs", "decimal comma", "other order and case", "quoted"],
)
def test_what_spreadsheets_write_is_read(data) -> None:
    assert read(data) == [("ana", "sam", "drift", 3.0)]


def test_a_competency_is_not_needed() -> None:
    assert read("candidate,interviewer,rating\nana,sam,3\n") == [("ana", "sam", "", 3.0)]


def test_an_empty_column_of_competencies_is_none() -> None:
    assert read(HEAD + "ana,sam,,3\n") == [("ana", "sam", "", 3.0)]


def test_without_competencies_a_pair_may_have_several_ratings() -> None:
    assert len(read("candidate,interviewer,rating\nana,sam,3\nana,sam,2\n")) == 2


def test_a_blank_rating_is_not_a_rating() -> None:
    found = read_ratings((HEAD + "ana,sam,drift,3\nbo,sam,drift,\n").encode(), (1, 4))
    assert found.candidates == ("ana",)
    assert found.unrated == ("bo",)


def test_all_faults_come_at_once_in_the_order_of_their_lines() -> None:
    found = faults(
        HEAD
        + "ana,sam,drift,3\n,sam,drift,3\nana,,drift,3\nana,kim,,3\nana,kim,drift,good\n"
        + "bo,sam,drift,5\nana,sam,drift,2\nana,sam\n"
    )
    assert found == [
        "line 3: no candidate.",
        "line 4: no interviewer.",
        "line 5: no competency.",
        "line 6: the rating 'good' is not a number.",
        "line 7: the rating 5 is outside of 1-4.",
        "line 8: sam rated ana on drift in line 2 already.",
        "line 9: 2 cells, and the header has 4.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        ("who,rating\nana,3\n", "line 1: no column 'candidate', 'interviewer'; the header has 'who', 'rating'."),
        ("candidate,interviewer,rating,rating\na,b,3,3\n", "line 1: the column 'rating' stands there twice."),
        (HEAD, "There is no rating in the file."),
        (HEAD + "ana,sam,drift,\n", "There is no rating in the file."),
        (HEAD + "ana,sam,drift,nan3\n", "line 2: the rating 'nan3' is not a number."),
        (HEAD + "ana,sam,drift,inf\n", "line 2: the rating 'inf' is not a number."),
        (HEAD + "ana,sam,drift,1_0\n", "line 2: the rating '1_0' is not a number."),
        (HEAD + "ana,sam,drift,٣\n", "line 2: the rating '٣' is not a number."),
        (HEAD + '"a\nb",sam,drift,3\n', "line 2: the candidate has a line break or another control character in it."),
        (HEAD + '"ana,sam,drift,3\n', "line 2: the table breaks off here: unexpected end of data."),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_wrong_and_where(text, words) -> None:
    assert words in faults(text)


def test_a_file_that_is_not_utf_8_says_how_to_save_it() -> None:
    assert faults(HEAD.encode() + "zoë,sam,drift,3\n".encode("latin-1")) == [
        "line 2: the file is not UTF-8. Save it as 'CSV UTF-8' and try again."
    ]


def test_a_number_too_large_to_reckon_with_is_refused() -> None:
    assert "too large" in faults(HEAD + f"ana,sam,drift,{'9' * 400}\n", None)[0]


def test_without_a_scale_any_number_is_taken() -> None:
    assert read(HEAD + "ana,sam,drift,-7.5\n", None) == [("ana", "sam", "drift", -7.5)]


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("1-4", (1, 4)),
        ("0-100", (0, 100)),
        ("-2-2", (-2, 2)),
        (" 1 – 5 ", (1, 5)),
        ("1..10", (1, 10)),
        ("0.5-1.5", (0.5, 1.5)),
    ],
)
def test_a_scale_is_lowest_and_highest(text, scale) -> None:
    assert read_scale(text) == scale


@pytest.mark.parametrize("text", ["", "4", "4-1", "3-3", "one-four", "1-4-5", "1-"])
def test_another_scale_is_refused(text) -> None:
    with pytest.raises(RatingsError):
        read_scale(text)
