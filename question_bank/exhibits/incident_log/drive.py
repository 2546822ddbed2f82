"""Runs in the jail: shows a rule one step after the other and hands back what it says."""

import numpy  # noqa: F401 - taken in before the candidate's folder is in the path


def begin(link, job):
    import alerts

    rules = []

    def step(what, minute=0, counts=None):
        if what == "month":
            rules[:] = [alerts.Rule()]
            return None
        seen = {who: tuple(pair) for who, pair in counts.items()}
        return [str(word) for word in rules[0].see(minute, seen)]

    return step
