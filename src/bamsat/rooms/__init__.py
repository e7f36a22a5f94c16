# SPDX-License-Identifier: Apache-2.0
"""The rooms of the house, one Django application each; `settings.ROOMS` lists them from the top floor down."""
