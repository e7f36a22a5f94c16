# SPDX-License-Identifier: Apache-2.0
"""Reports (báo cáo): what to issue when, drafts written from approved figures, what was issued, kept as it was."""
