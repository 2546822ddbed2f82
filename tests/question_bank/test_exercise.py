"""What a candidate's program may do while it is checked, and what an exercise leaves where."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.exercise import ExerciseError, check_exercise, exercises, load_exercise, run_candidate


def ran(folder: Path, code: str, seconds: int = 20) -> tuple[int | None, str, str]:
    (folder / "answer.py").write_text(code, encoding="utf-8")
    return run_candidate(folder, "answer.py", seconds=seconds)


def test_an_honest_program_reads_and_writes_in_its_folder(tmp_path: Path) -> None:
    """It sees its own files, its modules, and what it prints comes back."""
    (tmp_path / "data.txt").write_text("7", encoding="utf-8")
    (tmp_path / "helper.py").write_text("def double(n): return 2 * n", encoding="utf-8")
    code = "import helper; n = helper.double(int(open('data.txt').read())); open('out.txt', 'w').write('x'); print(n)"
    assert ran(tmp_path, code)[:2] == (0, "14\n")
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('../outside.txt', 'w')",
        "import os; os.rename('answer.py', '../gone.py')",
        "import os; os.symlink('/etc', 'etc')",
        "from pathlib import Path; Path('/tmp/outside.txt').write_text('x')",
    ],
)
def test_network_programs_and_the_rest_of_the_disk_are_closed(tmp_path: Path, code: str) -> None:
    """Each of them ends in a PermissionError that names what was tried."""
    result = ran(tmp_path, code)
    assert result[0] == 1
    assert "PermissionError" in result[2]


def test_a_program_that_never_ends_is_ended(tmp_path: Path) -> None:
    """Out of time is a result and no exception."""
    assert ran(tmp_path, "import time; time.sleep(60)", seconds=2)[0] is None


def test_a_program_that_wants_too_much_memory_fails_alone(tmp_path: Path) -> None:
    """The limit is the candidate's, not the checker's."""
    assert ran(tmp_path, "x = bytearray(2_000_000_000)")[0] == 1


def test_an_unknown_exercise_is_refused_by_name() -> None:
    """The message lists the ones there are."""
    with pytest.raises(ExerciseError, match="no exercise 'nonsense'"):
        load_exercise("nonsense")


def test_a_folder_without_its_sheet_asks_for_the_seed(tmp_path: Path) -> None:
    """Without the interviewer's sheet nobody can know what was planted."""
    for slug in exercises()[:1]:
        folder = tmp_path / "candidate"
        folder.mkdir()
        with pytest.raises(ExerciseError, match="give --seed"):
            check_exercise(slug, folder)
