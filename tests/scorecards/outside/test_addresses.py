"""Addresses are the same only where every mail server would say so: nothing is folded together."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorecards.outside.addresses import (
    AddressFaultError,
    clean_email,
    normal_domain,
    normal_email,
    spellings,
)

# Signs that someone folds, maps, composes or leaves out, next to what they turn into.
FOLDED = "kK\u212a sSß\u1e9eſ iIıİ ﬁfi Ａａ \u0430 \u03b1 å\u212b e\u0301é \u00ad\u200b\u200d .。．｡ @＠ 1١²"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Ana@Firm.example", "ana@firm.example"),
        (" ana+jobs@firm.example ", "ana+jobs@firm.example"),
        ("A.N-A_1@firm.example", "a.n-a_1@firm.example"),
        ("ana@groß.example", "ana@xn--gro-7ka.example"),
        ("ana@XN--GRO-7KA.example", "ana@xn--gro-7ka.example"),
        ("ana@xn--gro-7ka.Example", "ana@xn--gro-7ka.example"),
    ],
)
def test_an_address_has_one_normal_form(text: str, normal: str) -> None:
    assert normal_email(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        "mi\u212ae@firm.example",
        "groß@firm.example",
        "ﬁona@firm.example",
        "ａna@firm.example",
        "\u0430na@firm.example",
        "an\u00ada@firm.example",
        "e\u0301va@firm.example",
        "ſam@firm.example",
    ],
)
def test_a_character_before_the_at_that_folds_into_another_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(AddressFaultError, match=r"U\+[0-9A-F]{4} before the @"):
        normal_email(text)


@pytest.mark.parametrize(
    "domain",
    [
        "ﬁrm.example", "ｆirm.example", "firm。example", "firm.example.", "\u212airm.example", "FÜRM.example",
        "fu\u0308rm.example", "fi\u00adrm.example", "firm\u200d.example", "-firm.example", "fi_rm.example",
        "ab--cd.example", "xn--a.example", "xn--.example", "firm", "", ".", "a..example", "1.2.3.4", "[::1]",
        "firm.example\n", "fi rm.example", "x" * 64 + ".example",
    ],
)  # fmt: skip
def test_a_domain_that_is_not_in_a_normal_form_is_refused(domain: str) -> None:
    with pytest.raises(AddressFaultError, match="domain"):
        normal_domain(domain)
    assert clean_email(f"ana@{domain}") is None


@pytest.mark.parametrize(
    "text", ["ana", "@firm.example", "a@b@firm.example", "a..b@firm.example", '"a b"@firm.example', "a b@firm.example",
             "a,b@firm.example", "x" * 65 + "@firm.example", "a\x00@firm.example", "<a@firm.example>"],
)  # fmt: skip
def test_text_that_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(AddressFaultError):
        normal_email(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@groß.example", "ana@gross.example"),
        ("ana@fırm.example", "ana@firm.example"),
        ("ana@\u0430pple.example", "ana@apple.example"),
        ("a.na@firm.example", "ana@firm.example"),
        ("ana+x@firm.example", "ana@firm.example"),
    ],
)
def test_addresses_that_only_look_alike_stay_separate(one: str, other: str) -> None:
    assert normal_email(one) != normal_email(other)


def own_letters(domain: str) -> str:
    """A domain with its labels spelled out, by the bare arithmetic of punycode: not the way the kit does it."""
    small = "".join(sign.lower() if sign.isascii() else sign for sign in domain)
    return ".".join(
        label[4:].encode().decode("punycode") if label.startswith("xn--") else label
        for label in small.split(".")
    )


locals_ = st.text(st.sampled_from("aAkKsSiI.+" + FOLDED), min_size=1, max_size=4)
labels = st.text(st.sampled_from("aAkKsSiI-" + FOLDED), min_size=1, max_size=4)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    label = draw(labels)
    if draw(st.booleans()):
        label = draw(st.sampled_from(["xn--", "XN--"])) + label.encode("punycode").decode()
    return f"{draw(locals_)}@{label}.example"


@given(addresses(), st.one_of(addresses(), st.none()), st.sampled_from(["NFC", "NFKC", "NFD"]))
@example("k@kk.example", "K@KK.example", "NFC")
@example("k@ß.example", "k@xn--zca.example", "NFC")
def test_two_inputs_are_one_address_only_if_case_and_idna_say_so(
    one: str, drawn: str | None, form: str
) -> None:
    for other in (drawn or one, unicodedata.normalize(form, one), one.casefold(), one.swapcase()):
        here, there = clean_email(one), clean_email(other)
        if here is not None and here == there:
            (local, _, domain), (local_2, _, domain_2) = (
                text.strip().rpartition("@") for text in (one, other)
            )
            assert local.isascii()
            assert local.lower() == local_2.lower()
            assert own_letters(domain) == own_letters(domain_2)


@given(addresses())
def test_a_normal_form_is_its_own_normal_form_and_plain_ascii(text: str) -> None:
    found = clean_email(text)
    if found is not None:
        assert found.isascii()
        assert clean_email(found) == found
        assert all(clean_email(spelling) == found for spelling in spellings(found))
