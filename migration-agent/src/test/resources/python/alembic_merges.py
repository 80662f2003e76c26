"""Has Alembic write the merge of each project below a folder, at a time that the project's case.json names."""
import base64
import datetime
import io
import json
import os
import sys
import time
import types
import warnings
import zoneinfo
from contextlib import redirect_stdout

import alembic.command
from alembic.config import Config
from alembic.script import base
from alembic.script import ScriptDirectory

warnings.simplefilter("ignore")
base.write_hooks._run_hooks = lambda *arguments: None
if base.tz is None:

    def gettz(name):
        try:
            return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return None

    base.tz = types.SimpleNamespace(gettz=gettz, tzutc=lambda: datetime.timezone.utc)

MICROSECONDS = 0


def moment(zone):
    whole = datetime.datetime.fromtimestamp(MICROSECONDS // 1_000_000, zone)
    return whole.replace(microsecond=MICROSECONDS % 1_000_000)


class Frozen(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return moment(zone)

    @classmethod
    def utcnow(cls):
        return moment(datetime.timezone.utc).replace(tzinfo=None)


base.datetime = types.SimpleNamespace(datetime=Frozen)


def files():
    return {
        os.path.join(folder, name)
        for folder, _, names in os.walk(".")
        for name in names
        if name.endswith(".py")
    }


def merged(project):
    global MICROSECONDS
    os.chdir(project)
    with open("case.json", encoding="utf-8") as file:
        case = json.load(file)
    MICROSECONDS = case["microseconds"]
    os.environ["TZ"] = case["zone"]
    time.tzset()
    before = files()
    config = Config("alembic.ini", ini_section=case["section"])
    try:
        with redirect_stdout(io.StringIO()):
            if case["config"]:
                # What later versions of the command hand to the template; 1.8 hands over the word "config".
                ScriptDirectory.from_config(config).generate_revision(
                    case["revision"], case["message"], refresh=True, head=case["heads"],
                    branch_labels=case["label"], config=config)
            else:
                alembic.command.merge(
                    config, case["heads"], case["message"], case["label"], case["revision"])
    except BaseException as e:
        return {"error": f"{type(e).__name__}: {e}"}
    (new,) = files() - before
    with open(new, "rb") as file:
        return {"file": os.path.normpath(new), "bytes": base64.b64encode(file.read()).decode()}


sys.dont_write_bytecode = True
root = sys.argv[1]
print(json.dumps({name: merged(os.path.join(root, name)) for name in sorted(os.listdir(root))}))
