"""Helpers that scripts share."""
import os
from pathlib import Path

from alembic import op

DATA = os.path.join(os.path.dirname(__file__), "data")


def run(name):
    with open(os.path.join(DATA, name)) as file:
        op.execute(file.read())


def statements(name):
    with open(os.path.join(DATA, name)) as file:
        for line in file:
            if line.strip() and not line.startswith("--"):
                yield line


def the_folder():
    return Path(DATA)
