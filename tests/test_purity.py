from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter import api

ROOT = Path(__file__).parent.parent
CONFIG = str(ROOT / ".importlinter")
CONTRACTS = {
    contract["id"]: contract for contract in api.read_configuration(CONFIG)["contracts_options"]
}
CORE: list[str] = CONTRACTS["pure"]["source_modules"]

BESIDE_THE_CORE = {
    "pipeline",
    "pipeline.avro",
    "pipeline.topics",
    "pipeline.transport",
    "pipeline.transport._batch",
    "pipeline.transport._standing",
    "schemas",
}
"""What the core needs besides itself: names and bytes of records, and the schemas of them."""
HEAVY = {"aiohttp", "aiokafka", "chdb", "clickhouse_driver", "faust", "mode", "sqlite3"}
READS_ITS_DATA = {
    "pipeline/policy/_file.py",
    "pipeline/replies/_lexicon.py",
    "pipeline/risk/_tables.py",
    "pipeline/signals/_tables.py",
}
"""Modules of the core that read files of the package when they are imported, or policy files."""
BUILTINS = {"open", "print", "input"}
ATTRIBUTES = {
    *("now", "utcnow", "today", "localtime"),
    *("open", "read_text", "read_bytes", "write_text", "write_bytes"),
    *("getenv", "environ", "uuid1", "uuid4", "urandom"),
}
"""What a module would ask for the time, for chance, or for the outside world."""


def within(module: str, packages: set[str]) -> bool:
    """Return whether a module is one of the packages, or lies in one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_imports_keep_their_contracts() -> None:
    """Agents import the pipeline and never the reverse; the core imports nothing that can block."""
    # In a process of its own: it switches off the loggers of the one that it runs in.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--config", CONFIG, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_core_imports_only_what_it_may() -> None:
    """The core leans on no other part of the pipeline, however indirectly, nor on one to come."""
    graph = grimp.build_graph("pipeline", "agents", "schemas", cache_dir=None)
    modules = [name for name in graph.modules if within(name, set(CORE))]
    reached = {
        reached for module in modules for reached in graph.find_upstream_modules(module)
    } - set(modules)
    assert {name for name in reached if not _beside(name)} == set()


def _beside(module: str) -> bool:
    in_avro = within(module, {"pipeline.avro"}) and not within(module, {"pipeline.avro.wire"})
    return module in BESIDE_THE_CORE or in_avro


def test_the_core_loads_nothing_heavy() -> None:
    """A process that imports all of the core holds no framework, no client and no database."""
    program = f"import sys, {', '.join(CORE)}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "msgspec" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("package", CORE)
def test_the_core_asks_nobody_for_the_time(package: str) -> None:
    """Time, chance and the outside world come in as parameters."""
    asked = {
        (str(path.relative_to(ROOT)), name)
        for path in _files(package)
        for name in _asked(ast.parse(path.read_text("utf-8")))
    }
    assert {(path, name) for path, name in asked if path not in READS_ITS_DATA} == set()


def _files(package: str) -> list[Path]:
    """Return the source files of a package or module, of which there is at least one."""
    path = ROOT.joinpath(*package.split("."))
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    assert files
    return files


def _asked(tree: ast.Module) -> Iterator[str]:
    """Yield every name by which code leaves the core."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in BUILTINS:
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr in ATTRIBUTES:
            yield node.attr
