# SPDX-License-Identifier: Apache-2.0
"""`python -m bamsat` is `bamsat`."""

import sys

from bamsat.cli import main

sys.exit(main())
