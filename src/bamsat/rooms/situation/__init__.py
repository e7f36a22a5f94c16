# SPDX-License-Identifier: Apache-2.0
"""The situation (tình hình): why figures stand as they do, in the words of those who answer for them."""
