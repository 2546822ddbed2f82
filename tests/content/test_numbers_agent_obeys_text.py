"""The numbers of the support agent that refunds strangers."""

from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/security/agent-obeys-text.yaml", BANK, Question)
GIVE = {number.about: number.give for number in QUESTION.numbers}

MINUTES_OF_DAY = 14 * 60 + 10
MINUTES = MINUTES_OF_DAY - (11 * 60 + 50)
STRANGE_PER_HOUR, STRANGE_SUM = 150, 190
CEILING_PER_HOUR, BUSIEST_HOUR = 3_000, 2_600


def test_normal_hour() -> None:
    """30 refunds of $35 are $1,050 an hour; the key's ceiling is above the busiest honest hour, the decoy's is not."""
    assert 30 * 35 == 1_050
    assert "$1,050 an hour" in GIVE["A normal hour"]
    assert 1_050 < 2_000 < BUSIEST_HOUR < CEILING_PER_HOUR
    assert "$2,600" in GIVE["The busiest honest hour"]
    assert "$2,000 an hour" in str(QUESTION.signal("g").decoy)


def test_loss_so_far() -> None:
    """140 minutes of 150 strange refunds an hour at $190 are 350 refunds and $66,500; $28,500 an hour."""
    text = GIVE["What has been seen since 11:50"]
    assert MINUTES == 140
    count = STRANGE_PER_HOUR * MINUTES // 60
    assert (count, count * STRANGE_SUM, STRANGE_PER_HOUR * STRANGE_SUM) == (350, 66_500, 28_500)
    assert all(part in text for part in ("140 minutes", "350 refunds", "$66,500", "$28,500"))
    assert STRANGE_SUM <= 200


def test_ceiling_would_have_bounded_the_loss() -> None:
    """At $3,000 an hour at most $7,000 goes out in 140 minutes."""
    assert CEILING_PER_HOUR * MINUTES / 60 == 7_000
    assert "$3,000, and then at most $7,000" in " ".join(QUESTION.signal("g").listen_for.split())
    assert "$7,000" in QUESTION.facts[-1].claim


def test_what_leaves_at_six() -> None:
    """350 wrong and 70 usual refunds are 420; the mark misses ten, $1,900; by hand 28 hours, 2 h 20 for twelve."""
    usual = 30 * MINUTES // 60
    assert (usual, 350 + usual) == (70, 420)
    assert (350 - 340) * STRANGE_SUM == 1_900
    assert 420 * 4 / 60 == 28
    assert 420 * 4 / 12 == 2 * 60 + 20
    assert 28 / 10 < 3.5, "ten people from half past two are done before six"
    assert "18:00" in GIVE["When the money leaves"]
    assert "340 of the 350" in GIVE["How wrong ones can be told apart"]
    ways = {way.id: way.listen_for for way in QUESTION.signal("d").ways}
    assert "All 420" in ways["hold-all"]
    assert "$1,900" in ways["hold-by-mark"]
    assert "28 hours" in ways["sort-by-hand"]


def test_the_afternoon_of_twelve_people() -> None:
    """180 an hour take twelve people, 30 take two; until six 115 usual refunds come."""
    assert 180 * 4 / 60 == 12
    assert 30 * 4 / 60 == 2
    assert 30 * (18 * 60 - MINUTES_OF_DAY) // 60 == 115
    ways = {way.id: way.listen_for for way in QUESTION.signal("e").ways}
    assert "Two people" in ways["park-the-strange"]
    assert "115 honest customers" in ways["refunds-tomorrow"]


def test_people_can_refund_by_hand() -> None:
    """Twelve people at four minutes each refund 180 an hour, six times a normal hour."""
    assert 12 * 60 // 4 == 180 == 6 * 30
    assert "180 an hour" in GIVE["People in support"]


def test_prompt_times_agree_with_the_card() -> None:
    """The prompt's ten past two and two hundred dollars are the card's 14:10 and $200."""
    assert "ten past two" in QUESTION.prompt
    assert "two hundred dollars" in QUESTION.prompt
    assert "14:10" in (QUESTION.card or "")
    assert "$200" in (QUESTION.card or "")
    assert "15:10" in (QUESTION.card or "")


def test_samples_use_the_same_figures() -> None:
    """Payouts, people, slips and ceiling of the samples are those of the number list."""
    third, fourth, last = (" ".join(QUESTION.practice[n].answer.split()) for n in (2, 3, 4))
    assert all(part in third for part in ("all 420", "66,500", "about seventy", "180 an hour", "two people"))
    assert all(part in fourth for part in ("340 of 350", "nineteen hundred dollars", "about 115"))
    assert all(part in last for part in ("28 hours", "2,600", "three thousand", "seven thousand"))


def test_the_card_does_not_hold_what_decides() -> None:
    """Neither when the money leaves nor how many people there are."""
    opening = QUESTION.prompt + str(QUESTION.card)
    assert not any(word in opening for word in ("18:00", "six o'clock", "twelve", "payout", "11:50"))
