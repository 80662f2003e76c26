"""Prints as JSON what the names of each module given are worth to Python itself.

These files are the tests' own, so they are simply run: nothing can know better.
"""
import json
import sys
import warnings

warnings.simplefilter("ignore")


def shown(value):
    if value is None or isinstance(value, str):
        return value
    for kind in (tuple, list, set, frozenset):
        if isinstance(value, kind):
            kind = set if kind is frozenset else kind
            inner = [shown(element) for element in value]
            return {kind.__name__: sorted(inner) if kind is set else inner}
    return {"other": type(value).__name__}


answers = {}
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    try:
        names = {"__name__": "module", "__doc__": None}
        exec(compile(source, path, "exec", dont_inherit=True), names)
        names.pop("__builtins__", None)
        names.pop("__annotations__", None)
        names.pop("__name__")
        answers[path] = {name: shown(value) for name, value in names.items()}
    except SyntaxError as refused:
        answers[path] = {"refused": refused.lineno or 0}
print(json.dumps(answers))
