# SPDX-License-Identifier: Apache-2.0
"""Word files as Decree 30/2020/NĐ-CP lays a document out: styles, letterhead, tables, numbers with entries."""
