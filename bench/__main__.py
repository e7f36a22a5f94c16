# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks: claim, value, limit, peer, pass."""

import sys
from importlib import import_module
from pathlib import Path


def benchmarks() -> list[str]:
    """Every module here that measures something."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [
        file.stem for file in files if "def measure(" in file.read_text(encoding="utf-8") and file.stem != "__main__"
    ]


def main(only: list[str]) -> int:
    unknown = set(only) - set(benchmarks())
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(benchmarks())}", file=sys.stderr)
        return 2
    failed = 0
    for name in only or benchmarks():
        print(f"# {name}", flush=True)
        for line in import_module(f"bench.{name}").measure():
            print(line, flush=True)
            failed += not line.passes
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
