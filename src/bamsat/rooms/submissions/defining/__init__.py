# SPDX-License-Identifier: Apache-2.0
"""Forms defined on pages: their versions, the editor, the forms that are shipped, who is spared."""
