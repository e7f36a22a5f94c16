# SPDX-License-Identifier: Apache-2.0
"""Write docs/functions.md from src/bamsat/data/functions.yml.

usage: python scripts/make_functions.py
"""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bamsat" / "data" / "functions.yml"
TARGET = ROOT / "docs" / "functions.md"
NOT_YET = "chưa có · not yet"


def page(book: dict) -> str:
    """The whole document: how many functions have a screen, then a table for each group."""
    functions, articles = book["functions"], book["articles"]
    there = sum(1 for function in functions if function["screen"])
    lines = [
        "# Where each function lives",
        "",
        "<!-- Written by scripts/make_functions.py from src/bamsat/data/functions.yml: change that file. -->",
        "",
        f"What a provincial department of industry and trade runs, as five press articles of 2020-2021 describe it: "
        f"{len(functions)} functions in {len(book['groups'])} groups. {there} have a screen now; the others "
        f"say *{NOT_YET}*. A screen is a named address of the product; the sample record is taken from the facts of an "
        "article.",
        "",
        "Articles: " + ", ".join(f"{code} {name}" for code, name in articles.items()) + ".",
    ]
    for group in book["groups"]:
        lines += ["", f"## {group['code']}. {group['name_vi']}", "", f"*{group['name_en']}*", ""]
        lines += ["| | Chức năng · Function | Articles | Screen | Sample record | Test |", "|---|---|---|---|---|---|"]
        lines += [row(function) for function in functions if function["group"] == group["code"]]
    return "\n".join(lines) + "\n"


def row(function: dict) -> str:
    screen = f"`{function['screen']}`" if function["screen"] else NOT_YET
    if "lacks_vi" in function:
        screen += f"<br>*{function['lacks_vi']} · {function['lacks_en']}*"
    cells = (
        function["code"],
        f"**{function['name_vi']}**<br>{function['name_en']}",
        " ".join(function["articles"]),
        screen,
        f"{function['sample_vi']}<br>{function['sample_en']}",
        f"`{function['test']}`" if function["test"] else "",
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    TARGET.write_text(page(yaml.safe_load(SOURCE.read_text(encoding="utf-8"))), encoding="utf-8")
