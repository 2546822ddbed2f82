"""Every page and document of a round still works when everything it names is renamed in, or gone from, the files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from interview_kit import wiring
from interview_kit.screens import signed_in
from interview_kit.screens.parts.live_screen import live_content
from question_bank import Bank, InterviewPlan, load_bank
from question_bank.model import Glossary
from rubrics import Rubrics
from scorecards.comparison import compare_round
from scorecards.documents import candidate_markdown, card_markdown, round_markdown, round_pdf, round_xlsx
from scorecards.documents.tables import summary_rows
from scorecards.record.demo import demo_record
from scorecards.record.frozen import as_planned, as_recorded, names_as_recorded, not_here
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store

SCREENS = Path(__file__).parents[2] / "interview_kit" / "screens"
SHIPPED = load_bank()


def renamed(bank: Bank) -> Bank:
    """Every competency, sub-skill, level, term, profile and question has another name or is another."""
    rubrics = bank.rubrics
    return bank.model_copy(
        update={
            "rubrics": Rubrics.model_construct(
                scale=rubrics.scale.model_copy(
                    update={
                        "levels": tuple(
                            one.model_copy(update={"name": f"Renamed {one.level}"})
                            for one in rubrics.scale.levels
                        )
                    }
                ),
                competencies=tuple(
                    one.model_copy(update={"name": f"Renamed {one.id}"}) for one in rubrics.competencies
                ),
            ),
            "glossary": Glossary(
                terms=tuple(one.model_copy(update={"term": "Renamed"}) for one in bank.glossary.terms)
            ),
        }
    )


def emptied(bank: Bank) -> Bank:
    """One competency that no round has is left, with nothing that asks about it."""
    other = bank.rubrics.competencies[0].model_copy(
        update={"id": "something-else", "code": "XYZ", "subskills": ()}
    )
    return Bank.model_construct(
        rubrics=Rubrics.model_construct(scale=bank.rubrics.scale, competencies=(other,)),
        questions=(),
        profiles=bank.profiles[:1],
        loops=(),
        glossary=Glossary(terms=()),
    )


FILES: dict[str, Callable[[Bank], Bank]] = {"renamed": renamed, "gone": emptied}


def older(record: RoundRecord) -> RoundRecord:
    """The round as a kit stored it that kept no names."""
    plain: dict[int, InterviewPlan] = {}

    def without(plan: InterviewPlan) -> InterviewPlan:
        return plain.setdefault(id(plan), plan.model_copy(update={"words": None}))

    slots = tuple(one.model_copy(update={"plan": without(one.plan)}) for one in record.round.slots)
    return record.model_copy(
        update={
            "round": record.round.model_copy(update={"slots": slots, "words": None}),
            "interviews": tuple(
                one.model_copy(update={"plan": without(one.plan)}) for one in record.interviews
            ),
        }
    )


@pytest.fixture(scope="module")
def demo() -> RoundRecord:
    return demo_record(SHIPPED)


@pytest.fixture(params=["kept", "older"])
def record(request, demo) -> RoundRecord:
    """A round in the middle: some submitted, some drafts; with its names kept, and without them."""
    return demo if request.param == "kept" else older(demo)


@pytest.fixture(params=FILES)
def files(request) -> Bank:
    return FILES[request.param](SHIPPED)


def documents(record: RoundRecord, rubrics: Rubrics) -> list[bytes]:
    found = compare_round(record, None, names_as_recorded(record, rubrics))
    candidate = record.by_code[0].id
    return [
        round_markdown(record, found, rubrics),
        candidate_markdown(record, candidate, found, rubrics),
        card_markdown(record, record.cards_of(candidate)[0], rubrics),
    ]


def test_every_document_of_a_round_is_made(record, files) -> None:
    found = compare_round(record, None, names_as_recorded(record, files.rubrics))
    assert documents(record, files.rubrics)
    assert round_xlsx(record, files.rubrics, found)
    assert list(summary_rows(record, files.rubrics))
    assert round_pdf(record, found, files.rubrics)


def test_documents_use_the_names_that_were_kept(demo, files) -> None:
    assert documents(demo, files.rubrics) == documents(demo, SHIPPED.rubrics)


def test_names_that_were_not_kept_are_readable(demo) -> None:
    words = b"".join(documents(older(demo), emptied(SHIPPED).rubrics)).decode()
    assert "Systems thinking" in words
    assert not re.search(r"\bsystems-thinking\b", words)


def test_the_live_screen_is_drawn_in_the_words_of_its_plan(demo, files) -> None:
    card = demo.cards[0]
    interview = demo.interview[card.interview_id]
    names = {"candidate": "C-01", **{one.id: one.name for one in demo.people}}
    drawn = [live_content(card, interview, demo.round, bank, names) for bank in (files, SHIPPED)]
    assert drawn[0] == drawn[1]


def test_a_laptop_without_the_rubrics_draws_the_interview_and_says_what_is_missing(demo) -> None:
    plan = demo.interviews[0].plan
    bank = as_planned(plan, emptied(SHIPPED))
    assert all(item.question.competency in bank.rubrics.by_id for item in plan.items)
    competencies = {item.question.competency for item in plan.items}
    assert not_here([plan], emptied(SHIPPED).rubrics) == tuple(
        sorted(SHIPPED.rubrics.by_id[key].name for key in competencies)
    )
    assert not_here([plan], SHIPPED.rubrics) == ()


def test_a_level_keeps_its_old_name(demo) -> None:
    assert as_recorded(demo, renamed(SHIPPED).rubrics).scale == SHIPPED.rubrics.scale


# Pages


@pytest.fixture
def kit(tmp_path, monkeypatch) -> Callable[[RoundRecord, Bank], Store]:
    """A store with this round, and pages that read these files."""
    from scorecards.store import open_database

    def start(record: RoundRecord, bank: Bank) -> Store:
        database = open_database(str(tmp_path / "kit.db"))
        store = Store(database)
        store.imports.add(record)
        lead = record.person[record.round.lead_id]
        monkeypatch.setattr(wiring, "store", lambda: store)
        monkeypatch.setattr(wiring, "bank", lambda: bank)
        monkeypatch.setattr(signed_in, "viewer", lambda: lead)
        return store

    return start


def drawn(page: str, **parameters: str) -> AppTest:
    test = AppTest.from_file(str(SCREENS / f"{page}.py"), default_timeout=60)
    for name, value in parameters.items():
        test.query_params[name] = value
    test.run()
    return test


def addresses(record: RoundRecord, store: Store) -> list[tuple[str, dict[str, Any]]]:
    """Every page of the round, for its lead."""
    round_id = record.round.id
    pages: list[tuple[str, dict[str, Any]]] = [
        ("rounds", {}),
        ("rounds", {"round": round_id}),
        ("compare", {"round": round_id}),
        ("submit", {}),
        ("library", {}),
    ]
    pages += [("debrief", {"round": round_id, "candidate": one.id}) for one in record.by_code[:3]]
    slots = {one.slot_id: one.id for one in record.interviews}
    pages += [("prepare", {"round": round_id, "interview": one}) for one in slots.values()]
    lead = record.round.lead_id
    for status in store.rounds.statuses(OPERATOR, round_id):
        if status.interviewer_id == lead and status.due:
            pages += [("submit", {"card": status.card_id}), ("interview", {"card": status.card_id})]
            break
    return pages


def test_every_page_of_a_round_is_drawn(kit, record, files) -> None:
    store = kit(record, files)
    for page, parameters in addresses(record, store):
        assert [one.value for one in drawn(page, **parameters).exception] == [], (page, parameters)
