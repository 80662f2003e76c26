package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Dict;
import dev.migrationledger.agent.python.symbolic.Symbol.Entry;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Python's own functions. Absent results are not to be known. */
final class Builtins {

    /** Names that need no import. */
    static final Set<String> NAMES = Set.of(
            "abs", "all", "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr",
            "classmethod", "compile", "complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec",
            "filter",
            "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input",
            "int",
            "isinstance", "issubclass", "iter", "len", "list", "locals", "map", "max", "memoryview", "min", "next",
            "object",
            "oct", "open", "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set", "setattr",
            "slice",
            "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip", "__import__", "Exception",
            "BaseException", "ValueError", "TypeError", "KeyError", "IndexError", "RuntimeError", "NotImplementedError",
            "AssertionError", "AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "OSError", "IOError",
            "StopIteration", "SystemExit", "LookupError", "PermissionError", "FileNotFoundError", "ArithmeticError",
            "DeprecationWarning", "UserWarning", "Warning", "NotImplemented", "Ellipsis", "KeyboardInterrupt");

    /** Calls that run whatever they are given. */
    static final Set<String> RUNNING = Set.of(
            "builtins.exec", "builtins.eval", "builtins.__import__", "os.system", "os.popen", "importlib.import_module",
            "runpy.run_path",
            "runpy.run_module");

    private Builtins() {}

    static @Nullable Symbol call(String function, Arguments arguments) {
        if (!arguments.complete()) {
            return null;
        }
        Symbol first = arguments.at(0);
        List<Symbol> elements = first == null ? null : Containers.elements(first);
        return switch (function) {
            case "builtins.len" -> elements == null ? null : Numerals.of(elements.size());
            case "builtins.str" -> first == null ? new Symbol.Text("") : text(Formats.shown(first));
            case "builtins.repr" -> first == null ? null : text(Formats.quoted(first));
            case "builtins.int" -> first == null ? Numerals.of(0) : whole(first, arguments);
            case "builtins.bool" -> truth(first == null ? (Boolean) false : SymbolOperators.truth(first));
            case "builtins.list" -> collected(Items.Kind.LIST, first, elements);
            case "builtins.tuple" -> collected(Items.Kind.TUPLE, first, elements);
            case "builtins.set", "builtins.frozenset" -> collected(Items.Kind.SET, first, elements);
            case "builtins.dict", "collections.OrderedDict" -> dict(arguments);
            case "builtins.sorted" -> first == null ? null : sorted(first, arguments);
            case "builtins.reversed", "builtins.iter" -> elements == null
                    ? null
                    : list(function.endsWith("d") ? elements.reversed() : elements);
            case "builtins.range" -> range(arguments);
            case "builtins.enumerate" -> elements == null ? null : enumerate(elements, arguments);
            case "builtins.zip" -> zip(arguments);
            case "builtins.all", "builtins.any" -> elements == null
                    ? null
                    : truth(quantified(elements, function.endsWith("all")));
            case "builtins.min", "builtins.max" -> extreme(arguments, elements, function.endsWith("max"));
            case "builtins.isinstance" -> truth(isInstance(arguments));
            case "sqlparse.split" -> first instanceof Symbol.Text ? list(List.of(first)) : null;
            case "textwrap.dedent" ->
                first instanceof Symbol.Text(String text, _) ? new Symbol.Text(TextMethods.dedented(text)) : null;
            default -> ofText(function, first, arguments);
        };
    }

    /** {@code str.strip(text)}. */
    private static @Nullable Symbol ofText(String function, @Nullable Symbol first, Arguments arguments) {
        String prefix = "builtins.str.";
        return function.startsWith(prefix) && first instanceof Symbol.Text(String text, _)
                ? TextMethods.call(text, function.substring(prefix.length()), new Arguments(
                        arguments.positional().subList(1, arguments.positional().size()), arguments.named(), true))
                : null;
    }

    private static @Nullable Symbol text(@Nullable String text) {
        return text == null ? null : new Symbol.Text(text);
    }

    private static @Nullable Symbol truth(@Nullable Boolean truth) {
        return truth == null ? null : new Symbol.Truth(truth);
    }

    private static Symbol list(List<Symbol> values) {
        return new Items(Items.Kind.LIST, values);
    }

    private static @Nullable Symbol whole(Symbol value, Arguments arguments) {
        if (arguments.size() != 1) {
            return null;
        }
        if (value instanceof Symbol.Text(String text, _)) {
            try {
                return Numerals.of(Long.parseLong(text.strip()));
            } catch (NumberFormatException none) {
                return null;
            }
        }
        return value instanceof Symbol.Numeral numeral && numeral.whole() != null ? numeral : null;
    }

    private static @Nullable Symbol collected(
            Items.Kind kind, @Nullable Symbol from, @Nullable List<Symbol> elements) {
        if (from == null) {
            return new Items(kind, List.of());
        }
        return elements == null ? null : Containers.items(kind, elements);
    }

    private static @Nullable Symbol dict(Arguments arguments) {
        Dict dict = new Dict(List.of());
        if (arguments.at(0) instanceof Dict other) {
            dict = other;
        } else if (!arguments.positional().isEmpty()) {
            List<Symbol> pairs = Containers.elements(arguments.positional().getFirst());
            List<Entry> entries = new ArrayList<>();
            for (Symbol pair : pairs == null ? List.<Symbol>of() : pairs) {
                if (!(pair instanceof Items items) || items.values().size() != 2) {
                    return null;
                }
                entries.add(new Entry(items.values().getFirst(), items.values().getLast()));
            }
            dict = pairs == null ? null : Containers.with(dict, entries);
        }
        List<Entry> named = arguments.named().entrySet().stream()
                .map(it -> new Entry(new Symbol.Text(it.getKey()), it.getValue()))
                .toList();
        return dict == null ? null : Containers.with(dict, named);
    }

    /** Sorted by nothing but the elements themselves. */
    static @Nullable Symbol sorted(Symbol values, Arguments arguments) {
        List<Symbol> elements = Containers.elements(values);
        if (elements == null || arguments.named().containsKey("key")) {
            return null;
        }
        for (int i = 1; i < elements.size(); i++) {
            if (SymbolOperators.order(elements.getFirst(), elements.get(i)) == null) {
                return null;
            }
        }
        List<Symbol> sorted = new ArrayList<>(elements);
        sorted.sort((left, right) -> {
            Integer order = SymbolOperators.order(left, right);
            return order == null ? 0 : order;
        });
        Symbol reverse = arguments.named().get("reverse");
        Boolean reversed = reverse == null ? (Boolean) false : SymbolOperators.truth(reverse);
        return reversed == null ? null : list(reversed ? sorted.reversed() : sorted);
    }

    private static @Nullable Symbol range(Arguments arguments) {
        List<Long> bounds = new ArrayList<>();
        for (Symbol argument : arguments.positional()) {
            if (!(argument instanceof Symbol.Numeral numeral) || numeral.whole() == null) {
                return null;
            }
            bounds.add(numeral.whole());
        }
        if (bounds.isEmpty() || bounds.size() > 3) {
            return null;
        }
        long from = bounds.size() == 1 ? 0 : bounds.get(0);
        long to = bounds.size() == 1 ? bounds.get(0) : bounds.get(1);
        long step = bounds.size() == 3 ? bounds.get(2) : 1;
        List<Symbol> values = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : step < 0 && i > to; i += step) {
            values.add(Numerals.of(i));
            if (values.size() > SymbolOperators.LONGEST_ITEMS) {
                return null;
            }
        }
        return list(values);
    }

    private static @Nullable Symbol enumerate(List<Symbol> elements, Arguments arguments) {
        Symbol start = arguments.named().getOrDefault("start", arguments.positional().size() > 1
                ? arguments.positional().get(1)
                : Numerals.of(0));
        if (!(start instanceof Symbol.Numeral numeral) || numeral.whole() == null) {
            return null;
        }
        List<Symbol> pairs = new ArrayList<>();
        for (Symbol element : elements) {
            pairs.add(new Items(Items.Kind.TUPLE, List.of(Numerals.of(numeral.whole() + pairs.size()), element)));
        }
        return list(pairs);
    }

    private static @Nullable Symbol zip(Arguments arguments) {
        List<List<Symbol>> all = new ArrayList<>();
        for (Symbol argument : arguments.positional()) {
            List<Symbol> elements = Containers.elements(argument);
            if (elements == null) {
                return null;
            }
            all.add(elements);
        }
        int shortest = all.stream().mapToInt(List::size).min().orElse(0);
        List<Symbol> tuples = new ArrayList<>();
        for (int i = 0; i < shortest; i++) {
            int at = i;
            tuples.add(new Items(Items.Kind.TUPLE, all.stream().map(elements -> elements.get(at)).toList()));
        }
        return list(tuples);
    }

    private static @Nullable Boolean quantified(List<Symbol> elements, boolean all) {
        Boolean result = all;
        for (Symbol element : elements) {
            Boolean truth = SymbolOperators.truth(element);
            if (truth != null && truth != all) {
                return truth;
            }
            result = truth == null ? null : result;
        }
        return result;
    }

    private static @Nullable Symbol extreme(Arguments arguments, @Nullable List<Symbol> elements, boolean highest) {
        List<Symbol> values = arguments.size() > 1 ? arguments.positional() : elements;
        if (values == null || values.isEmpty() || !arguments.named().isEmpty()) {
            return null;
        }
        Symbol best = values.getFirst();
        for (Symbol value : values) {
            Integer order = SymbolOperators.order(value, best);
            if (order == null) {
                return null;
            }
            best = highest == (order > 0) && order != 0 ? value : best;
        }
        return best;
    }

    private static @Nullable Boolean isInstance(Arguments arguments) {
        if (!(arguments.at(1) instanceof Symbol.Reference(String type, _))) {
            return null;
        }
        Symbol value = arguments.at(0);
        String actual = value instanceof Symbol.Text
                ? "builtins.str"
                : value instanceof Dict
                        ? "builtins.dict"
                        : value instanceof Items items
                                ? "builtins." + items.kind().name().toLowerCase(Locale.ROOT)
                                : null;
        boolean known = actual != null && type.startsWith("builtins.");
        return known ? (Boolean) type.equals(actual) : null;
    }
}
