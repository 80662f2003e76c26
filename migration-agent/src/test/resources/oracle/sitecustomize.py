"""Lets migrations run without their application: whatever module is missing, or does not load, is made up.

Put this folder on PYTHONPATH and name the project's folder in STAND_INS_FOR. A made-up name can be called, subclassed, indexed, iterated
(over nothing) and used as the type of a column (text). Modules of the project that load by themselves are real.
"""
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types

PROJECT = os.environ.get("STAND_INS_FOR")
MOST = 150
_fake = None
_loaded = 0


def fake():
    """The class of all made-up things, made when the first is needed: SQLAlchemy is slow to load."""
    global _fake
    if _fake is not None:
        return _fake
    try:
        from sqlalchemy.types import UserDefinedType
    except ImportError:
        UserDefinedType = object

    class Meta(type(UserDefinedType)):
        def __getattr__(cls, name):
            if name.startswith("_") or name.startswith("visit_") or name in ("load_dialect_impl", "dialect_impl"):
                raise AttributeError(name)
            return cls

        def __iter__(cls):
            return iter(())

        def __len__(cls):
            return 0

        def __bool__(cls):
            return False

        def __getitem__(cls, key):
            return cls

        def __contains__(cls, key):
            return False

        def __or__(cls, other):
            return cls

        __ror__ = __or__

    class Fake(UserDefinedType, metaclass=Meta):
        cache_ok = True

        def __new__(cls, *arguments, **named):
            # A decorator hands out what it is given.
            if len(arguments) == 1 and not named and isinstance(arguments[0], (types.FunctionType, type)) and cls is Fake:
                return arguments[0]
            return object.__new__(cls)

        def __init__(self, *arguments, **named):
            pass

        def __init_subclass__(cls, **named):
            pass

        def get_col_spec(self, **named):
            return "TEXT"

        def __getattr__(self, name):
            if name.startswith("_") or name in ("load_dialect_impl", "should_evaluate_none", "render_bind_cast", "impl",
                                                "dispatch", "key", "name", "schema", "inherit_cache", "sort_key_function"):
                raise AttributeError(name)
            return Fake

        def __call__(self, *arguments, **named):
            return Fake(*arguments, **named)

        def __iter__(self):
            return iter(())

        def __len__(self):
            return 0

        def __bool__(self):
            return False

        def __getitem__(self, key):
            return self

        def __setitem__(self, key, value):
            pass

        def __contains__(self, key):
            return False

        def __enter__(self):
            return self

        def __exit__(self, *problem):
            return False

        def __str__(self):
            return "made_up"

        def __fspath__(self):
            return "/nonexistent"

        def __int__(self):
            return 1

        __index__ = __int__

        def __add__(self, other):
            return other if isinstance(other, (str, list, dict, tuple)) else self

        def __lt__(self, other):
            return False

        __gt__ = __le__ = __ge__ = __lt__

    Fake.__name__ = "MadeUp"
    _fake = Fake
    return Fake


class FakeModule(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        for folder in self.__dict__.get("__path__") or ():
            if os.path.exists(os.path.join(folder, name + ".py")) or os.path.isdir(os.path.join(folder, name)):
                return importlib.import_module(self.__name__ + "." + name)
        return "0" if name == "__version__" else fake()


class FakeLoader(importlib.abc.Loader):
    def create_module(self, spec):
        module = FakeModule(spec.name)
        module.__path__ = list(spec.submodule_search_locations or [])
        return module

    def exec_module(self, module):
        pass


class Careful(importlib.machinery.SourceFileLoader):
    """Loads a module of the project, and makes up what does not come out of it."""

    def exec_module(self, module):
        global _loaded
        _loaded += 1
        if _loaded > MOST:
            module.__class__ = FakeModule
            return
        try:
            super().exec_module(module)
        except BaseException as problem:
            if isinstance(problem, (KeyboardInterrupt, MemoryError)):
                raise
            if os.environ.get("STAND_INS_TELL"):
                print("made up:", module.__name__, type(problem).__name__, str(problem)[:200], file=sys.stderr)
            module.__class__ = FakeModule


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.stdlib_module_names:
            return None
        found = None
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                found = finder.find_spec(name, path, target)
                if found is not None:
                    break
        if found is not None and found.origin and str(found.origin).startswith(PROJECT + os.sep):
            if isinstance(found.loader, importlib.machinery.SourceFileLoader):
                found.loader = Careful(found.loader.name, found.loader.path)
            return found
        if found is not None or not asked_by_the_project():
            return found
        return importlib.machinery.ModuleSpec(name, FakeLoader(), is_package=True)


def asked_by_the_project():
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if "importlib" not in file and not file.startswith("<frozen") and file != __file__:
            return file.startswith(PROJECT + os.sep)
        frame = frame.f_back
    return False


if PROJECT:
    sys.meta_path.insert(0, Finder())
    try:
        # SQLAlchemy-Utils has not followed 2.1 in this name.
        if importlib.util.find_spec("sqlalchemy_utils"):
            from sqlalchemy.orm import attributes
            if not hasattr(attributes, "ScalarAttributeImpl"):
                attributes.ScalarAttributeImpl = attributes._ScalarAttributeImpl
                attributes.AttributeImpl = attributes._AttributeImpl
    except (ImportError, AttributeError):
        pass
    # What an env.py would import for the sake of the operations that it brings.
    for extra in ("alembic_utils.replaceable_entity", "alembic_postgresql_enum"):
        try:
            importlib.import_module(extra)
        except Exception:
            pass
