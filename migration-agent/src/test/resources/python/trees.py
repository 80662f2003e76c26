"""Prints as JSON the syntax trees that Python itself makes of files: of each, a list with one text for each statement.

A first argument "--library" stands for so many files of Python's own standard library.
"""
import ast
import json
import os
import struct
import sys
import sysconfig
import tokenize
import warnings

warnings.simplefilter("ignore")

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@",
    ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&",
    ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}


class Trees:
    def __init__(self, text):
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line) + 1)
        self.formatted = 0

    def offset(self, line, column):
        source = self.lines[line - 1]
        if not source.isascii():
            column = units(source.encode()[:column].decode())
        return self.starts[line - 1] + column

    def place(self, node):
        if self.formatted:
            return ""
        return "@%d-%d/%d" % (self.offset(node.lineno, node.col_offset),
                              self.offset(node.end_lineno, node.end_col_offset), node.lineno)

    def all(self, nodes):
        return "[" + " ".join(self.of(node) for node in nodes) + "]"

    def of(self, node):
        if node is None:
            return "-"
        if isinstance(node, ast.stmt):
            return "(%s@%d/%d %s)" % ((type(node).__name__.replace("TryStar", "Try").replace("Async", ""),
                                       self.offset(node.lineno, node.col_offset), node.lineno)
                                      + (getattr(self, type(node).__name__)(node),))
        return "(%s%s)" % (getattr(self, type(node).__name__)(node), self.place(node))

    def Name(self, node):
        return "Name " + text(node.id)

    def Constant(self, node):
        if isinstance(node.value, str):
            return "Text " + text(node.value)
        if isinstance(node.value, bytes):
            return "Bytes " + text(node.value.decode("latin-1"))
        if node.value is None or node.value is Ellipsis or isinstance(node.value, bool):
            return "Constant " + str(node.value).upper()
        return "Numeral " + number(node.value)

    def JoinedStr(self, node):
        self.formatted += 1
        inner = "Formatted " + self.all(node.values)
        self.formatted -= 1
        return inner

    def TemplateStr(self, node):
        self.formatted += 1
        inner = "Template " + self.all(node.values)
        self.formatted -= 1
        return inner

    def FormattedValue(self, node):
        conversion = "-" if node.conversion < 0 else chr(node.conversion)
        return "Field %s %s %s" % (self.of(node.value), conversion, self.of(node.format_spec))

    Interpolation = FormattedValue

    def Tuple(self, node):
        return "TUPLE " + self.all(node.elts)

    def List(self, node):
        return "LIST " + self.all(node.elts)

    def Set(self, node):
        return "SET " + self.all(node.elts)

    def Dict(self, node):
        return "Dict " + " ".join("%s:%s" % (self.of(k), self.of(v)) for k, v in zip(node.keys, node.values))

    def Attribute(self, node):
        return "Attribute %s %s" % (self.of(node.value), text(node.attr))

    def Subscript(self, node):
        return "Subscript %s %s" % (self.of(node.value), self.of(node.slice))

    def Slice(self, node):
        return "Slice %s %s %s" % (self.of(node.lower), self.of(node.upper), self.of(node.step))

    def arguments_of(self, positional, named):
        return self.all(positional) + "".join(" %s=%s" % (text(k.arg or "**"), self.of(k.value)) for k in named)

    def Call(self, node):
        return "Call %s %s" % (self.of(node.func), self.arguments_of(node.args, node.keywords))

    def Starred(self, node):
        return "Starred " + self.of(node.value)

    def UnaryOp(self, node):
        return "Unary %s %s" % (OPERATORS[type(node.op)], self.of(node.operand))

    def BinOp(self, node):
        return "Binary %s %s %s" % (OPERATORS[type(node.op)], self.of(node.left), self.of(node.right))

    def BoolOp(self, node):
        return "Logical %s %s" % (OPERATORS[type(node.op)], self.all(node.values))

    def Compare(self, node):
        return "Comparison %s %s" % (self.all([node.left] + node.comparators),
                                     ",".join(OPERATORS[type(op)] for op in node.ops))

    def IfExp(self, node):
        return "Conditional %s %s %s" % (self.of(node.test), self.of(node.body), self.of(node.orelse))

    def Lambda(self, node):
        return "Lambda %s %s" % (self.parameters(node.args), self.of(node.body))

    def clauses(self, node):
        return " ".join("%s%s in %s %s" % ("async " if c.is_async else "", self.of(c.target), self.of(c.iter),
                                           self.all(c.ifs)) for c in node.generators)

    def ListComp(self, node):
        return "LIST %s %s" % (self.of(node.elt), self.clauses(node))

    def SetComp(self, node):
        return "SET %s %s" % (self.of(node.elt), self.clauses(node))

    def GeneratorExp(self, node):
        return "GENERATOR %s %s" % (self.of(node.elt), self.clauses(node))

    def DictComp(self, node):
        return "DICT %s:%s %s" % (self.of(node.key), self.of(node.value), self.clauses(node))

    def NamedExpr(self, node):
        return "Walrus %s %s" % (self.of(node.target), self.of(node.value))

    def Await(self, node):
        return "Await " + self.of(node.value)

    def Yield(self, node):
        return "Yield " + self.of(node.value)

    def YieldFrom(self, node):
        return "YieldFrom " + self.of(node.value)

    def parameters(self, args):
        shown = []
        plain = args.posonlyargs + args.args
        defaults = [None] * (len(plain) - len(args.defaults)) + args.defaults
        for i, arg in enumerate(plain):
            shown.append(self.parameter(
                "POSITIONAL_ONLY" if i < len(args.posonlyargs) else "POSITIONAL_OR_NAMED", arg, defaults[i]))
        if args.vararg:
            shown.append(self.parameter("REST", args.vararg, None))
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            shown.append(self.parameter("NAMED_ONLY", arg, default))
        if args.kwarg:
            shown.append(self.parameter("NAMED_REST", args.kwarg, None))
        return "<" + " ".join(shown) + ">"

    def parameter(self, kind, arg, default):
        return "%s %s %s %s" % (kind, text(arg.arg), self.of(arg.annotation), self.of(default))

    def Expr(self, node):
        return self.of(node.value)

    def Assign(self, node):
        return "%s %s" % (self.all(node.targets), self.of(node.value))

    def AugAssign(self, node):
        return "%s %s %s" % (self.of(node.target), OPERATORS[type(node.op)], self.of(node.value))

    def AnnAssign(self, node):
        return "%s %s %s" % (self.of(node.target), self.of(node.annotation), self.of(node.value))

    def Return(self, node):
        return self.of(node.value)

    def Delete(self, node):
        return self.all(node.targets)

    def Raise(self, node):
        return "%s %s" % (self.of(node.exc), self.of(node.cause))

    def Assert(self, node):
        return "%s %s" % (self.of(node.test), self.of(node.msg))

    def Pass(self, node):
        return ""

    Break = Continue = Pass

    def Global(self, node):
        return " ".join(text(name) for name in node.names)

    Nonlocal = Global

    def TypeAlias(self, node):
        return text(node.name.id)

    def names(self, node):
        return " ".join("%s as %s" % (text(name.name), text(name.asname or "-")) for name in node.names)

    def Import(self, node):
        return self.names(node)

    def ImportFrom(self, node):
        return "%d %s %s" % (node.level, text(node.module or ""), self.names(node))

    def If(self, node):
        return "%s %s %s" % (self.of(node.test), self.all(node.body), self.all(node.orelse))

    While = If

    def For(self, node):
        return "%s %s %s %s" % (self.of(node.target), self.of(node.iter), self.all(node.body), self.all(node.orelse))

    AsyncFor = For

    def With(self, node):
        return " ".join("%s as %s" % (self.of(item.context_expr), self.of(item.optional_vars))
                        for item in node.items) + " " + self.all(node.body)

    AsyncWith = With

    def Try(self, node):
        group = "*" if type(node).__name__ == "TryStar" else ""
        handlers = " ".join("%s%s as %s %s" % (group, self.of(h.type), text(h.name or "-"), self.all(h.body))
                            for h in node.handlers)
        return "%s %s %s %s" % (self.all(node.body), handlers, self.all(node.orelse), self.all(node.finalbody))

    TryStar = Try

    def FunctionDef(self, node):
        return "%s %s %s %s %s" % (text(node.name), self.parameters(node.args), self.of(node.returns),
                                   self.all(node.decorator_list), self.all(node.body))

    AsyncFunctionDef = FunctionDef

    def ClassDef(self, node):
        return "%s %s %s %s" % (text(node.name), self.arguments_of(node.bases, node.keywords),
                                self.all(node.decorator_list), self.all(node.body))

    def Match(self, node):
        return self.of(node.subject) + " " + " ".join(
            "%s %s" % (self.of(case.guard), self.all(case.body)) for case in node.cases)


def units(line):
    return len(line) if line.isascii() else len(line.encode("utf-16-le", "surrogatepass")) // 2


def text(value):
    return json.dumps(value)


def number(value):
    """Integers in full, others by their bits: each language prints them in its own way."""
    if isinstance(value, complex):
        return number(value.imag) + "j"
    return "%d" % value if isinstance(value, int) else struct.pack(">d", value).hex()


def files(arguments):
    if arguments and arguments[0] == "--library":
        library = sysconfig.get_paths()["stdlib"]
        found = []
        for folder, folders, names in os.walk(library):
            folders[:] = sorted(name for name in folders if name not in ("site-packages", "dist-packages", "lib2to3"))
            found += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
        found = [path for path in found if os.path.getsize(path) < 60000]
        wanted = int(arguments[1])
        return found[::max(1, len(found) // wanted)][:wanted] + arguments[2:]
    return arguments


answers = {}
for path in files(sys.argv[1:]):
    try:
        with open(path, "rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
        with open(path, encoding=encoding, newline=None) as file:
            source = file.read()
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(0)
        trees = Trees(source)
        answers[path] = [trees.of(node) for node in ast.parse(source).body]
    except (SyntaxError, ValueError):  # older versions refuse a null character by the latter, undecodable bytes too
        continue
print(json.dumps(answers))
