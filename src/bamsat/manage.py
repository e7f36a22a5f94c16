# SPDX-License-Identifier: Apache-2.0
"""What `bamsat` does besides reading files: `bamsat serve`, and Django's own commands."""

import argparse
import os
import sys


def main(argv: list[str]) -> int:
    """Run one command given as its words, `["serve", "--port", "8123"]`; the answer is the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bamsat.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        print(
            "Phần trang web chưa được cài. Hãy chạy: pip install 'bamsat[web]'\n"
            "The web part is not installed. Run: pip install 'bamsat[web]'",
            file=sys.stderr,
        )
        return 2
    try:
        if argv[:1] == ["serve"]:
            return serve(argv[1:])
        execute_from_command_line(["bamsat", *argv])
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def serve(argv: list[str]) -> int:
    """Make everything ready and serve the pages until told to stop."""
    parser = argparse.ArgumentParser("bamsat serve", description="Chạy Bám Sát trên máy này. / Run Bám Sát here.")
    parser.add_argument("--host", default="127.0.0.1", help="mặc định/default: 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="mặc định/default: 8000")
    options = parser.parse_args(argv)

    import django

    django.setup()
    from bamsat.serve import run

    return run(options.host, options.port)
