# SPDX-License-Identifier: Apache-2.0
"""Plans: decisions that give targets, what they allot to months, quarters and places, and their versions."""
