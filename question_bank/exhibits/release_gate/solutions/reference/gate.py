"""Blocks what is worse beyond chance, by the messages on which the two versions disagree."""

from math import comb

import pandas as pd

CHANNELS = {"app", "web form", "e-mail", "phone", "partner", "kiosk", "letter"}
# Chance to block a version that is not worse: one for the whole, one shared by all channels.
ERROR = 0.04


def unjudged(pair: pd.DataFrame) -> str:
    """Why this table cannot be judged, or nothing."""
    needed = ["message", "channel", "label", "old", "new"]
    if missing := [name for name in needed if name not in pair]:
        return f"no column {missing[0]}"
    if pair["message"].duplicated().any():
        return "messages stand twice"
    if not pair[["label", "old", "new"]].isin([0, 1]).all(axis=None):
        return "labels or answers are missing"
    if gone := CHANNELS - set(pair["channel"]):
        return f"no messages by {sorted(gone)[0]}"
    return ""


def chance_of_fall(broken: int, mended: int) -> float:
    """Chance of so many broken ones or more if breaking and mending were equally likely (sign test)."""
    changed = broken + mended
    return sum(comb(changed, k) for k in range(broken, changed + 1)) / 2**changed


def fall(rows: pd.DataFrame) -> tuple[float, float]:
    """Points lost, and the chance of such a fall where nothing changed."""
    old, new = rows["old"] == rows["label"], rows["new"] == rows["label"]
    broken, mended = int((old & ~new).sum()), int((~old & new).sum())
    return 100 * (broken - mended) / len(rows), chance_of_fall(broken, mended)


def decide(pair: pd.DataFrame) -> dict:
    if why := unjudged(pair):
        return {"decision": "block", "channels": [], "why": why}
    falls = {str(name): fall(rows) for name, rows in pair.groupby("channel")}
    lost = [name for name, (points, chance) in falls.items() if points >= 5 and chance < ERROR / len(falls)]
    points, chance = fall(pair)
    if lost:
        return {"decision": "block", "channels": lost, "why": f"{falls[lost[0]][0]:.1f} points lost"}
    if points > 0 and chance < ERROR:
        return {"decision": "block", "channels": [], "why": f"{points:.1f} points lost on the whole"}
    unclear = [name for name, (points, _) in falls.items() if points >= 5]
    return {"decision": "ship", "channels": [], "why": f"too few messages to tell: {unclear}"}
