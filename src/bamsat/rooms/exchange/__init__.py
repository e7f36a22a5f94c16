# SPDX-License-Identifier: Apache-2.0
"""Exchange (trao đổi dữ liệu): approved figures as data that other programs read."""
