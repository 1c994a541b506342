#!/usr/bin/env python3
"""The command line of the project."""

import os
import sys


def main() -> None:
    """Run one of the management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from reviewapp.embedded import DatabaseUnavailable
    from reviewapp.memory import give_back_memory

    give_back_memory()  # the background worker is one of the commands
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseUnavailable) as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
