"""From a folder of YAML to `Rubrics`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .files import ContentError, Problem, content_files, overlooked, own_file, read_model, shown_path
from .model import Competency, Rubrics, Scale

LIBRARY = Path(__file__).parent / "library"
# The order in which people read them: the four pillars, then what stands beside them.
_ORDER = ("SYS", "MLO", "SEC", "DRF", "OPS", "HYB", "PYE", "SHP", "TRK")


def load_rubrics(folder: Path = LIBRARY) -> Rubrics:
    """Every rubric below `folder` and its `scale.yaml`; `ContentError` with all faults at once."""
    problems: list[Problem] = []
    competencies: list[Competency] = []
    scale: Scale | None = None
    problems += overlooked(folder, folder)
    if not own_file(folder, "scale").exists():
        problems.append(Problem("scale.yaml", "", "the scale is missing", f"add it to {folder.name}/"))
    for path in content_files(folder):
        try:
            if path.stem.casefold() == "scale":
                scale = read_model(path, folder, Scale)
            else:
                competency = read_model(path, folder, Competency)
                problems += _misplaced(competency, path, folder)
                competencies.append(competency)
        except ContentError as error:
            problems += error.problems
    problems += _doubled(competencies)
    if not competencies and not problems:
        problems.append(Problem(folder.name, "", "there is no rubric", "add <competency>.yaml"))
    if problems or scale is None:
        raise ContentError(problems)
    return Rubrics(scale=scale, competencies=tuple(sorted(competencies, key=_place)))


def _place(competency: Competency) -> tuple[int, str]:
    known = competency.code in _ORDER
    return (_ORDER.index(competency.code) if known else len(_ORDER), competency.id)


def _misplaced(competency: Competency, path: Path, folder: Path) -> list[Problem]:
    name = shown_path(path, folder)
    problems = []
    if path.stem != competency.id:
        problems.append(
            Problem(
                name, "id", f"'{competency.id}' is not the file's name", f"call the file {competency.id}.yaml"
            )
        )
    if competency.code != "TRK":
        problems += [
            Problem(
                name,
                f"subskills.{n}.id",
                f"'{s.id}' does not start with {competency.code}",
                f"write {competency.code}{n + 1}",
            )
            for n, s in enumerate(competency.subskills)
            if not s.id.startswith(competency.code)
        ]
    return problems


def _doubled(competencies: list[Competency]) -> list[Problem]:
    ids = Counter(c.id for c in competencies) + Counter(c.code for c in competencies)
    ids += Counter(s.id for c in competencies for s in c.subskills)
    return [
        Problem("rubrics", key, f"'{key}' is used {n} times", "give each its own id")
        for key, n in ids.items()
        if n > 1
    ]
