# SPDX-License-Identifier: Apache-2.0
"""The Word templates of an office: put in force, looked through first, put back; by which kind of report and place."""
