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

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseUnavailable) as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
