# SPDX-License-Identifier: Apache-2.0
"""Who owes what when: the month, the overview, reminders and the letter."""
