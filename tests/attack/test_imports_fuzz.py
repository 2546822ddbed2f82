"""Every value of a good file, made bad in every way: it is refused in words, or everything still works afterwards."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from rubrics import load_rubrics
from rubrics.model import digest_of_json
from scorecards.documents import (
    BundleError,
    candidate_markdown,
    card_bundle,
    card_markdown,
    ratings_csv,
    read_round_bundle,
    round_bundle,
    round_markdown,
    round_xlsx,
)
from scorecards.interviewing.offline import OfflineError, key_for, signature_of
from scorecards.outside.api_values import round_out
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store, open_database
from tests.scorecards.debriefed import debriefed
from tests.scorecards.documents.test_bundle import sealed
from tests.scorecards.small_round import card, compared, draft, keep, record, save_all

RUBRICS = load_rubrics()
LEVELS = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
Place = tuple[str | int, ...]
BAD: dict[str, Any] = {
    "a large number": 2**63,
    "a larger one": 2**31,
    "a huge one": 10**400,
    "a small one": -(2**63),
    "minus one": -1,
    "zero": 0,
    "a fraction": 1.5,
    "true": True,
    "none": None,
    "nothing": "",
    "a space": " ",
    "a list": [],
    "a mapping": {},
    "nested": None,
    "long": "x" * 100_001,
    "year one": "0001-01-01T00:00:00Z",
    "the first moment": "0001-01-01T00:00:00+14:00",
    "the last moment": "9999-12-31T23:59:59-12:00",
    "another zone": "2026-01-05T09:30:00+14:00",
    "half a letter": "\ud800",
    "nul": "a\0b",
    "a path": "../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "a formula": "=1+1",
    "right to left": "\u202eabc",
}


def good() -> dict[str, Any]:
    """A round that has of everything: an amendment, votes, openings, decisions, events, moments, exhibits."""
    cards = (card("ada", LEVELS), card("bo", LEVELS), card("lea", LEVELS), draft("cy"))
    whole = debriefed(record(*cards, panel=("ada", "bo", "cy", "lea")))
    told: dict[str, Any] = json.loads(round_bundle(whole))["content"]
    question = told["interviews"][0]["plan"]["items"][0]["question"]
    question["exhibits"] = [
        {
            "id": "weekly",
            "title": "By week",
            "when": "start",
            "columns": ["Week", "Share"],
            "rows": [["1", "2 %"], ["2", "3 %"]],
            "chart": {"mark": "line", "x": "Week", "y": ["Share"], "y_title": "Share", "from_zero": True},
            "code": None,
            "text": None,
            "text_alternative": "It rises.",
        }
    ]
    one = told["cards"][0]
    one["moments"] = [
        {"id": "w-1", "at": "2026-01-05T09:30:00Z", "kind": "begun", "question_id": None, "detail": ""},
        {"id": "w-2", "at": "2026-01-05T09:31:00Z", "kind": "opened", "question_id": "DRF-01", "detail": ""},
    ]
    one["amendments"] = [
        {
            "author_id": "ada",
            "at": "2026-01-06T09:30:00Z",
            "reason": "Misheard.",
            "after_seeing_others": False,
            "before": deepcopy(one["content"]),
        }
    ]
    told["round"]["events"] = [
        {
            "at": "2026-01-07T09:30:00Z",
            "person_id": "lea",
            "what": "closed",
            "interview_id": None,
            "candidate_id": None,
            "reason": "",
            "could_have_read": ["ada"],
        }
    ]
    told["round"]["purge_on"] = "2027-01-01"
    return told


def leaves(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in plain JSON, those of lists and mappings too."""
    if place:
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in parts:
        yield from leaves(one, (*place, key))


def shape(place: Place) -> Place:
    return tuple("*" if isinstance(one, int) else one for one in place)


def put(told: Any, place: Place, bad: Any) -> Any:
    changed = deepcopy(told)
    at = changed
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = bad
    return changed


def nested() -> Any:
    value: Any = "x"
    for _ in range(200):
        value = [value]
    return value


GOOD = good()
# One place of each shape: the second rating of the third scorecard is like the first of the first.
PLACES = list({shape(place): place for place in reversed(list(leaves(GOOD)))}.values())


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Store]:
    database = open_database(str(tmp_path / "kit.db"))
    store = Store(database)
    keep(
        store,
        draft("zoe", candidate="yan", round_id="other"),
        candidates=("yan",),
        panel=("zoe",),
        lead="zoe",
        id="other",
    )
    yield store
    database.close()


def everything_works(store: Store, round_id: str) -> None:
    """Lists, records, exports and documents of every round, and the imported one again to the byte."""
    assert {one.id for one in store.rounds.all(OPERATOR)} == {"other", round_id}
    assert store.lists.unreadable(OPERATOR) == ()
    assert len(store.lists.rounds(OPERATOR)) == 2
    assert len(store.office.rounds(OPERATOR)) == 2
    assert store.people.all()
    assert store.audit.verify(OPERATOR).faults == ()
    for one in ("other", round_id):
        whole = store.rounds.record(OPERATOR, one)
        assert whole.damaged == ()
        data = round_bundle(whole)
        assert round_bundle(read_round_bundle(data)) == data
        found = compared(whole)
        assert round_out(whole).id == one
        assert round_markdown(whole, found, RUBRICS)
        assert ratings_csv(whole)
        assert round_xlsx(whole, RUBRICS, found)
        for candidate in whole.candidates:
            assert candidate_markdown(whole, candidate.id, found, RUBRICS)
        for card_ in whole.cards:
            assert card_markdown(whole, card_, RUBRICS)
            assert card_bundle(whole, card_)


def tried(store: Store, data: bytes) -> bool:
    """Whether the file came in; where it did, everything works and it is removed again."""
    try:
        taken = store.imports.take(OPERATOR, read_round_bundle(data))
    except (BundleError, NotAllowedError) as refusal:
        said = str(refusal)
        if not 0 < len(said) < 2_000:
            raise
        return False
    everything_works(store, taken.id)
    store.privacy.hold(OPERATOR, taken.id, "")
    store.rounds.delete(OPERATOR, taken.id)
    return True


def test_a_valid_round_is_imported(kit) -> None:
    assert tried(kit, sealed(GOOD))


# In eight parts, so that one that fails says where.
@pytest.mark.parametrize("part", range(8))
def test_a_file_with_one_bad_value_is_refused_in_words_or_does_no_harm(kit, part: int) -> None:
    drawn = random.Random(part)
    for place in PLACES[part::8]:
        for name in drawn.sample(sorted(BAD), 4):
            bad = nested() if name == "nested" else BAD[name]
            tried(kit, sealed(put(GOOD, place, bad)))


@pytest.mark.parametrize("name", BAD)
def test_no_time_number_or_text_of_a_round_breaks_it(kit, name) -> None:
    """The places that hurt most, with every bad value."""
    bad = nested() if name == "nested" else BAD[name]
    for place in (
        ("round", "created_at"),
        ("round", "name"),
        ("round", "purge_on"),
        ("cards", 0, "submitted_at"),
        ("cards", 0, "content", "ratings", 0, "version"),
        ("cards", 0, "content", "ratings", 0, "saved_at"),
        ("cards", 0, "content", "ratings", 0, "probes"),
        ("interviews", 0, "plan", "minutes"),
        ("interviews", 0, "plan", "items", 0, "question", "exhibits", 0, "chart", "y"),
        ("people", 0, "name"),
        ("candidates", 0, "code"),
    ):
        tried(kit, sealed(put(GOOD, place, bad)))


@pytest.mark.parametrize(
    "grow",
    [
        lambda told: told["interviews"][0]["plan"]["items"][0]["question"]["exhibits"][0].update(
            rows=[["1", "2"]] * 501
        ),
        lambda told: told["interviews"][0]["plan"]["items"][0]["question"]["exhibits"][0]["chart"].update(
            y=[]
        ),
        lambda told: told["interviews"][0]["plan"].update(items=told["interviews"][0]["plan"]["items"] * 100),
        lambda told: told["round"].update(events=told["round"]["events"] * 20_001),
    ],
    ids=["rows", "a chart of nothing", "questions", "events"],
)
def test_too_much_of_one_thing_is_refused(kit, grow: Callable[[Any], object]) -> None:
    told = deepcopy(GOOD)
    grow(told)
    assert not tried(kit, sealed(told))


def handed_in(server: Store, folder: Path) -> tuple[dict[str, Any], str]:
    """What an interviewer hands in, and the key that seals it."""
    laptop = open_database(str(folder / "laptop.db"))
    taken = Store(laptop)
    taken.offline.take(server.offline.assign("lea", "r1", "ada"))
    save_all(taken, "ada", "zed-first-ada")
    told = json.loads(taken.offline.hand_in("ada", "r1"))
    laptop.close()
    return told, key_for(server.live.key(), "r1", "ada")


def test_what_is_handed_in_with_one_bad_value_is_refused_in_words_or_does_no_harm(kit, tmp_path) -> None:
    keep(kit, draft("ada"))
    told, key = handed_in(kit, tmp_path)
    drawn = random.Random(7)
    places = list({shape(place): place for place in leaves(told["content"])}.values())
    for place in places:
        for name in drawn.sample(sorted(BAD), 5):
            changed = put(told["content"], place, nested() if name == "nested" else BAD[name])
            digest = digest_of_json(changed, ascii_only=True)
            sealed_ = told | {
                "content": changed,
                "digest": digest,
                "signature": signature_of(key, "interview-kit/work", digest),
            }
            with suppress(OfflineError, NotAllowedError, NotFoundError):
                kit.offline.merge("lea", json.dumps(sealed_).encode())
    everything_works(kit, "r1")
