# SPDX-License-Identifier: Apache-2.0
"""How a conflict is put into one sentence: its shapes, and the forms that speak of them."""
