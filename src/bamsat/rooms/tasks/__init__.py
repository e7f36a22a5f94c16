# SPDX-License-Identifier: Apache-2.0
"""Instructions as tasks: who does what by when, evidence, reminders; drafts for the province and long programmes."""
