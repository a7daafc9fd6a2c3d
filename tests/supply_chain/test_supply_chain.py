"""What Edgewise is made of is locked, searched for holes, and written down."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from supply_chain.bill import carried, models
from supply_chain.lock import RUN, TEST, extras

from supply_chain import audit

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked(file: Path) -> dict[str, str]:
    """Each locked package with all that is written about it."""
    entries = re.split(r"^(?=[a-zA-Z0-9])", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {canonicalize_name(entry.split("==")[0]): entry for entry in entries}


def wanted(*names: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for, with these extras."""
    for one in (*PROJECT["dependencies"], *(one for name in names for one in PROJECT["optional-dependencies"][name])):
        yield Requirement(one)


@pytest.mark.parametrize("file", [TEST, RUN], ids=["test", "run"])
def test_every_locked_package_has_one_version_and_its_checksums(file: Path):
    packages = locked(file)
    assert len(packages) > 40
    for name, entry in packages.items():
        assert re.match(r"[\w.-]+==[\w.+!]+ ", entry), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), name


@pytest.mark.parametrize(("file", "names"), [(TEST, ("dev",)), (RUN, extras())], ids=["test", "run"])
def test_all_that_is_asked_for_is_locked_and_fits_run_make_lock_if_not(file: Path, names: tuple[str, ...]):
    packages = locked(file)
    for requirement in wanted(*names):
        entry = packages.get(canonicalize_name(requirement.name))
        assert entry, f"{requirement.name} is not in {file.name}: run make lock"
        version = entry.split("==")[1].split()[0]
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}: run make lock"


@pytest.mark.parametrize("file", [TEST, RUN], ids=["test", "run"])
def test_the_lock_says_what_but_not_where_from(file: Path):
    text = file.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, flags=re.MULTILINE)


def test_the_tests_are_installed_from_the_lock():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement requirements/test.txt" in makefile
    assert "--no-deps --no-build-isolation --editable ." in makefile


# ---- known holes

CLEAN = {"name": "alembic", "version": "1.0", "vulns": []}
HOLE = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
LEAKY = {"name": "leaky", "version": "1.0", "vulns": [HOLE]}


def answered(*packages: object) -> str:
    return json.dumps({"dependencies": packages})


def test_a_known_hole_fails_the_audit_and_is_named():
    code, says = audit.told(answered(CLEAN, LEAKY), "")
    assert code == 1
    assert "leaky 1.0: PYSEC-1 (mended in 2.0)" in says


def test_a_hole_that_was_looked_at_does_not_fail_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(audit.LOOKED_AT, "CVE-1", "not the part of it we use")
    assert audit.told(answered(CLEAN, LEAKY), "")[0] == 0


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("", "ERROR: connection refused"),
        ("<html>", ""),
        (answered({"name": "alembic", "skip_reason": "not found"}), ""),
    ],
    ids=["no answer", "not an answer", "nothing known"],
)
def test_what_could_not_be_asked_is_skipped_aloud(printed: str, said: str):
    code, says = audit.told(printed, said)
    assert code == 0
    assert says.startswith("AUDIT SKIPPED")


def test_a_clean_audit_says_how_many_it_looked_at():
    assert audit.told(answered(CLEAN, {"name": "x", "skip_reason": "not found"}), "") == (
        0,
        "Audit: no known hole in 1 of 2 packages; the others could not be asked about.",
    )


# ---- models, and what is carried in the pages


def test_every_model_has_a_card_that_holds_its_checksum():
    assert len(models()) >= 5
    for path in models():
        card = json.loads(path.with_name("card.json").read_text(encoding="utf-8"))
        sums = {value for name, value in card.items() if name.endswith("_sha256")}
        assert hashlib.sha256(path.read_bytes()).hexdigest() in sums, path.name


def test_the_bill_holds_the_models_and_the_scripts_with_their_checksums():
    parts = {part["bom-ref"]: part for part in carried()}
    assert {part["name"] for part in parts.values()} >= {"htmx", "vega", "counterpart/speak/model/replies.onnx"}
    for reference, part in parts.items():
        path = ROOT / "src" / "edgewise" / reference.removeprefix("carried:")
        assert part["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]
