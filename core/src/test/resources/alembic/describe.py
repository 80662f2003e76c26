"""Prints as JSON what Alembic makes of each folder of histories under the one that is given."""
import json
import os
import sys
import warnings

from alembic.script import ScriptDirectory

warnings.simplefilter("ignore")
# Alembic sorts by name since 1.10; older versions take the order of the file system.
unsorted = os.listdir
os.listdir = lambda *path: sorted(unsorted(*path))


def describe(history):
    with open(os.path.join(history, "rows")) as lines:
        rows = lines.read().split()
    scripts = ScriptDirectory(history)
    known = scripts.revision_map
    heads = list(known.heads)
    names = list(dict.fromkeys(r.revision for r in known._revision_map.values() if r))
    revisions = [known.get_revision(name) for name in names]
    applied = [known.get_revision(row) for row in rows]
    return {
        "heads": heads,
        "realHeads": list(known._real_heads),
        "bases": list(known.bases),
        "mergePoints": [r.revision for r in revisions if r.is_merge_point],
        "branchPoints": [r.revision for r in revisions if r.is_branch_point],
        "rows": rows,
        "implied": sorted({r.revision for r in known._get_ancestor_nodes(applied)}),
        "upgrade": [step.revision.revision for step in scripts._upgrade_revs("heads", tuple(rows))],
        "labels": {r.revision: sorted(r.branch_labels) for r in revisions},
    }


answers = {}
for name in sorted(unsorted(sys.argv[1])):
    if os.path.isdir(os.path.join(sys.argv[1], name, "versions")):
        try:
            answers[name] = describe(os.path.join(sys.argv[1], name))
        except Exception as refused:
            answers[name] = {"error": "%s: %s" % (type(refused).__name__, refused)}
print(json.dumps(answers))
