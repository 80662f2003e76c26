"""Prints as JSON what Alembic takes identifiers for, in each folder of histories under the one that is given."""
import json
import os
import sys
import warnings

from alembic.script import ScriptDirectory

warnings.simplefilter("ignore")
unsorted = os.listdir
os.listdir = lambda *path: sorted(unsorted(*path))


def lines(history, name):
    with open(os.path.join(history, name)) as text:
        return text.read().split()


def ids(found):
    found = found if isinstance(found, (list, tuple, set)) else [found]
    return sorted({r.revision for r in found if r is not None and r != "base"})


def answer(question):
    try:
        return {"found": ids(question())}
    except AssertionError:
        return {"error": "assertion"}
    except Exception as refused:
        return {"error": "%s: %s" % (type(refused).__name__, refused)}


def span(known, text):
    lower, upper = text.split(":")
    return list(known.iterate_revisions(
        upper or "heads", lower or "base", inclusive=True, assert_relative_length=False))


answers = {}
for name in sorted(unsorted(sys.argv[1])):
    history = os.path.join(sys.argv[1], name)
    if not os.path.isdir(os.path.join(history, "versions")):
        continue
    known = ScriptDirectory(history).revision_map
    known._revision_map
    rows = tuple(lines(history, "rows"))
    answers[name] = {
        "named": {t: answer(lambda: known.get_revisions(t)) for t in lines(history, "identifiers")},
        "upgrade": {t: answer(lambda: known._parse_upgrade_target(rows, t, True)) for t in lines(history, "identifiers")},
        "downgrade": {t: answer(lambda: known._parse_downgrade_target(rows, t, True)[1]) for t in lines(history, "identifiers")},
        "between": {t: answer(lambda: span(known, t)) for t in lines(history, "ranges")},
    }
print(json.dumps(answers))
