# SPDX-License-Identifier: Apache-2.0
"""Users, sign-in, and the trail of who changed what."""
