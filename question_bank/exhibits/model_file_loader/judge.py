"""The hidden cases. Each returns "" when it passed, otherwise what was seen.

All of it stays outside the jail: the hub, our list, the numbers that a model should give. The candidate's loader gets
bytes and names, and hands back scores or a refusal. Names, numbers and the order of honest load and attack are
drawn, so that nothing but the bytes and the list tells one from the other.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from question_bank.jail import CandidateError, Limits, Session, serving

from ..bench import FailedError, handed_in
from . import artefacts as files

HERE = Path(__file__).parent
SCAN = HERE / "given" / "scan.py"
FAMILIES = ("ranker", "tagger", "sorter", "reader", "finder", "grader", "linker", "mapper")


class World:
    """A hub with two approved models, one of arrays and one of text, and our own list of them."""

    session: Session

    def __init__(self, hidden: int, case: str) -> None:
        self.key = f"{hidden}:{case}"
        self.draw = random.Random(self.key)
        self.marker = "".join(self.draw.choices("abcdefghjkmnpqrstuvwxyz23456789", k=12))
        self.family, self.other, self.third = self.draw.sample(FAMILIES, 3)
        # The first one is on our list, the next is newer, the last is what a stranger adds.
        self.first, self.next, self.last = sorted(self.draw.sample(range(1, 10), 3))
        self.offered: dict[str, bytes] = {}
        self.approved: dict[str, dict[str, str]] = {}
        self.arrays, self.text = self.name(self.first), f"{self.other}-{self.first}.json"
        self.offer(self.arrays, files.npz(*self.numbers(self.arrays)), "npz")
        self.offer(self.text, files.as_json(*self.numbers(self.text)), "json")
        self.early = self.draw.random() < 0.5

    def name(self, number: int, suffix: str = "npz") -> str:
        return f"{self.family}-{number}.{suffix}"

    def numbers(self, name: str) -> tuple[Any, float]:
        return files.weights(self.key, name)

    def evil(self) -> bytes:
        return files.npz(*self.numbers("evil"))

    def offer(self, name: str, data: bytes, approve: str | None = None) -> None:
        """Upload; with `approve` the digest and the format of these bytes go on our list."""
        self.offered[name] = data
        if approve:
            self.approved[name] = {"sha256": hashlib.sha256(data).hexdigest(), "format": approve}

    def fetch(self, name: str) -> bytes:
        return self.offered[name]

    def answers(self) -> dict[str, Callable[..., Any]]:
        """What the loader may ask of the hub."""
        return {
            "names": lambda: sorted(self.offered),
            "fetch": lambda name: base64.b64encode(self.fetch(name)).decode(),
            "digests": lambda: {n: hashlib.sha256(self.fetch(n)).hexdigest() for n in sorted(self.offered)},
        }

    def loads(self, name: str, expected: tuple[Any, float], how: str = "load") -> bool:
        """Whether loading gives a model that scores a row of our choice like `expected`."""
        model = self.session.do(how, self.approved, name)
        row = [round(self.draw.uniform(-3, 3), 4) for _ in expected[0]]
        right = sum(x * w for x, w in zip(row, expected[0].tolist(), strict=True)) + expected[1]
        found = self.session.do("score", model, row)
        return isinstance(found, float) and abs(found - right) < 1e-9

    def refused(self, name: str) -> bool:
        """Whether loading ends in an exception; a model that comes back is no refusal."""
        try:
            self.session.do("load", self.approved, name)
        except CandidateError:
            return True
        return False

    def fine(self) -> str:
        """The honest load beside every attack."""
        name = f"{self.third}-{self.next}.npz"
        self.offer(name, files.npz(*self.numbers(name)), "npz")
        return (
            "" if self.loads(name, self.numbers(name)) else "an approved file beside the attack does not load"
        )

    def verdict(self, refused: bool, what: str) -> str:
        if not refused:
            return what
        return "" if self.early else self.fine()


Lead = Callable[[World], str]


def case(lead: Lead) -> Callable[[Path, int], str]:
    """A case in a process of its own; whether code of a file ran is looked at when it has ended."""

    @wraps(lead)
    def led(folder: Path, hidden: int) -> str:
        world = World(hidden, lead.__name__)
        held = {**handed_in(folder, "hub.py", "scan.py"), "scan.py": SCAN.read_bytes()}
        limits = Limits(seconds=20)
        with serving(
            held, HERE / "drive.py", answers=world.answers(), want=[world.marker], limits=limits
        ) as session:
            world.session = session
            try:
                seen = (world.fine() if lead.__name__.startswith("attack") and world.early else "") or lead(
                    world
                )
            except (CandidateError, FailedError) as error:
                seen = str(error)
            ran = session.end()
            return "code in the file ran" if world.marker in ran.left else seen

    return led


@case
def attack_known_to_the_scanner(world: World) -> str:
    name = world.name(world.next, "pkl")
    world.offer(name, files.pickled(True, world.marker))
    return world.verdict(world.refused(name), "a file that nobody approved was loaded")


@case
def attack_missed_by_the_scanner(world: World) -> str:
    """Even on the list by mistake, a file that runs code must not run."""
    name = world.name(world.next, "pkl")
    world.offer(name, files.pickled(False, world.marker), "npz")
    return world.verdict(world.refused(name), "a pickle was loaded")


@case
def attack_renamed(world: World) -> str:
    one, other = world.name(world.next), world.name(world.last, "json")
    world.offer(one, files.pickled(False, world.marker), "npz")
    world.offer(other, files.pickled(False, world.marker), "json")
    refused = world.refused(one) & world.refused(other)
    return world.verdict(refused, "a renamed pickle was loaded")


@case
def attack_object_inside(world: World) -> str:
    name = world.name(world.next)
    world.offer(name, files.npz_with_object(world.marker), "npz")
    return world.verdict(world.refused(name), "an object inside the arrays was loaded")


@case
def attack_swapped_after_approval(world: World) -> str:
    world.offer(world.arrays, world.evil())
    world.offer(world.text, files.as_json(*world.numbers("evil")))
    refused = world.refused(world.arrays) & world.refused(world.text)
    return world.verdict(refused, "a file that was swapped after its approval was loaded")


@case
def attack_second_fetch_differs(world: World) -> str:
    """The first download is the approved file, every further one is not."""
    good, count = world.fetch, {world.arrays: 0}

    def fetch(name: str) -> bytes:
        if name != world.arrays:
            return good(name)
        count[name] += 1
        return good(name) if count[name] == 1 else world.evil()

    world.fetch = fetch  # type: ignore[method-assign]
    safe = False
    with suppress(CandidateError):
        safe = world.loads(world.arrays, world.numbers(world.arrays))
    return world.verdict(safe, "what was checked is not what was loaded")


@case
def attack_newer_name(world: World) -> str:
    """A stranger uploads a higher number; the newest approved one is wanted."""
    newer, stranger = world.name(world.next), world.name(world.last)
    world.offer(newer, files.npz(*world.numbers(newer)), "npz")
    world.offer(stranger, world.evil())
    right = world.loads(world.family, world.numbers(newer), "latest")
    return world.verdict(right and world.refused(stranger), "a file that nobody approved was loaded")


@case
def attack_swapped_on_our_disk(world: World) -> str:
    """Somebody who can write to the folder of downloads swaps what lies there."""
    if not world.loads(world.arrays, world.numbers(world.arrays)):
        raise FailedError("an approved file does not load")
    world.session.do("swap", base64.b64encode(world.evil()).decode())
    safe = True
    with suppress(CandidateError):
        safe = world.loads(world.arrays, world.numbers(world.arrays))
    return world.verdict(safe, "a kept file was loaded without a look")


@case
def honest_arrays(world: World) -> str:
    return "" if world.loads(world.arrays, world.numbers(world.arrays)) else "other scores"


@case
def honest_text(world: World) -> str:
    return "" if world.loads(world.text, world.numbers(world.text)) else "other scores"


@case
def honest_older_version(world: World) -> str:
    """Going back to an older approved file works while a newer one is there, and after it has gone bad."""
    newer = world.name(world.next)
    world.offer(newer, files.npz(*world.numbers(newer)), "npz")
    first = world.loads(world.family, world.numbers(newer), "latest")
    again = first and world.loads(world.arrays, world.numbers(world.arrays))
    return "" if again else "other scores"


@case
def honest_refusal_names_the_file(world: World) -> str:
    name = world.name(world.last)
    world.offer(name, world.evil())
    try:
        world.session.do("load", world.approved, name)
    except CandidateError as error:
        return world.fine() if name in str(error) else "the refusal does not name the file"
    return "no refusal"
