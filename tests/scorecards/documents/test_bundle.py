"""The JSON bundle: nothing is lost on the way out and in, and nothing damaged comes in."""

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from scorecards.documents import BundleError, card_bundle, read_round_bundle, round_bundle
from scorecards.documents import bundle as bundle_module
from scorecards.record.model import RoundRecord, Verdict
from scorecards.store import OPERATOR, NotAllowedError, Store

from ..awkward import AWKWARD
from ..small_round import card, draft, keep, rate, rating, record, submit
from ..store.test_rounds import every_row

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}


@pytest.fixture
def kept(store: Store) -> Store:
    """A round that has seen everything: amended, withdrawn, dismissed, drafts, awkward words."""
    cards = (
        draft("ada"),
        draft("bo"),
        draft("cy"),
        draft("ada", slot="second"),
        draft("bo", candidate="yan"),
    )
    keep(store, *cards, candidates=("zed", "yan"), dismissed=["zed-second"], name=AWKWARD["quotes"])
    submit(store, "ada", "zed-first-ada", evidence=AWKWARD["10,000 characters"])
    submit(store, "bo", "zed-first-bo", evidence=AWKWARD["emoji"])
    for text in AWKWARD.values():
        store.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4, evidence=text)], None, text)
    store.cards.amend("ada", "zed-first-ada", [], Verdict(recommendation="strong_yes"), "On reflection.")
    store.cards.withdraw("lea", "zed-first-bo", AWKWARD["right to left"])
    rate(store, "cy", "zed-first-cy", rating("SEC-01", "skipped"))
    return store


def exported(store: Store) -> bytes:
    return round_bundle(store.rounds.record(OPERATOR, "r1"))


def sealed(content: Any, **envelope: Any) -> bytes:
    """A bundle of this content with the digest that belongs to it."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    whole = {
        "schema": "interview-kit/round",
        "schema_version": bundle_module.SCHEMA_VERSION,
        "digest": hashlib.sha256(canonical.encode()).hexdigest(),
        "content": content,
    }
    return json.dumps(whole | envelope).encode()


def content() -> dict[str, Any]:
    """A small round's content as plain values, to be damaged."""
    return json.loads(round_bundle(record(card("ada", SENIOR), draft("bo"))))["content"]


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(BundleError) as error:
        read_round_bundle(data)
    for word in words:
        assert word in str(error.value)


# Out and in again


def test_export_import_export_gives_the_same_bytes(kept, new_database) -> None:
    first = exported(kept)
    other = Store(new_database())
    other.imports.add(read_round_bundle(first))
    assert exported(other) == first


def test_what_is_imported_is_what_was_exported(kept, new_database) -> None:
    other = Store(new_database())
    other.imports.add(read_round_bundle(exported(kept)))
    assert other.rounds.record(OPERATOR, "r1") == kept.rounds.record(OPERATOR, "r1")


def test_an_imported_draft_can_be_finished(kept, new_database) -> None:
    other = Store(new_database())
    other.imports.add(read_round_bundle(exported(kept)))
    rate(other, "cy", "zed-first-cy", rating("SEC-01", 3), base=1, writer="new-window")
    assert other.cards.get("cy", "zed-first-cy").rating("SEC-01").version == 2


def test_exporting_twice_gives_the_same_bytes(kept) -> None:
    assert exported(kept) == exported(kept)


def test_a_round_that_is_there_already_is_refused_and_stays(database, kept) -> None:
    before = every_row(database)
    with pytest.raises(NotAllowedError, match="already in this database"):
        kept.imports.add(read_round_bundle(exported(kept)))
    assert every_row(database) == before


def test_a_bundle_is_text_for_people_with_a_newline_at_its_end(kept) -> None:
    text = exported(kept).decode("utf-8")
    assert text.endswith("}\n")
    assert AWKWARD["right to left"] in text


def test_a_byte_order_mark_does_no_harm() -> None:
    data = sealed(content())
    assert read_round_bundle(b"\xef\xbb\xbf" + data) == read_round_bundle(data)


def test_the_bundle_of_a_scorecard_holds_its_plan_and_names() -> None:
    whole = record(card("ada", SENIOR))
    told = json.loads(card_bundle(whole, whole.cards[0]))
    assert told["schema"] == "interview-kit/scorecard"
    assert told["content"]["scorecard"]["id"] == "zed-first-ada"
    assert told["content"]["interviewer"]["name"] == "Ada"
    assert len(told["content"]["interview"]["plan"]["items"]) == 4


# What does not come in


def test_a_newer_schema_is_refused_and_not_guessed_at() -> None:
    newer = bundle_module.SCHEMA_VERSION + 1
    refused(sealed(content(), schema_version=newer), f"schema version {newer}", "update the kit")


@pytest.mark.parametrize("version", [1, 2])
def test_a_bundle_from_before_there_were_debriefs_is_read(version) -> None:
    told = content()
    del told["debriefs"]
    assert read_round_bundle(sealed(told, schema_version=version)).debriefs == ()


@pytest.mark.parametrize("version", [None, "1", 1.5, []])
def test_a_schema_version_that_is_no_number_is_refused(version) -> None:
    refused(sealed(content(), schema_version=version), "schema version")


@pytest.mark.parametrize("schema", [None, "interview-kit/scorecard", "other/round", 1])
def test_a_foreign_schema_is_refused(schema) -> None:
    refused(sealed(content(), schema=schema), "no bundle of this kind", "interview-kit/round")


@pytest.mark.parametrize("data", [b"[]", b"null", b'"text"', b"1", b"{}"])
def test_json_of_another_shape_is_refused(data) -> None:
    refused(data, "no bundle of this kind")


def test_a_changed_level_is_noticed_by_the_digest() -> None:
    data = sealed(content())
    refused(data.replace(b'"level": 3', b'"level": 4', 1), "digest does not match")


@pytest.mark.parametrize("digest", [None, "", "0" * 64, 1])
def test_a_damaged_digest_is_refused(digest) -> None:
    refused(sealed(content(), digest=digest), "digest does not match")


@pytest.mark.parametrize("data", [b"", b"not json", b"PK\x03\x04", sealed({})[:-20]])
def test_what_is_no_json_is_refused(data) -> None:
    refused(data, "not JSON")


def test_what_is_no_utf_8_is_refused_with_the_byte() -> None:
    refused(b'{"schema": "\xff"}', "not UTF-8", "byte 12")


@pytest.mark.parametrize("depth", [950, 980, 990, 1_000, 5_000, 100_000])
def test_what_is_nested_too_deep_is_refused(depth) -> None:
    deep = "[" * depth + "]" * depth
    data = f'{{"schema": "interview-kit/round", "schema_version": 1, "content": {deep}}}'
    with pytest.raises(BundleError):
        read_round_bundle(data.encode())


def test_a_number_of_endless_digits_is_refused() -> None:
    refused(b'{"schema": ' + b"1" * 5_000 + b"}")


@pytest.mark.parametrize(
    "data",
    [
        b"[" + b"[]," * 15_000_000 + b"[]]",
        b"," * (40 * 1024 * 1024),
        b"[" * 5_000 + b"]" * 5_000,
        b'{"a":' * 100_000,
        b"9" * 5_000_000,
    ],
    ids=["many", "commas", "deep", "keys", "digits"],
)
def test_a_bundle_made_to_burst_is_refused_in_bounds(data) -> None:
    tracemalloc.start()
    with pytest.raises(BundleError):
        read_round_bundle(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_what_is_too_large_is_refused_unread(monkeypatch) -> None:
    data = sealed(content())
    monkeypatch.setattr(bundle_module, "MAX_BYTES", len(data) - 1)
    refused(data, f"{len(data):,} bytes", "at most")


def _unknown_key(told: dict) -> None:
    told["round"]["colour"] = "red"


def _level_of_five(told: dict) -> None:
    told["cards"][0]["content"]["ratings"][0]["level"] = 5


def _level_and_state(told: dict) -> None:
    told["cards"][0]["content"]["ratings"][0]["state"] = "not_asked"


def _time_without_zone(told: dict) -> None:
    told["round"]["created_at"] = "2026-01-05T09:30:00"


def _lone_surrogate(told: dict) -> None:
    told["round"]["name"] = "\ud800"


def _nul_in_a_name(told: dict) -> None:
    told["people"][0]["name"] = "a\0b"


@pytest.mark.parametrize(
    "damage",
    [_unknown_key, _level_of_five, _level_and_state, _time_without_zone, _lone_surrogate, _nul_in_a_name],
    ids=lambda damage: damage.__name__.strip("_"),
)
def test_what_does_not_fit_the_schema_is_named(damage) -> None:
    told = content()
    damage(told)
    refused(sealed(told), "does not fit its schema", "(1 fault in all)")


# Dangling references: every one is told in words, and nothing is stored

DANGLING: dict[str, Callable[[dict], object]] = {
    "interview of an unknown candidate": lambda told: told["interviews"][0].update(candidate_id="nobody"),
    "scorecard of an unknown interview": lambda told: told["cards"][0].update(interview_id="nowhere"),
    "scorecard of an unknown candidate": lambda told: told["cards"][0].update(candidate_id="nobody"),
    "scorecard of an unknown interviewer": lambda told: told["cards"][0].update(interviewer_id="nobody"),
    "unknown panel member": lambda told: told["round"].update(panel_ids=["ada", "nobody"]),
    "unknown lead": lambda told: told["round"].update(lead_id="nobody"),
    "amendment by an unknown author": lambda told: told["cards"][0].update(
        amendments=[
            {
                "author_id": "nobody",
                "at": "2026-01-05T09:30:00Z",
                "reason": "Misheard.",
                "after_seeing_others": False,
                "before": told["cards"][0]["content"],
            }
        ]
    ),
    "vote without a submitted scorecard": lambda told: told["debriefs"].append(
        {
            "candidate_id": "zed",
            "votes": [{"person_id": "bo", "turn": 1, "choice": "yes", "at": "2026-01-05T09:30:00Z"}],
        }
    ),
    "candidate of another round": lambda told: told["candidates"][0].update(round_id="r9"),
    "interview of another round": lambda told: told["interviews"][0].update(round_id="r9"),
    "scorecard of another round": lambda told: told["cards"][0].update(round_id="r9"),
    "scorecard for another candidate than its interview": lambda told: (
        told["candidates"].append(told["candidates"][0] | {"id": "yan"}),
        told["cards"][0].update(candidate_id="yan"),
    ),
    "scorecard that stands twice": lambda told: told["cards"].append(told["cards"][0]),
    "candidate that stands twice": lambda told: told["candidates"].append(told["candidates"][0]),
    "panel member that stands twice": lambda told: told["round"].update(panel_ids=["ada", "bo", "cy", "bo"]),
    "rating that stands twice": lambda told: told["cards"][0]["content"]["ratings"].append(
        told["cards"][0]["content"]["ratings"][0]
    ),
    "rating that was never stored": lambda told: told["cards"][0]["content"]["ratings"][0].update(
        saved_at=None
    ),
}


@pytest.mark.parametrize("damage", DANGLING.values(), ids=DANGLING)
def test_a_bundle_that_does_not_hang_together_is_refused_in_words(damage) -> None:
    told = content()
    damage(told)
    with pytest.raises(BundleError):
        read_round_bundle(sealed(told))


@pytest.mark.parametrize("damage", DANGLING.values(), ids=DANGLING)
def test_of_a_bundle_that_does_not_hang_together_nothing_is_stored(database, damage) -> None:
    told = content()
    damage(told)
    before = every_row(database)
    with pytest.raises((BundleError, DBAPIError, AssertionError)):
        Store(database).imports.add(read_round_bundle(sealed(told)))
    assert every_row(database) == before


def test_candidates_of_another_round_with_the_same_ids_are_refused_in_words(database) -> None:
    store = Store(database)
    keep(store, draft("ada"))
    before = every_row(database)
    again: RoundRecord = record(draft("ada", round_id="r2"), id="r2")
    with pytest.raises(NotAllowedError):
        store.imports.add(read_round_bundle(round_bundle(again)))
    assert every_row(database) == before


def test_a_bundle_adds_nothing_to_a_round_that_is_there_already(database) -> None:
    store = Store(database)
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), id="r2")
    before = store.rounds.record(OPERATOR, "r2")
    told = content()
    for listed in ("candidates", "interviews", "cards"):
        for one in told[listed]:
            one["round_id"] = "r2"
    with suppress(BundleError, DBAPIError):
        store.imports.add(read_round_bundle(sealed(told)))
    assert store.rounds.record(OPERATOR, "r2") == before
