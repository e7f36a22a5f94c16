# SPDX-License-Identifier: Apache-2.0
"""Whether a network can hold, which of its parts cannot, and between what its values lie."""
