# SPDX-License-Identifier: Apache-2.0
"""What is sent in: forms and their versions, returns, their way from draft to approval, who has not sent, reminders."""
