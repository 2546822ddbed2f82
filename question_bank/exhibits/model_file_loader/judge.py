"""The hidden cases. Each returns "" when it passed, otherwise what was seen. Runs beside the candidate's code."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

import artefacts as files
import loader
import numpy as np
from hub import Hub

MARKER = Path("MARKER")


class World:
    """A hub with two approved models, ranker-1 as arrays and tagger-1 as text, and our own list of them."""

    def __init__(self, seed, case):
        self.seed, self.case = seed, case
        folder = Path("hub_of_case")
        for old in (folder, Path("downloads"), MARKER):
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)
        folder.mkdir()
        Path("downloads").mkdir()
        self.hub = Hub(folder)
        self.approved = {}
        self.offer("ranker-1.npz", files.npz(*self.numbers("ranker-1")), "npz")
        self.offer("tagger-1.json", files.as_json(*self.numbers("tagger-1")), "json")

    def numbers(self, name):
        return files.weights(f"{self.seed}:{self.case}", name)

    def offer(self, name, data, approve=None):
        """Upload; with `approve` the digest and the format of these bytes go on our list."""
        (self.hub.folder / name).write_bytes(data)
        if approve:
            self.approved[name] = {"sha256": hashlib.sha256(data).hexdigest(), "format": approve}

    def loads(self, name, expected, load=None):
        """Whether loading gives a model that scores like `expected`."""
        model = (load or loader.load)(self.hub, self.approved, name)
        row = np.arange(1.0, 1.0 + len(expected[0]))
        return bool(abs(model.score(row) - float(row @ expected[0] + expected[1])) < 1e-9)

    def refused(self, name, load=None):
        """Whether nothing was loaded and nothing ran; a model that comes back is no refusal."""
        refused = False
        try:
            (load or loader.load)(self.hub, self.approved, name)
        except Exception:
            refused = True
        return refused and not os.path.exists(MARKER)

    def fine(self):
        """The honest load beside every attack."""
        self.offer("ranker-5.npz", files.npz(*self.numbers("ranker-5")), "npz")
        loaded = self.loads("ranker-5.npz", self.numbers("ranker-5"))
        return "" if loaded and not MARKER.exists() else "an approved file beside the attack does not load"


def verdict(world, refused, what):
    if MARKER.exists():
        return "code in the file ran"
    return world.fine() if refused else what


def attack_known_to_the_scanner(_, seed):
    world = World(seed, "known")
    world.offer("ranker-2.pkl", files.pickled(True))
    return verdict(world, world.refused("ranker-2.pkl"), "a file that nobody approved was loaded")


def attack_missed_by_the_scanner(_, seed):
    """Even on the list by mistake, a file that runs code must not run."""
    world = World(seed, "missed")
    world.offer("ranker-2.pkl", files.pickled(False), "npz")
    return verdict(world, world.refused("ranker-2.pkl"), "a pickle was loaded")


def attack_renamed(_, seed):
    world = World(seed, "renamed")
    world.offer("ranker-2.npz", files.pickled(False), "npz")
    world.offer("ranker-3.json", files.pickled(False), "json")
    refused = world.refused("ranker-2.npz") & world.refused("ranker-3.json")
    return verdict(world, refused, "a renamed pickle was loaded")


def attack_object_inside(_, seed):
    world = World(seed, "object")
    world.offer("ranker-2.npz", files.npz_with_object(None), "npz")
    return verdict(world, world.refused("ranker-2.npz"), "an object inside the arrays was loaded")


def attack_swapped_after_approval(_, seed):
    world = World(seed, "swapped")
    world.offer("ranker-1.npz", files.npz(*world.numbers("evil")))
    world.offer("tagger-1.json", files.as_json(*world.numbers("evil")))
    refused = world.refused("ranker-1.npz") & world.refused("tagger-1.json")
    return verdict(world, refused, "a file that was swapped after its approval was loaded")


def attack_second_fetch_differs(_, seed):
    """The first download is the approved file, every further one is not."""
    world = World(seed, "second")
    good, count = world.hub.fetch, {"ranker-1.npz": 0}

    def fetch(name):
        if name != "ranker-1.npz":
            return good(name)
        count[name] += 1
        return good(name) if count[name] == 1 else files.npz(*world.numbers("evil"))

    world.hub.fetch = fetch
    safe = False
    with contextlib.suppress(Exception):
        safe = world.loads("ranker-1.npz", world.numbers("ranker-1"))
    return verdict(world, safe, "what was checked is not what was loaded")


def attack_newer_name(_, seed):
    """A stranger uploads a higher number; the newest approved one is wanted."""
    world = World(seed, "newer")
    world.offer("ranker-2.npz", files.npz(*world.numbers("ranker-2")), "npz")
    world.offer("ranker-9.npz", files.npz(*world.numbers("evil")))
    right = world.loads("ranker", world.numbers("ranker-2"), loader.load_latest)
    return verdict(world, right and world.refused("ranker-9.npz"), "a file that nobody approved was loaded")


def attack_swapped_on_our_disk(_, seed):
    """Whoever can write to the folder of downloads swaps what lies there."""
    world = World(seed, "disk")
    assert world.loads("ranker-1.npz", world.numbers("ranker-1")), "an approved file does not load"
    for path in sorted(Path("downloads").rglob("*")):
        if path.is_file():
            path.write_bytes(files.npz(*world.numbers("evil")))
    safe = True
    with contextlib.suppress(Exception):
        safe = world.loads("ranker-1.npz", world.numbers("ranker-1"))
    return verdict(world, safe, "a kept file was loaded without a look")


def honest_arrays(_, seed):
    world = World(seed, "arrays")
    return "" if world.loads("ranker-1.npz", world.numbers("ranker-1")) else "other scores"


def honest_text(_, seed):
    world = World(seed, "text")
    return "" if world.loads("tagger-1.json", world.numbers("tagger-1")) else "other scores"


def honest_older_version(_, seed):
    """Going back to an older approved file works while a newer one is there, and after it has gone bad."""
    world = World(seed, "older")
    world.offer("ranker-2.npz", files.npz(*world.numbers("ranker-2")), "npz")
    first = world.loads("ranker", world.numbers("ranker-2"), loader.load_latest)
    return "" if first and world.loads("ranker-1.npz", world.numbers("ranker-1")) else "other scores"


def honest_refusal_names_the_file(_, seed):
    world = World(seed, "names")
    world.offer("stranger-7.npz", files.npz(*world.numbers("stranger")))
    try:
        loader.load(world.hub, world.approved, "stranger-7.npz")
    except Exception as error:
        return world.fine() if "stranger-7.npz" in str(error) else "the refusal does not name the file"
    return "no refusal"
