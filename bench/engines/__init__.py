# SPDX-License-Identifier: Apache-2.0
"""What comparing engines with each other takes: figures, the same question by hand, and each engine's answer."""
