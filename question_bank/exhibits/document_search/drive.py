"""Runs in the jail: one search service, whose library and language model stay with the judge."""

import json
import sys
import types

import numpy as np


class Library:
    """Looks like the library of the task; every question goes to the judge's."""

    def __init__(self, ask):
        self._ask = ask

    def company(self, user):
        return self._ask("company", user)

    def may_read(self, user, doc):
        return self._ask("may_read", user, doc)

    def readable(self, user):
        return set(self._ask("readable", user))

    def read(self, doc):
        return self._ask("read", doc)

    def version(self, doc):
        return self._ask("version", doc)

    def search(self, vector, k, within=None):
        import library

        inside = None if within is None else sorted(within)
        vector = [float(number) for number in np.asarray(vector)]
        return [library.Hit(*hit) for hit in self._ask("search", vector, int(k), inside)]


class Model:
    """Passes a prompt to the judge's model; what the model opens goes through the service's own tool."""

    def __init__(self, ask):
        self.ask, self.tools, self.raised = ask, [], []

    def complete(self, system, passages, question, open_document):
        self.tools.append(open_document)
        before = len(self.raised)
        try:
            prompt = (str(system), [str(text) for text in passages], str(question))
            return self.ask("complete", *prompt, open_document is not None)
        except Exception:
            if len(self.raised) > before:
                raise self.raised[-1] from None
            raise
        finally:
            self.tools.pop()

    def open(self, doc):
        try:
            return str(self.tools[-1](doc))
        except Exception as error:
            self.raised.append(error)
            raise


def begin(link, job):
    scripted = Model(link.ask)
    model = types.ModuleType("model")
    model.complete, model.calls = scripted.complete, {"count": 0}
    sys.modules["model"] = model
    # Ours: the judge has laid it over the candidate's.
    import library

    library.Library = Library
    import service

    search = service.Search(Library(link.ask))

    def step(what, *args):
        if what == "open":
            return scripted.open(*args)
        if what == "log":
            return [str(line) for line in search.log]
        return json.loads(json.dumps(search.ask(*args), default=_plain))

    return step


def _plain(value):
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)
