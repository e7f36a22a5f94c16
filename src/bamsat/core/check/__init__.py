# SPDX-License-Identifier: Apache-2.0
"""What rounded figures can and cannot mean together: findings, and bounds for figures that nobody published."""
