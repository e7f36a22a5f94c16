# SPDX-License-Identifier: Apache-2.0
"""The tables that ship with the product (bamsat/data), each read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

try:  # ten times as fast, and in every wheel of PyYAML
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]


@cache
def shipped(name: str) -> Any:
    """One YAML file of the product by its name in bamsat/data: `shipped("phrases/hedges.yml")`."""
    return yaml.load(resources.files("bamsat").joinpath("data", name).read_text(encoding="utf-8"), Loader=SafeLoader)
