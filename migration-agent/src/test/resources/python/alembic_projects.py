"""Prints as JSON what Alembic reads from each project below the folder that is given."""
import json
import os
import sys
import warnings

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import to_tuple

warnings.simplefilter("ignore")


def described(project):
    scripts = ScriptDirectory.from_config(Config(os.path.join(project, "alembic.ini")))
    revisions = {}
    for script in scripts.revision_map._revision_map.values():
        if script is not None:
            revisions[script.revision] = {
                "parents": to_tuple(script.down_revision, default=()),
                "dependsOn": to_tuple(script.dependencies, default=()),
                "labels": script._orig_branch_labels,
                "message": script.doc,
                "file": os.path.basename(script.path),
            }
    return {
        "revisions": revisions,
        "heads": list(scripts.revision_map.heads),
        "bases": list(scripts.revision_map.bases),
    }


answers = {}
for name in os.listdir(sys.argv[1]):
    try:
        answers[name] = described(os.path.join(sys.argv[1], name))
    except Exception as refused:
        answers[name] = {"error": "%s: %s" % (type(refused).__name__, refused)}
print(json.dumps(answers))
