"""The sums of the question on fraud just below seventy."""

from .material import question

QUESTION = question("learned-threshold")
SHEET = " ".join(number.give for number in QUESTION.numbers)


def test_the_number_sheet() -> None:
    """6 % and 4 % of 5,000 are 300 and 200; 280 more false accounts at 300 are 84,000; 200 looks are free."""
    assert (5_000 * 6 // 100, 5_000 * 4 // 100, 500 - 300) == (300, 200, 200)
    assert (600 * 50 // 100 - 200 * 10 // 100) * 300 == 84_000
    assert all(figure in SHEET for figure in ("5,000", "84,000", "280 more", "500 reviews a week, so 200"))


def test_a_lower_line_cannot_be_staffed() -> None:
    """A line at 60 asks for 900 looks; 500 can be done."""
    assert 300 + 600 > 500
    assert "900 looks" in " ".join(fact.claim for fact in QUESTION.facts)


WAYS = {way.id: way.listen_for for name in "ab" for way in QUESTION.signal(name).ways}


def test_bands_of_this_week() -> None:
    """4,500 below 60, 600 in the band, 300 above: 5,400 accounts, 5,100 of them outside the false 300."""
    assert 5_000 - 300 - 200 == 4_500
    assert 4_500 + 600 + 300 == 5_400 == 5_000 + 400
    assert 5_400 - 300 == 5_100
    assert all(figure in SHEET for figure in ("4,500 score below", "5,400 in all", "third day"))
    assert "5,100 honest" in QUESTION.signal("g").listen_for


def test_series_and_the_others_add_up() -> None:
    """380 and 220 are 600; 280 and 20 false ones are 300, and the others look like a normal week."""
    assert (380 + 220, 280 + 20, 380 - 280) == (600, 300, 100)
    assert round(100 * 20 / 220) == 9
    assert "280 of the 380 like that were false, and 20 of the other 220" in SHEET


def test_what_the_plans_save() -> None:
    """Holding 380 saves $84,000, 200 looks at them about $44,000, at random $30,000, later payouts $81,000."""
    found = 200 * 280 / 380
    assert (round(found), round(found * 300, -3)) == (147, 44_000)
    assert 280 * 300 == 84_000
    assert 200 * 300 // 600 * 300 == 30_000
    assert (300 * 9 // 10, 300 * 9 // 10 * 300) == (270, 81_000)
    assert round(380 / 200, 1) == 1.9
    assert "$84,000" in WAYS["hold-linked"]
    assert "147 false ones, so about $44,000" in WAYS["looks-on-linked"]
    assert "$81,000" in WAYS["hold-payouts"]
    assert "$30,000" in QUESTION.signal("b").listen_for
    assert "eighty-one thousand" in QUESTION.practice[3].answer
    assert "about 147 there, forty-four thousand" in QUESTION.practice[4].answer


def test_few_looks_show_little() -> None:
    """None in fifty still allows about 6 % (5.8 with 95 % certainty), 270 of 4,500; 1 % takes 300 looks."""
    assert round(100 * (1 - 0.05 ** (1 / 50)), 1) == 5.8
    assert (round(100 * 3 / 50), 4_500 * 6 // 100, 100 * 3 / 300) == (6, 270, 1)
    assert all(figure in QUESTION.signal("h").listen_for for figure in ("6 %", "270", "300 looks"))
    assert "270 below sixty" in QUESTION.practice[4].answer


def test_the_card_does_not_hold_what_decides() -> None:
    """Neither bands nor days nor devices are on it."""
    opening = QUESTION.prompt + str(QUESTION.card)
    assert not any(word in opening for word in ("600", "200", "third day", "device", "days of each release"))
