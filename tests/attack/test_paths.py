"""Names that lead elsewhere, in the names of files, in folders that somebody handed in, in addresses."""

from __future__ import annotations

import http.client
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from interview_kit.screens.parts.downloads import file_word
from question_bank import load_bank
from question_bank.exercise import ExerciseError, check_exercise, lay_out_exercise, load_exercise
from question_bank.model import Exhibit, Question
from scorecards.record.model import Round
from tests.attack.conftest import Attacked
from tests.attack.payloads import NAMES
from tests.attack.watched import Watched
from tests.scorecards.small_round import card, record

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


@pytest.mark.parametrize("name", NAMES)
def test_of_a_candidates_code_only_letters_and_digits_come_into_a_files_name(name: str) -> None:
    assert SAFE.fullmatch(file_word(name))


def test_the_kits_own_codes_stay_as_they_are() -> None:
    assert [file_word(code) for code in ("C-01", "C-107")] == ["C-01", "C-107"]


@pytest.mark.browser
def test_a_file_saved_in_a_browser_has_a_harmless_name(attacked: Attacked, browser: Browser) -> None:
    """The code comes from a JSON file, where somebody wrote a path."""
    whole = record(
        card("ada", {"DRF-01": 3}, round_id="paths"), id="paths", lead=attacked.lead, panel=("ada",)
    )
    who = whole.candidates[0].model_copy(update={"round_id": "paths", "code": NAMES[0], "name": NAMES[13]})
    attacked.store.imports.add(whole.model_copy(update={"candidates": (who,)}))
    context = browser.new_context(accept_downloads=True)
    watched = Watched(context, attacked.server.url, attacked.lead)
    watched.open("/debrief?round=paths&candidate=zed", "Keep as a file")
    watched.page.get_by_text("Keep as a file").click()
    with watched.page.expect_download() as download:
        watched.page.get_by_role("button", name="Packet (Markdown)").click()
    assert re.fullmatch(r"candidate-etc-passwd-[0-9a-f]{6}\.md", download.value.suggested_filename)
    context.close()


# Folders that a candidate handed in


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    lay_out_exercise("incident-log", tmp_path / "zed", seed=1)
    return tmp_path / "zed"


@pytest.mark.parametrize("target", ["/", "..", "/etc/passwd", "/dev/zero", "nowhere"])
def test_a_link_in_a_folder_that_was_handed_in_is_not_followed(handed_in: Path, target: str) -> None:
    """A link to / would copy the whole disk, one to /dev/zero would never end."""
    (handed_in / "inner").mkdir()
    (handed_in / "inner" / "more").symlink_to(target)
    with pytest.raises(ExerciseError, match="holds a link, 'inner/more'"):
        check_exercise("incident-log", handed_in)


def test_a_pipe_in_a_folder_that_was_handed_in_is_not_read(handed_in: Path) -> None:
    os.mkfifo(handed_in / "report.json")
    with pytest.raises(ExerciseError, match=r"holds 'report.json', which is no file"):
        check_exercise("incident-log", handed_in)


@pytest.mark.parametrize("name", [*NAMES, "incident_log", "incident-log/../incident-log", "Incident-Log"])
def test_an_exercise_goes_by_its_name_and_by_no_path(name: str) -> None:
    with pytest.raises(ExerciseError, match="there is no exercise"):
        load_exercise(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_of_a_private_bank_names_no_path(name: str) -> None:
    """Its exercise and its exhibits go by slugs; nothing of a question is ever opened as a file."""
    question = load_bank().questions[0]
    with pytest.raises(ValueError, match="exercise"):
        Question.model_validate(question.model_dump() | {"exercise": name})
    with pytest.raises(ValueError, match="id"):
        Exhibit.model_validate(
            {"id": name, "title": "x", "when": "start", "text": "x", "text_alternative": "x"}
        )


@pytest.mark.parametrize("name", [name for name in NAMES if not re.fullmatch("[A-Za-z-]+", name)])
def test_an_id_that_comes_from_a_file_is_no_path(name: str) -> None:
    """Ids of rounds stand in the names of exports and in addresses."""
    whole = record(card("ada", {"DRF-01": 3}))
    with pytest.raises(ValueError, match="id"):
        Round.model_validate(whole.round.model_dump() | {"id": name})


# Addresses


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    [
        "/c/assets/../../../pyproject.toml",
        "/c/assets/..%2f..%2f..%2fpyproject.toml",
        "/c/assets/%2e%2e/routes.py",
        "/c/..%2f..%2fapp.py",
        "/media/../pyproject.toml",
        "/media/..%2fpyproject.toml",
        "/static/../../../../pyproject.toml",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/app/static/../../pyproject.toml",
        "/component/streamlit/../../pyproject.toml",
        "/_stcore/bidi-components/x/..%2f..%2fpyproject.toml",
        "//etc/passwd",
        "/..%5c..%5cpyproject.toml",
        "/%00",
    ],
)
def test_no_address_leads_to_a_file_of_the_kit(attacked: Attacked, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", attacked.server.port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    told = answer.read()
    assert answer.status in (200, 400, 403, 404)
    assert b"interview-kit" not in told
    assert b"root:" not in told
    connection.close()
