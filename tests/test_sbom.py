"""The bill of materials holds every package that ships, in the structure that its readers expect."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.sbom import LOCK, bill, main, pins

# The part of CycloneDX 1.6 that the kit's bill of materials uses: nothing else is allowed.
TEXT = {"type": "string", "minLength": 1}
LICENCES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "oneOf": [
            {"type": "object", "required": ["expression"], "additionalProperties": False,
             "properties": {"expression": TEXT}},
            {"type": "object", "required": ["license"], "additionalProperties": False,
             "properties": {"license": {"type": "object", "minProperties": 1, "maxProperties": 1,
                                        "additionalProperties": False, "properties": {"id": TEXT, "name": TEXT}}}},
        ]
    },
}  # fmt: skip
COMPONENT = {
    "type": "object",
    "required": ["type", "name"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library"]},
        "bom-ref": TEXT,
        "name": TEXT,
        "version": TEXT,
        "purl": {"type": "string", "pattern": r"^pkg:pypi/[a-z0-9-]+@[^@]+$"},
        "scope": {"enum": ["required", "optional", "excluded"]},
        "hashes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["alg", "content"],
                "additionalProperties": False,
                "properties": {
                    "alg": {"enum": ["MD5", "SHA-1", "SHA-256", "SHA-512"]},
                    "content": {"type": "string", "pattern": "^[a-f0-9]{64}$"},
                },
            },
        },
        "licenses": LICENCES,
    },
}
BOM = {
    "type": "object",
    "required": ["bomFormat", "specVersion"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"enum": ["http://cyclonedx.org/schema/bom-1.6.schema.json"]},
        "bomFormat": {"enum": ["CycloneDX"]},
        "specVersion": {"enum": ["1.6"]},
        "serialNumber": {
            "type": "string",
            "pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        },
        "version": {"type": "integer", "minimum": 1},
        "metadata": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "component": COMPONENT,
                "lifecycles": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"phase": {"enum": ["build"]}}},
                },
            },
        },
        "components": {"type": "array", "uniqueItems": True, "items": COMPONENT},
        "dependencies": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["ref"],
                "additionalProperties": False,
                "properties": {
                    "ref": TEXT,
                    "dependsOn": {"type": "array", "uniqueItems": True, "items": TEXT},
                },
            },
        },
    },
}
PINS = pins(LOCK.read_text("utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out: Path = tmp_path_factory.mktemp("bill") / "build" / "sbom.cdx.json"
    main(out)
    read: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return read


def test_it_has_the_structure_of_cyclonedx(made: dict[str, Any]) -> None:
    jsonschema.validate(made, BOM)


@pytest.mark.parametrize(("name", "version", "digests"), PINS, ids=[f"{pin[0]}-{pin[1]}" for pin in PINS])
def test_a_locked_package_is_in_it_with_version_digests_and_license(
    made: dict[str, Any], name: str, version: str, digests: list[str]
) -> None:
    (one,) = [part for part in made["components"] if (part["name"], part["version"]) == (name, version)]
    assert one["purl"] == f"pkg:pypi/{name}@{version}"
    assert digests
    assert [digest["content"] for digest in one["hashes"]] == digests
    assert "not said" not in json.dumps(one["licenses"])


def test_nothing_else_is_in_it(made: dict[str, Any]) -> None:
    pinned = re.findall(r"^[A-Za-z0-9._-]+==", LOCK.read_text("utf-8"), re.MULTILINE)
    assert len(made["components"]) == len(PINS) == len(pinned) > 50


def test_every_package_that_is_named_as_needed_is_there(made: dict[str, Any]) -> None:
    refs = {part["bom-ref"] for part in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    assert {one["ref"] for one in made["dependencies"]} == refs
    assert {ref for one in made["dependencies"] for ref in one["dependsOn"]} <= refs


def test_the_same_lock_makes_the_same_bill() -> None:
    assert bill() == bill()
