"""Broken questions: each fault names the file, the key and a cure, and all come at once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from question_bank import BANK, load_bank
from rubrics import ContentError, load_rubrics
from rubrics.files import mapping_in
from tests.rubrics.broken_text import BROKEN_TEXT
from tests.rubrics.test_load import assert_told, drop, put

RUBRICS = load_rubrics()
STORY = "questions/shipped/after-launch.yaml"
REVIEW = "questions/mlops/future-leak.yaml"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A private bank of two questions; everything else comes from the shipped one."""
    for name in (STORY, REVIEW):
        (tmp_path / "bank" / name).parent.mkdir(parents=True)
        shutil.copy(BANK / name, tmp_path / "bank" / name)
    return tmp_path / "bank"


def change(bank: Path, edit, name: str = STORY) -> None:
    """Write the file anew with what `edit` does to its mapping."""
    data = mapping_in((bank / name).read_bytes(), name)
    edit(data)
    (bank / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def faults(bank: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        load_bank(bank, RUBRICS)
    return caught.value


def without_probes_for(letter):
    def edit(data):
        data["probes"] = [probe for probe in data["probes"] if letter not in probe["if_missed"]]

    return edit


def signals(keep):
    def edit(data):
        data["signals"] = [signal for signal in data["signals"] if keep(signal)]

    return edit


def no_musts(data):
    for signal in data["signals"]:
        signal.pop("must", None)


def lowered(*letters):
    """These signals to level 3."""

    def edit(data):
        for signal in data["signals"]:
            if signal["id"] in letters:
                signal["level"] = 3

    return edit


BROKEN = {
    "a word where a number belongs": (put("one", "version"), "version", "integer"),
    "minutes as a word": (put("two", "minutes", "read"), "minutes.read", "integer"),
    "minutes below zero": (put(-1, "minutes", "probes"), "minutes.probes", "greater"),
    "a number where text belongs": (put(42, "title"), "title", "string"),
    "an empty prompt": (put("", "prompt"), "prompt", "at least 1"),
    "no prompt": (drop("prompt"), "prompt", "required"),
    "nothing where text belongs": (put(None, "trap"), "trap", "string"),
    "text where a list belongs": (put("a", "signals"), "signals", "tuple"),
    "a key nobody knows": (put("blue", "colour"), "colour", "not permitted"),
    "an inner key nobody knows": (put("blue", "signals", 0, "colour"), "signals.0.colour", "not permitted"),
    "a baseline in the question's own file": (
        put({"assistant": "One", "tried_on": "2026-11-30", "version": 2, "card": []}, "assistant"),
        "assistant",
        "measured, not written here",
    ),
    "an id of another form": (put("shp1", "id"), "id", "pattern"),
    "a family with capitals": (put("After Launch", "family"), "family", "pattern"),
    "a kind nobody knows": (put("riddle", "kind"), "kind", "'behavioural'"),
    "a track nobody knows": (put("robots", "track"), "track", "'general'"),
    "a label of 81 characters": (put("x" * 81, "signals", 0, "label"), "signals.0.label", "80"),
    "an anchor missing": (drop("anchors", "level_3"), "anchors.level_3", "required"),
    "a decoy missing at level 3": (drop("signals", 1, "decoy"), "signals.1", "needs decoy"),
    "a check missing at level 4": (drop("signals", 5, "check_question"), "signals.5", "needs check_question"),
    "a signal of level 5": (put(5, "signals", 0, "level"), "signals.0.level", "2, 3 or 4"),
    "a must of level 4": (put(True, "signals", 5, "must"), "signals.5", "level 2 or 3"),
    "a signal's letter twice": (put("b", "signals", 0, "id"), "signals", "'b' stands 2 times"),
    "a red flag's letter twice": (put("b", "red_flags", 0, "id"), "red_flags", "'b' stands 2 times"),
    "four signals": (signals(lambda s: s["id"] in "abcf"), "signals", "there are 4"),
    "no must at all": (no_musts, "signals", "two musts"),
    "one signal of level 4": (lowered("f", "g"), "signals", "two signals of level 4"),
    "a competency nobody knows": (put("juggling", "competency"), "competency", "no competency"),
    "a sub-skill nobody knows": (put("SHP9", "subskill"), "subskill", "no sub-skill"),
    "a sub-skill of another competency": (put("DRF1", "subskill"), "subskill", "no sub-skill of shipped"),
    "a competency of another folder": (
        put("drift", "competency"),
        "competency",
        "another competency's folder",
    ),
    "a probe for a signal nobody knows": (put(["z"], "probes", 0, "if_missed"), "probes", "'z' is no signal"),
    "a must without a probe": (without_probes_for("b"), "probes", "the must 'b' has no probe"),
    "a help of 3": (put(3, "probes", 0, "help"), "probes.0.help", "0, 1 or 2"),
    "a red flag with another effect": (put("cap_3", "red_flags", 0, "effect"), "red_flags.0.effect", "cap_2"),
    "a level that the rule does not give": (put(4, "practice", 0, "level"), "practice.0.level", "give 1"),
    "a tick nobody knows": (put(["z"], "practice", 0, "ticks"), "practice.0", "'z' is neither"),
    "two practice samples": (lambda d: d.update(practice=d["practice"][:2]), "practice", "there are 2"),
    "a term nobody knows": (put(["flux"], "glossary"), "glossary", "'flux' is not in glossary.yaml"),
    "a story without a ledger": (drop("ledger"), "ledger", "'behavioural' needs it"),
    "no route without experience": (drop("no_experience_route"), "no_experience_route", "needs it"),
}

BROKEN_REVIEW = {
    "a defect in a line that does not exist": (put([999], "defects", 0, "lines"), "defects.D1.lines", "the code has"),
    "a defect in line 0": (put([0], "defects", 0, "lines"), "defects.D1.lines", "the code has"),
    "a review without defects": (drop("defects"), "defects", "needs it"),
    "code and text in one exhibit": (put("x", "exhibits", 0, "text"), "exhibits.0", "exactly one"),
    "no text for somebody who cannot see": (
        drop("exhibits", 0, "text_alternative"), "exhibits.0.text_alternative", "required",
    ),
    "a reveal of an exhibit that is not there": (
        put([{"if_asked": "The log", "exhibit": "log"}], "reveals"), "reveals.0.exhibit", "'log' is no exhibit",
    ),
    "a reveal of nothing": (put([{"if_asked": "The log"}], "reveals"), "reveals.0", "either show or exhibit"),
    "a fact without a source": (drop("facts", 0, "source"), "facts.0.source", "required"),
    "a fact checked on no day": (put("yesterday", "facts", 0, "checked_on"), "facts.0.checked_on", "date"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "key", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_names_file_key_and_cure(bank, edit, key, says) -> None:
    change(bank, edit)
    assert_told(faults(bank), STORY, key, says)


@pytest.mark.parametrize(("edit", "key", "says"), BROKEN_REVIEW.values(), ids=BROKEN_REVIEW)
def test_a_broken_review_names_file_key_and_cure(bank, edit, key, says) -> None:
    change(bank, edit, REVIEW)
    assert_told(faults(bank), REVIEW, key, says)


@pytest.mark.parametrize("broken", BROKEN_TEXT, ids=lambda broken: broken.name)
def test_a_file_that_is_no_mapping_names_itself_and_a_cure(bank, broken) -> None:
    (bank / STORY).write_bytes(broken.data)
    assert_told(faults(bank), STORY, "", broken.says)


def test_the_good_bank_loads(bank) -> None:
    assert [question.id for question in load_bank(bank, RUBRICS).questions] == ["MLO-05", "SHP-01"]


def test_brackets_nested_without_end_do_not_end_the_process(bank) -> None:
    (bank / STORY).write_bytes(b"id: " + b"[" * 200_000)
    code = "import sys; from pathlib import Path; from question_bank import *; from rubrics import *\n"
    code += "try: load_bank(Path(sys.argv[1]))\nexcept ContentError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code, str(bank)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(STORY)


def test_one_id_in_two_files_names_both(bank) -> None:
    shutil.copy(bank / STORY, bank / "questions/shipped/copied.yaml")
    error = faults(bank)
    for name in (STORY, "questions/shipped/copied.yaml"):
        assert_told(error, name, "id", "'SHP-01' is used 2 times")


def test_a_question_in_the_wrong_folder_is_told_where_to_move(bank) -> None:
    (bank / "questions/drift").mkdir()
    (bank / STORY).rename(bank / "questions/drift/after-launch.yaml")
    error = faults(bank)
    assert_told(error, "questions/drift/after-launch.yaml", "competency", "questions/shipped/")


def test_a_link_out_of_the_folder_is_not_followed(bank, tmp_path) -> None:
    (bank / STORY).rename(tmp_path / "outside.yaml")
    (bank / STORY).symlink_to(tmp_path / "outside.yaml")
    assert_told(faults(bank), STORY, "", "outside")


def test_a_link_to_itself_is_a_fault_and_no_crash(bank) -> None:
    (bank / STORY).unlink()
    (bank / STORY).symlink_to(bank / STORY)
    assert_told(faults(bank), STORY, "", "")


def test_a_bank_without_questions_is_named(tmp_path) -> None:
    assert_told(faults(tmp_path), "questions", "", "no question")


def test_own_profiles_are_checked_against_rubrics_and_loops(bank) -> None:
    shutil.copytree(BANK / "profiles", bank / "profiles")
    change(bank, put("juggling", "targets", 0, "competency"), "profiles/nlp.yaml")
    change(bank, put(["marathon"], "loops"), "profiles/tabular.yaml")
    change(bank, put(3.0, "targets", 0, "weight"), "profiles/llmops.yaml")
    error = faults(bank)
    assert_told(error, "profiles/nlp.yaml", "targets", "'juggling' is no competency")
    assert_told(error, "profiles/tabular.yaml", "loops", "'marathon' is no loop")
    assert_told(error, "profiles/llmops.yaml", "", "weights_reason")


def test_own_loops_are_checked_against_rubrics_and_the_clock(bank) -> None:
    shutil.copytree(BANK / "loops", bank / "loops")
    change(bank, put(41, "slots", 0, "minutes"), "loops/founder-screen.yaml")
    change(bank, put("juggling", "slots", 0, "items", 0, "competency"), "loops/practical.yaml")
    change(bank, put("SHP9", "slots", 0, "items", 0, "subskill"), "loops/contractor.yaml")
    error = faults(bank)
    # 5 around and 15 + 10 + 13 are 43; nine tenths of 41 are 36.
    assert_told(error, "loops/founder-screen.yaml", "slots.founder-screen", "43 minutes do not fit")
    assert_told(error, "loops/practical.yaml", "slots.practical", "'juggling' is no competency")
    assert_told(error, "loops/contractor.yaml", "slots.contractor", "'SHP9' is no sub-skill")


def test_an_own_glossary_is_checked(bank) -> None:
    shutil.copy(BANK / "glossary.yaml", bank / "glossary.yaml")
    change(bank, lambda d: d["terms"].append(dict(d["terms"][0])), "glossary.yaml")
    assert_told(faults(bank), "glossary.yaml", "id", "is used 2 times")
    change(bank, drop("terms", 0, "plain"), "glossary.yaml")
    assert_told(faults(bank), "glossary.yaml", "terms.0.plain", "required")


def test_several_faults_in_several_files_come_at_once(bank) -> None:
    shutil.copy(BANK / "glossary.yaml", bank / "glossary.yaml")
    shutil.copytree(BANK / "loops", bank / "loops")
    change(bank, lambda d: (drop("title")(d), put("riddle", "kind")(d)))
    change(bank, lambda d: (put("MLO9", "subskill")(d), put(["flux"], "glossary")(d)), REVIEW)
    (bank / "loops/practical.yaml").write_bytes(b"")
    change(bank, drop("terms", 0, "plain"), "glossary.yaml")
    found = {(problem.file, problem.key) for problem in faults(bank).problems}
    assert found >= {
        (STORY, "title"),
        (STORY, "kind"),
        (REVIEW, "subskill"),
        (REVIEW, "glossary"),
        ("loops/practical.yaml", ""),
        ("glossary.yaml", "terms.0.plain"),
    }


def test_the_order_of_the_faults_is_the_same_every_time(bank) -> None:
    change(bank, lambda d: (put("SHP9", "subskill")(d), put(["flux", "ebb"], "glossary")(d)))
    change(bank, put(["flow"], "glossary"), REVIEW)
    assert str(faults(bank)) == str(faults(bank))


# Nothing is skipped in silence


@pytest.mark.parametrize("ending", [".yml", ".YAML", ".YML", ".Yaml"])
def test_a_question_is_read_however_its_ending_is_written(bank, ending) -> None:
    (bank / STORY).rename((bank / STORY).with_suffix(ending))
    assert len(load_bank(bank, RUBRICS).questions) == 2


@pytest.mark.parametrize("part", ["profiles", "loops"])
def test_profiles_and_loops_are_read_however_their_ending_is_written(bank, part) -> None:
    shutil.copytree(BANK / part, bank / part)
    for path in sorted((bank / part).glob("*.yaml")):
        path.rename(path.with_suffix(".yml"))
    wanted = len(list((BANK / part).glob("*.yaml")))
    assert len(getattr(load_bank(bank, RUBRICS), part)) == wanted


def test_an_own_glossary_is_read_however_its_ending_is_written(bank) -> None:
    shutil.copy(BANK / "glossary.yaml", bank / "glossary.YML")
    data = yaml.safe_load((bank / "glossary.YML").read_text("utf-8"))
    data["terms"][0]["term"] = "Our word"
    (bank / "glossary.YML").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    assert load_bank(bank, RUBRICS).glossary.terms[0].term == "Our word"


@pytest.mark.parametrize("name", ["after-launch.yaml.txt", "after-launch.json", "deeper/down.yml.TXT"])
def test_a_file_that_looks_like_content_and_is_not_read_is_named(bank, name) -> None:
    path = bank / "questions/shipped" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: SHP-99\n", "utf-8")
    assert_told(faults(bank), f"questions/shipped/{name}", "", "not read")


@pytest.mark.parametrize(
    "name", ["after-launch.yaml~", ".after-launch.yaml.swp", "notes.md", "after-launch.yaml.orig"]
)
def test_what_editors_leave_behind_is_no_fault(bank, name) -> None:
    (bank / "questions/shipped" / name).write_text("left", "utf-8")
    assert len(load_bank(bank, RUBRICS).questions) == 2


def test_a_file_outside_the_folders_is_named(bank) -> None:
    shutil.copy(bank / STORY, bank / "after-launch.yml")
    assert_told(faults(bank), "after-launch.yml", "", "not read")


def test_a_folder_in_capitals_is_named(bank) -> None:
    (bank / "Profiles").mkdir()
    assert_told(faults(bank), "Profiles/", "", "not read")
