"""Packages that know no database, and programs that may do anything."""
import os
import shutil
import subprocess

import pandas as pd
import requests
import ujson
import yaml
from alembic import op
from cryptography.fernet import Fernet

revision = "a1"
down_revision = None


def upgrade():
    shutil.move("a", "b")
    requests.get("https://example.org").raise_for_status()
    yaml.safe_load("a: b")
    Fernet(Fernet.generate_key()).encrypt(b"text")
    for _, row in pd.read_csv("roles.csv").iterrows():
        ujson.dumps(dict(row.items()))
    os.makedirs("folder", exist_ok=True)


def downgrade():
    pd.read_csv("roles.csv").to_sql("roles", op.get_bind(), if_exists="append")
    os.system("psql -f drop.sql")
    os.popen("psql -f drop.sql").read()
    subprocess.run(["psql", "-f", "drop.sql"])
