# SPDX-License-Identifier: Apache-2.0
"""What is asked beside arithmetic: the past, words against numbers, periods, copies, revisions."""
