# SPDX-License-Identifier: Apache-2.0
"""What every page is made of: templates, stylesheets, scripts, and the words for numbers and periods. Knows no room."""
