# SPDX-License-Identifier: Apache-2.0
"""The open families of indicators: "product:xi măng" is added the day somebody reports it."""

FAMILIES = (
    "product", "promotion", "cluster", "market", "electrification", "enterprise", "relief", "facility_coverage",
    "document", "award", "supply", "energy", "other",
)  # fmt: skip
