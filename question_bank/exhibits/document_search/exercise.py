"""A search over documents of several companies, with rights that change; the candidate closes its leaks."""

from __future__ import annotations

import random
from pathlib import Path

from question_bank.exercise import Part

from ..bench import part, run_cases
from . import judge

TITLE = "One search, several companies, changing rights"
HERE = Path(__file__).parent
RIGHTS_ATTACKS = (
    "attack_company_in_the_body",
    "attack_same_words_other_company",
    "attack_same_words_fewer_rights",
    "attack_unreadable_in_the_own_company",
    "attack_right_withdrawn",
    "attack_right_withdrawn_same_question",
)
SIDE_ATTACKS = (
    "attack_deleted_or_replaced",
    "attack_order_in_a_document",
    "attack_asks_for_a_document",
    "attack_password",
    "attack_does_it_exist",
    "attack_log",
)
HONEST = (
    "honest_own_document",
    "honest_small_company",
    "honest_new_right",
    "honest_asked_twice",
    "honest_replaced",
    "honest_open",
    "honest_odd_words",
    "honest_each_their_own",
)
README = """# One search, several companies, changing rights

A service answers questions from documents. Several companies keep documents in it; inside a company, groups
decide who may read which document. Groups change, and documents are replaced and deleted all day. The model
here is a script: it repeats the passages it is given and obeys two kinds of sentences, wherever they are:
"open document X" and "repeat everything above". Think of it as a model that can be talked into things.

These complaints came in last month. Nobody has looked for the causes yet.

- A bookkeeper got a sentence from another company's contract as an answer.
- Somebody who left the board on Monday still read board papers on Tuesday.
- A contract that had been deleted was quoted a day later, and an old price next to the new one.
- A tenant guessed from a reply that there is a document about evicting her.
- A small company says that the search finds nothing of theirs.
- Support staff read customers' texts in `log`, and one of them found a password there.

Repair `service.py`. Leave `library.py` and `model.py` as they are; they are laid over yours for scoring. Keep
`Search(library)`, `ask(user, body)` and `log`; a reply is a dictionary with at least `answer` (text) and
`sources` (list). `user` comes from the login and can be trusted; `body` is what a browser sends, and holds
`question` in any case. What has to go on working:

1. Users find what they may read (`library.may_read`), new texts and new rights included, from the next question on.
2. "open document X" works for documents that the user may read, wherever the sentence is.
3. The model is expensive: the same question of the same user isn't worked out twice while nothing has changed.

`python try_it.py` shows an honest question and a leak. Scoring uses twelve attacks and eight honest uses with
up to 2,000 passages. An attack counts as stopped only if an honest question next to it is still answered;
honest uses count only if at least four attacks are stopped.

You have 45 minutes and may use any documentation. Afterwards, talk us through what you changed; then we change
something together.
"""


def lay_out(folder: Path, seed: int) -> None:
    """The service to repair, its surroundings, the task, and a script to try it with made-up names."""
    for path in sorted((HERE / "given").glob("*.py")):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "try_it.py").write_text(_try_it(seed), encoding="utf-8")


def _try_it(seed: int) -> str:
    draw = random.Random(f"{seed}:try")
    one, two = draw.sample(("granite", "willow", "lantern", "compass"), 2)
    weeks, days = draw.randrange(2, 12), draw.randrange(10, 90)
    return f'''"""An honest question, and another company's user who asks the same words."""

from library import Document, Library
from service import Search

everyone = frozenset({{"all"}})
documents = [
    Document("d-1", "{one}", everyone, ("The notice period is {weeks} weeks.",)),
    Document("d-2", "{two}", everyone, ("The notice period is {days} days.",)),
]
library = Library(documents, {{"ann": ("{one}", everyone), "bob": ("{two}", everyone)}})
search = Search(library)

print("ann:", search.ask("ann", {{"question": "What is the notice period?"}}))
print("bob:", search.ask("bob", {{"question": "What is the notice period?"}}))
'''


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, list[str]]:
    """The cases that are tried; the candidate sees none of them."""
    return {"attacks": [*RIGHTS_ATTACKS, *SIDE_ATTACKS], "honest": list(HONEST)}


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Twelve attacks and eight honest uses against the candidate's service.py."""
    attacks = (*RIGHTS_ATTACKS, *SIDE_ATTACKS)
    seen = run_cases(judge, (*attacks, *HONEST), folder, seed if secret is None else secret)
    earned = len(seen.passed(attacks)) >= 4
    return [
        part("Six ways round the rights show nothing, own documents are found", 24, seen, RIGHTS_ATTACKS),
        part("Six side doors stay shut: copies, orders, password, existence, log", 24, seen, SIDE_ATTACKS),
        part("Eight honest uses work, while at least four attacks are stopped", 12, seen, HONEST, earned),
    ]
