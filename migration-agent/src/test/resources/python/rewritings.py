"""Prints as JSON what Python's own library makes of files: of each the same code laid out anew, and codes that do something else.

Arguments: how many others of each file, then the files. A file that Python cannot read is left out.
"""
import ast
import copy
import json
import random
import sys
import warnings

warnings.simplefilter("ignore")

DECLARATIONS = {"revision", "down_revision", "depends_on", "branch_labels"}
BUILT_IN = {"bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "set", "str", "tuple",
            "type"}
LISTS = ("body", "orelse", "finalbody")


def is_constant(node):
    return isinstance(node, ast.Constant) or (isinstance(node, ast.JoinedStr)
                                              and all(isinstance(part, ast.Constant) for part in node.values))


def does_nothing(node):
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and is_constant(node.value))


def harmless(annotation):
    return is_constant(annotation) or (isinstance(annotation, ast.Name) and annotation.id in BUILT_IN)


def is_declaration(node):
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return bool(targets) and all(isinstance(it, ast.Name) and it.id in DECLARATIONS for it in targets)


class Plain(ast.NodeTransformer):
    """What of a module does something, so that two of equal dumps do the same."""

    def __init__(self):
        self.scopes = ["module"]

    def inside(self, scope, node):
        self.scopes.append(scope)
        self.generic_visit(node)
        self.scopes.pop()
        return node

    def visit_Pass(self, node):
        return None

    def visit_Expr(self, node):
        return None if does_nothing(node) else self.generic_visit(node)

    def visit_FunctionDef(self, node):
        if not node.decorator_list:
            arguments = node.args
            for one in (arguments.posonlyargs + arguments.args + arguments.kwonlyargs
                        + [it for it in (arguments.vararg, arguments.kwarg) if it]):
                if one.annotation and harmless(one.annotation):
                    one.annotation = None
            if node.returns and harmless(node.returns):
                node.returns = None
        return self.inside("function", node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        return self.inside("class", node)

    def visit_AnnAssign(self, node):
        scope = self.scopes[-1]
        if scope == "class" or (scope == "module" and not harmless(node.annotation)):
            return self.generic_visit(node)
        if node.value:
            return self.generic_visit(ast.Assign(targets=[node.target], value=node.value))
        return node if scope == "function" else None


def plain(tree):
    return ast.dump(Plain().visit(copy.deepcopy(tree)))


def places(tree):
    """Each place where something can be changed, as a function that changes it in the tree that it is of."""
    found = []
    declared = {id(below) for node in tree.body if is_declaration(node) for below in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in declared:
            continue
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                found.append(("text", lambda it=node: setattr(it, "value", it.value + "x")))
            elif isinstance(node.value, bool):
                found.append(("truth", lambda it=node: setattr(it, "value", not it.value)))
            elif isinstance(node.value, int):
                found.append(("number", lambda it=node: setattr(it, "value", it.value + 1)))
                found.append(("kind of number", lambda it=node: setattr(it, "value", float(it.value % 1000))))
            elif isinstance(node.value, bytes):
                found.append(("bytes", lambda it=node: setattr(it, "value", it.value + b"x")))
            elif node.value is None:
                found.append(("none", lambda it=node: setattr(it, "value", False)))
        elif isinstance(node, ast.Name):
            found.append(("name", lambda it=node: setattr(it, "id", it.id + "_x")))
        elif isinstance(node, ast.Attribute):
            found.append(("attribute", lambda it=node: setattr(it, "attr", it.attr + "_x")))
        elif isinstance(node, ast.keyword) and node.arg:
            found.append(("keyword", lambda it=node: setattr(it, "arg", it.arg + "_x")))
        elif isinstance(node, ast.arg):
            found.append(("parameter", lambda it=node: setattr(it, "arg", it.arg + "_x")))
        elif isinstance(node, ast.BinOp):
            found.append(("operator", lambda it=node: setattr(
                it, "op", ast.Sub() if isinstance(it.op, ast.Add) else ast.Add())))
        elif isinstance(node, ast.BoolOp):
            found.append(("and or", lambda it=node: setattr(
                it, "op", ast.Or() if isinstance(it.op, ast.And) else ast.And())))
        elif isinstance(node, ast.Compare):
            found.append(("comparison", lambda it=node: it.ops.__setitem__(
                0, ast.NotEq() if isinstance(it.ops[0], ast.Eq) else ast.Eq())))
        elif isinstance(node, ast.alias):
            found.append(("import", lambda it=node: setattr(it, "name", it.name + "_x")))
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(("relative", lambda it=node: setattr(it, "level", it.level + 1)))
        if isinstance(node, ast.If):
            found.append(("negated", lambda it=node: setattr(it, "test", ast.UnaryOp(ast.Not(), it.test))))
        if isinstance(node, (ast.Call, ast.Tuple, ast.List)):
            field = "args" if isinstance(node, ast.Call) else "elts"
            if len(getattr(node, field)) > 1:
                found.append(("order of elements", lambda it=node, of=field: getattr(it, of).reverse()))
            if getattr(node, field):
                found.append(("element", lambda it=node, of=field: getattr(it, of).pop()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.decorator_list:
            found.append(("decorator", lambda it=node: it.decorator_list.pop()))
        for name in LISTS:
            block = getattr(node, name, None)
            if not isinstance(block, list):
                continue
            for i, statement in enumerate(block):
                if id(statement) in declared:
                    continue
                found.append(("statement", lambda of=block, at=i: of.__setitem__(at, ast.Pass())))
                found.append(("twice", lambda of=block, at=i: of.insert(at, of[at])))
                if i + 1 < len(block) and id(block[i + 1]) not in declared:
                    found.append(("order of statements", lambda of=block, at=i: of.__setitem__(
                        slice(at, at + 2), of[at:at + 2][::-1])))
                    if isinstance(statement, ast.If):
                        found.append(("nesting", lambda of=block, at=i: of[at].body.append(of.pop(at + 1))))
    return found


def others(tree, count, seeded):
    before = plain(tree)
    number = len(places(tree))
    found = []
    for place in seeded.sample(range(number), min(number, 4 * count)):
        changed = copy.deepcopy(tree)
        what, change = places(changed)[place]
        change()
        try:
            source = ast.unparse(ast.fix_missing_locations(changed))
            again = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        if plain(again) != before:
            found.append([what, source])
        if len(found) == count:
            break
    return found


answers = {}
for path in sys.argv[2:]:
    try:
        with open(path, "rb") as file:
            tree = ast.parse(file.read())
        same = ast.unparse(tree)
        if ast.dump(ast.parse(same)) != ast.dump(tree):
            continue
        answers[path] = {"same": same, "others": others(tree, int(sys.argv[1]), random.Random(len(answers)))}
    except (SyntaxError, ValueError, RecursionError, AttributeError):
        continue
print(json.dumps(answers))
