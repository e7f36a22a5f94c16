# SPDX-License-Identifier: Apache-2.0
"""Series for the back-test of forecasts: the few figures that were published, and synthetic ones, always named so."""
