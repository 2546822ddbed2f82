"""The numbers of the support agent that refunds strangers."""

from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/security/agent-obeys-text.yaml", BANK, Question)
GIVE = {number.about: number.give for number in QUESTION.numbers}

MINUTES = (14 * 60 + 10) - (11 * 60 + 50)
STRANGE_PER_HOUR, STRANGE_SUM = 150, 190
CEILING_PER_HOUR = 2_000


def test_normal_hour() -> None:
    """30 refunds of $35 are $1,050 an hour, a little over half of the ceiling named in the key."""
    assert 30 * 35 == 1_050
    assert "$1,050 an hour" in GIVE["A normal hour"]
    assert 1_050 < CEILING_PER_HOUR < 2 * 1_050


def test_loss_so_far() -> None:
    """140 minutes of 150 strange refunds an hour at $190 are 350 refunds and $66,500; $28,500 an hour."""
    text = GIVE["What has been seen since 11:50"]
    assert MINUTES == 140
    count = STRANGE_PER_HOUR * MINUTES // 60
    assert (count, count * STRANGE_SUM, STRANGE_PER_HOUR * STRANGE_SUM) == (350, 66_500, 28_500)
    assert all(part in text for part in ("140 minutes", "350 refunds", "$66,500", "$28,500"))
    assert STRANGE_SUM <= 200


def test_ceiling_would_have_bounded_the_loss() -> None:
    """At $2,000 an hour at most $4,667 goes out in 140 minutes: less than 5,000."""
    assert round(CEILING_PER_HOUR * MINUTES / 60) == 4_667
    assert "at 2,000 dollars an hour less than 5,000" in QUESTION.signal("h").listen_for
    assert "$4,667" in QUESTION.facts[-1].claim


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
    """The last sample's loss and ceiling are those of the number list."""
    answer = QUESTION.practice[-1].answer
    assert "350 since 11:50" in answer
    assert "66,500" in answer
    assert "two thousand dollars an hour" in answer
