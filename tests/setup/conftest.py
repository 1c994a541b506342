"""What is dear to make and the same for every try: the collected static files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.places import ROOT

COLLECT = """
import django
django.setup()
from papers.management.commands.prepare import collect_static_files
collect_static_files()
"""


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the static files as production has them."""
    folder = tmp_path_factory.mktemp("static")
    known = {"STATIC_ROOT": str(folder), "SECRET_KEY": "for this command", "DEBUG": ""}
    known |= {"DJANGO_SETTINGS_MODULE": "reviewapp.settings", "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", COLLECT], cwd=ROOT, env=os.environ | known, check=True)
    return folder
