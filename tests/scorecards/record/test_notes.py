"""Words in notes: what is worth a second look, what the trade says without meaning anybody, and where it stands."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.record.demo import demo_record
from scorecards.record.notes import KIND_NAMES, look_at, word_list


def words(text: str, **values) -> list[str]:
    return [finding.word for finding in look_at(text, **values)]


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in look_at(text)]


# What is found

PROTECTED = [
    ("age", "Too young for the team.", "Too young"),
    ("age", "He is 52 years old and tired.", "He is 52 years old"),
    ("age", "a typical digital native", "digital native"),
    ("age", "Probably overqualified.", "overqualified"),
    ("family", "Has kids, so no on-call.", "Has kids"),
    ("family", "Her family lives far away.", "Her family"),
    ("family", "a single mother of two", "single mother"),
    ("pregnancy", "Looks pregnant to me.", "pregnant"),
    ("pregnancy", "Back from maternity leave.", "maternity"),
    ("marital", "Recently divorced.", "divorced"),
    ("marital", "His wife works at a rival.", "His wife"),
    ("health", "Had burnout last year.", "burnout"),
    ("health", "mentioned a health problem", "health problem"),
    ("disability", "Uses a wheelchair.", "wheelchair"),
    ("disability", "stutters when pressed", "stutters"),
    ("religion", "Prays at noon.", "Prays"),
    ("religion", "wears a headscarf", "headscarf"),
    ("origin", "Asian guy, good talker", "Asian guy"),
    ("origin", "not sure where she is from", "where she is from"),
    ("nationality", "Citizenship unclear.", "Citizenship"),
    ("nationality", "needs a visa first", "needs a visa"),
    ("accent", "Strong accent, had to ask twice.", "accent"),
    ("accent", "not a native speaker", "native speaker"),
    ("gender", "For a woman she knows a lot.", "For a woman"),
    ("gender", "nice girl", "girl"),
    ("orientation", "is gay, I think", "gay"),
    ("military", "Ten years in the army.", "army"),
    ("arrest", "was arrested once", "arrested"),
    ("credit", "Her debts worry me.", "Her debts"),
    ("union", "a union member", "union member"),
    ("politics", "told me about his politics", "his politics"),
    ("appearance", "Badly dressed.", "Badly dressed"),
    ("appearance", "Tattoos on both arms", "Tattoos"),
    ("social-media", "I googled her before.", "googled her"),
    ("salary", "Current salary 70 thousand.", "Current salary"),
    ("age", "Graduation year 1994.", "Graduation year"),
    ("age", "in her 40s", "in her 40s"),
    ("credit", "owns a house", "owns a house"),
    ("appearance", "Saw his photo first.", "his photo"),
    ("health", "seems she was depressed", "she was depressed"),
    ("credit", "He is poor.", "He is poor"),
    ("disability", "She is blind.", "She is blind"),
]
OPINIONS = [
    ("Culture fit.", "Culture fit"),
    ("Not a fit for us.", "Not a fit"),
    ("My gut feeling says yes.", "My gut feeling"),
    ("Very smart.", "smart"),
    ("Sharp mind.", "Sharp"),
    ("Confident.", "Confident"),
    ("She was nervous at first.", "nervous"),
    ("Nice person to talk to.", "Nice person"),
    ("Weak on monitoring.", "Weak"),
    ("A real rock-star!", "rock-star"),
    ("bad attitude", "bad attitude"),
    ("He is lazy.", "He is lazy"),
    ("Impressive!", "Impressive"),
    ("feels senior", "feels senior"),
    ("Not a team player.", "Not a team player"),
    ("A great communicator", "great communicator"),
]


@pytest.mark.parametrize(("topic", "text", "word"), PROTECTED, ids=[word for _, _, word in PROTECTED])
def test_a_protected_topic_is_found_with_its_own_reason(topic, text, word) -> None:
    reasons = {one.id: one.why for one in word_list().topics}
    assert (word, "protected", reasons[topic]) in [(f.word, f.kind, f.why) for f in look_at(text)]


@pytest.mark.parametrize("topic", sorted({one.id for one in word_list().topics if one.kind == "protected"}))
def test_every_protected_topic_has_an_example_here(topic) -> None:
    assert topic in {told for told, _, _ in PROTECTED}


@pytest.mark.parametrize(("text", "word"), OPINIONS, ids=[word for _, word in OPINIONS])
def test_an_opinion_without_evidence_is_found(text, word) -> None:
    assert word in [finding.word for finding in look_at(text) if finding.kind == "opinion"]


# What is left alone

TECHNICAL = [
    "A race condition between two workers, and a data race in the C part.",
    "Killed the child process, the parent process hung; child nodes were fine.",
    "One function native, a native extension in Rust, cloud-native otherwise.",
    "Age of data shown beside every value; max-age 60 on the cache. Same age of instalments.",
    "The disabled flag stayed on; the alarm was disabled by default.",
    "The senior on call was woken; seniority of the reviewer does not matter.",
    "A family of models, one column family, the question family.",
    "Health check every 5 s, the health endpoint lied, pods healthy.",
    "Gender bias in the model measured by gender, recall per slice.",
    "Weak labels, weak supervision, a weak baseline and a weak hash.",
    "A sharp drop on Monday, then a sharp increase. C-sharp service.",
    "Smart quotes broke the parser. Smart meters send every 15 minutes.",
    "Set nice to 10: nice value, nice -n. A dashboard is nice to have.",
    "Confident predictions were wrong; the model is confident and wrong.",
    "Lazy loading of the index, aggressive caching, aggressive timeouts.",
    "UNION ALL of two queries, a union type, a union of sets.",
    "Foreign keys, white-list, black box, blind test, double-blind labels.",
    "Accent-insensitive search, accented characters in names.",
    "The passport scans come from an OCR of passport photos.",
    "Vibe coding is not allowed there. The presence of nulls decides.",
    "It does not fit in memory, fits in the cache; a poor fit to last year.",
    "Trees voted; the old model, the older version, a young index.",
    "Credit scoring of small firms, churn by marital-free features, debt ratio as a column.",
    "Technical debt, dead code, code smells.",
    "Christian Meyer reviewed it; Alonzo built the lambda.",
    "The pager woke him at three; it runs religiously every night.",
    "Served in the EU region; patients discharged from hospital are in the labels.",
    "Trace before and after, a grace period, a brace.",
    "Boring technology first. A weird edge case with dates.",
    "Human in the loop; the user may disable it; disabling takes a minute.",
    "Who is on call gets a phone call; children's books shop as the example.",
    "She is short on numbers, he is pretty sure, the candidate was ill prepared for the follow-up.",
    "Poor recall; she is poor at estimating, he was blind to the leak and sick of alerts.",
    "Their credit risk model, their health endpoint, his salary prediction, her age column.",
    "Their English tokeniser, their family of models, her child process leaked.",
    "Chronic flakiness; surgery on the monolith; depressing numbers; p95 just shy of 2 s.",
    "He is white-listing hosts; she is single-minded about black-box testing.",
]


@pytest.mark.parametrize("text", TECHNICAL)
def test_what_the_trade_says_is_left_alone(text) -> None:
    assert words(text) == []


def test_the_demo_rounds_notes_raise_no_alarm() -> None:
    """Four interviewers' notes on six candidates, written as notes should be: about 15,000 characters."""
    from question_bank import load_bank

    ratings = [r for card in demo_record(load_bank()).cards for r in card.content.ratings]
    notes = [text for rating in ratings for text in (rating.evidence, rating.override_reason)]
    assert sum(map(len, notes)) > 10_000
    assert [finding for text in notes for finding in look_at(text)] == []


def test_opinions_in_quotation_marks_are_somebodys_words() -> None:
    for text in ("“That is a nice trick.”", '"a smart cache"', "„sharp“ und gut", "«smart»"):
        assert words(text) == []


@pytest.mark.parametrize(
    "line", ["> A smart cache, nice.", "12:40 > a weak spot", ">sharp", "103:07 >nervous"]
)
def test_opinions_in_a_line_of_the_candidates_words_are_somebodys_words(line) -> None:
    assert words(f"Asked twice.\n{line}\nThen a number.") == []


def test_the_line_after_the_candidates_words_is_the_interviewers_again() -> None:
    assert words("> A smart cache.\nVery smart.\n12:40 Nervous. > 5 s") == ["smart", "Nervous"]


def test_of_text_that_is_all_theirs_only_protected_topics_are_told() -> None:
    told = "My boss was smart and I was pregnant."
    assert [finding.word for finding in look_at(told, theirs=True)] == ["pregnant"]


def test_a_protected_topic_in_quotation_marks_is_still_worth_a_look() -> None:
    assert words("“I am pregnant.”") == ["pregnant"]


def test_an_exception_spares_its_own_place_only() -> None:
    assert words("A race condition. Her race.") == ["Her race"]


# How they are found


@pytest.mark.parametrize("text", ["SMART", "Smart", "smart", "smart."])
def test_case_makes_no_difference(text) -> None:
    assert kinds(text) == ["opinion"]


@pytest.mark.parametrize("text", ["smartest", "outsmart", "smart_meter", "nicely", "unmarried2", "embrace"])
def test_only_whole_words_count(text) -> None:
    assert words(text) == []


@pytest.mark.parametrize("text", ["gut feeling", "gut-feeling", "gut  feeling", "gut\nfeeling"])
def test_words_of_several_parts_are_found_with_a_space_a_hyphen_or_a_line_break(text) -> None:
    assert words(text) == [text]


@pytest.mark.parametrize("sign", ["'", "’"])
def test_the_kind_of_apostrophe_makes_no_difference(sign) -> None:
    assert kinds(f"the candidate{sign}s family") == ["protected"]


def test_of_words_that_overlap_the_longest_is_told_once() -> None:
    assert words("bad attitude") == ["bad attitude"]


def test_the_place_is_where_the_word_stands_whatever_comes_before() -> None:
    for before in ("", "Zürich, ﬁne, İstanbul: ", "👩🏽‍🔬 é ß ", "é "):
        (finding,) = look_at(f"{before}smart")
        assert (finding.place, finding.word) == (len(before), "smart")


def test_findings_stand_in_the_order_of_the_text() -> None:
    assert words("Nervous, then smart, and married.") == ["Nervous", "smart", "married"]


# Names


def test_a_name_is_found_only_when_it_is_asked_for() -> None:
    text = "Tomasz named the flag."
    assert words(text) == []
    assert [(f.word, f.kind) for f in look_at(text, names=["Tomasz Wolny"])] == [("Tomasz", "name")]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("José García-Li", "Jose said; GARCÍA wrote; Li too.", ["Jose", "GARCÍA", "Li"]),
        ("O'Neil, Cara", "cara's plan, O’Neil's flag", ["cara", "O’Neil"]),
        ("李雷", "李雷 said so", ["李雷"]),
        ("Al B", "Plan B of all", []),
        ("", "Nobody", []),
    ],
)
def test_names_are_found_part_by_part(name, text, found) -> None:
    assert words(text, names=[name]) == found


# The lists


def test_every_topic_says_why_and_what_to_write_instead() -> None:
    assert all(len(one.why) > 30 and len(one.instead) >= 10 for one in word_list().topics)


@pytest.mark.parametrize("topic", word_list().topics, ids=lambda topic: topic.id)
def test_no_word_stands_in_two_topics(topic) -> None:
    others = {word for other in word_list().topics if other.id != topic.id for word in other.words}
    assert set(topic.words) & others == set()


def spoken(phrase: str) -> str:
    """A phrase of the lists as somebody would write it."""
    return phrase.replace("<their>", "her").replace("<is>", "she is").replace("<thing>", "column")


def test_every_exception_is_left_alone() -> None:
    assert [phrase for phrase in word_list().exceptions if words(spoken(phrase))] == []


def test_every_exception_spares_a_word_of_the_lists() -> None:
    """An exception that no word needs is dead weight."""
    from scorecards.record import notes

    patterns = [pattern for _, pattern in notes._patterns()]
    idle = [e for e in word_list().exceptions if not any(pattern.search(spoken(e)) for pattern in patterns)]
    assert idle == []


def test_every_kind_has_a_name() -> None:
    assert {"name", *(one.kind for one in word_list().topics)} == set(KIND_NAMES)


@given(st.text(), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_can_be_looked_at(text, names) -> None:
    for finding in look_at(text, names=names):
        assert text[finding.place : finding.place + len(finding.word)] == finding.word


def test_a_hundred_thousand_characters_take_less_than_two_seconds() -> None:
    text = "The model answered, the child process did not; nobody was paged. " * 1600
    began = time.process_time()
    assert look_at(text) == []
    assert time.process_time() - began < 2
