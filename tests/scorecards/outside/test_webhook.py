"""What another system is told on submit: where to, what, signed how, and never to one's own network."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from scorecards.outside.webhook import (
    FRESH_SECONDS,
    WAITS,
    AddressError,
    address_faults,
    is_signed,
    reachable,
    signature,
    told_of,
    wait_after,
)

from ..small_round import card

BODY = b'{"event":"scorecard.submitted"}'


# Where to


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/hook",
        "https://example.org:8443/a?b=c",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/x",
    ],
)
def test_a_public_address_may_be_told(url: str) -> None:
    assert address_faults(url) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "http://example.org/hook",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://name:word@example.org/",
        "https://@example.org/",
        "https://example.org\\@10.0.0.1/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: other",
        "https://exämple.org/",
        "https://" + "x" * 2000 + ".org/",
        "https://[::1",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert len(address_faults(url)) == 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:10.0.0.1]",
        "[::ffff:127.0.0.1]", "[2002:a00:1::]", "[64:ff9b::a00:1]", "[ff02::1]", "db", "printer.local", "vault.internal",
        "a.localhost",
    ],
)  # fmt: skip
def test_an_address_of_ones_own_network_is_refused(host: str) -> None:
    assert "INTERVIEW_KIT_WEBHOOK_HOSTS" in address_faults(f"https://{host}/hook")[0]


def test_a_host_that_the_deployment_allows_may_be_told() -> None:
    assert address_faults("https://10.1.2.3/hook", {"10.1.2.3"}) == []
    assert address_faults("http://127.0.0.1:9/hook", {"127.0.0.1"}) == []


def test_without_encryption_only_this_machine_is_told() -> None:
    assert address_faults("http://10.1.2.3/hook", {"10.1.2.3"}) == ["The address must begin with https://."]


# Both ends of every range of IANA's registries of special-purpose addresses, and of what was withdrawn.
SPECIAL = [
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.0",
    "127.255.255.255",
    "169.254.0.0",
    "169.254.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.10",
    "192.0.0.170",
    "192.0.0.255",
    "192.0.2.0",
    "192.0.2.255",
    "192.31.196.0",
    "192.31.196.255",
    "192.52.193.0",
    "192.52.193.255",
    "192.88.99.0",
    "192.88.99.1",
    "192.88.99.2",
    "192.88.99.255",
    "192.168.0.0",
    "192.168.255.255",
    "192.175.48.0",
    "192.175.48.255",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.0",
    "198.51.100.255",
    "203.0.113.0",
    "203.0.113.255",
    "224.0.0.0",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.254",
    "255.255.255.255",
    "::",
    "::1",
    "::8.8.8.8",
    "::ffff:0.0.0.0",
    "::ffff:8.8.8.8",
    "::ffff:255.255.255.255",
    "64:ff9b::",
    "64:ff9b::10.0.0.1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    "100::",
    "100::1",
    "100:0:0:1::",
    "2001::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:1::1",
    "2001:1::2",
    "2001:1::3",
    "2001:2::",
    "2001:3::",
    "2001:4:112::",
    "2001:5::",
    "2001:10::",
    "2001:20::",
    "2001:30::",
    "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2002::",
    "2002:a00:1::",
    "2002:808:808::",
    "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:8000::",
    "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
    "3fff::",
    "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    "4000::",
    "5f00::",
    "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fc00::",
    "fd00::1",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::",
    "fe80::1",
    "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fec0::",
    "fec0::1",
    "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "ff00::",
    "ff02::1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
]
# Their neighbours, which are anyone's.
PUBLIC_ADDRESSES = [
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2000::",
    "2001:200::",
    "2001:db7:ffff::",
    "2001:db9::",
    "2003::",
    "2606:4700::1111",
    "2620:4f:7fff::",
    "2620:4f:8001::",
    "3ffe::1",
    "3fff:1000::",
]


@pytest.mark.parametrize("address", SPECIAL)
def test_no_special_purpose_address_is_notified_whatever_the_version_of_python(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert "INTERVIEW_KIT_WEBHOOK_HOSTS" in address_faults(f"https://{host}/hook")[0]


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_the_addresses_next_to_them_may_be_notified(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert address_faults(f"https://{host}/hook") == []


@pytest.mark.parametrize("address", SPECIAL)
def test_a_name_that_leads_to_a_special_purpose_address_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (address, 443))])
    with pytest.raises(AddressError, match="not public"):
        reachable("https://innocent.example.org/hook")


@pytest.mark.parametrize("written", ["2130706433", "0x7f000001", "127.1", "017700000001"])
def test_a_number_that_means_this_machine_is_refused_when_it_is_looked_up(written: str) -> None:
    with pytest.raises(AddressError):
        reachable(f"https://{written}/hook")


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:169.254.169.254"]]
)
def test_a_public_name_that_leads_to_ones_own_network_is_refused(
    answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (one, 443)) for one in answers]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(AddressError, match="not public"):
        reachable("https://innocent.example.org/hook")


# What, and signed how


def test_the_body_holds_ids_and_the_code_and_nothing_that_was_said() -> None:
    whole = card("ada", {"DRF-01": 4}, choice="strong_yes")
    told = json.loads(told_of("d1", whole, "C-01", "2026-01-05T09:30:00.000000Z"))
    assert told.keys() == {
        "event", "id", "at", "round_id", "candidate_id", "candidate_code", "interview_id", "interviewer_id",
        "scorecard_id", "path",
    }  # fmt: skip
    assert not {"strong_yes", "Went back", "DRF-01"} & set(json.dumps(told).split('"'))


def test_a_signature_holds_for_its_secret_time_and_body() -> None:
    assert is_signed("key", "1000", BODY, signature("key", 1000, BODY), 1000)


@pytest.mark.parametrize(
    ("secret", "timestamp", "body", "now"),
    [
        ("other", "1000", BODY, 1000),
        ("key", "1001", BODY, 1000),
        ("key", "1000", BODY + b" ", 1000),
        ("key", "1000", BODY, 1001 + FRESH_SECONDS),
        ("key", "-1000", BODY, 1000),
        ("key", "", BODY, 1000),
        ("key", "١٠٠٠", BODY, 1000),
    ],
    ids=["foreign secret", "other time", "other body", "replayed", "negative", "none", "other digits"],
)
def test_a_forged_altered_or_replayed_message_is_not_signed(
    secret: str, timestamp: str, body: bytes, now: float
) -> None:
    assert not is_signed(secret, timestamp, body, signature("key", 1000, BODY), now)


@pytest.mark.parametrize("given", ["", "v1=", "é", "v0=" + "0" * 64])
def test_a_signature_that_makes_no_sense_is_none(given: str) -> None:
    assert not is_signed("key", "1000", BODY, given, 1000)


def test_tries_wait_longer_each_time_and_end() -> None:
    assert [wait_after(tries) for tries in range(1, len(WAITS) + 2)] == [*sorted(WAITS), None]
