# SPDX-License-Identifier: Apache-2.0
"""What has to be done by when: working days, deadlines, and who keeps them."""
