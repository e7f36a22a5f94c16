# SPDX-License-Identifier: Apache-2.0
"""Reports with consistent numbers and the mistakes put into them: `styles` are written by hand, `write` makes the rest.

The sentences were written before the checker's ties and are not tuned to it: they measure it. `python -m
bench.mistakes.write` makes `reports`, `before` (each one's report of the period before) and `mistakes.jsonl` anew.
"""
