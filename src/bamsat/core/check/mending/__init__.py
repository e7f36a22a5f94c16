# SPDX-License-Identifier: Apache-2.0
"""What a wrong figure was probably meant to say."""
