package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Truth;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions that a template finds without defining them. Absent results are not known, or Python fails. */
final class PythonFunctions {

    /** Those of Python's own functions and types that are known here. */
    static final Set<String> NAMES = Set.of("str", "repr", "len", "list", "tuple", "sorted", "bool", "isinstance",
            "getattr", "any", "all", "int", "dict");

    /** Other names that Python binds: a template that uses one is not evaluated, but the name is not undefined either. */
    private static final Set<String> OTHERS = Set.of(
            "abs", "aiter", "anext", "ascii", "bin", "breakpoint", "bytearray", "bytes", "callable", "chr",
            "classmethod",
            "compile", "complex", "copyright", "credits", "delattr", "dir", "divmod", "enumerate", "eval", "exec",
            "exit",
            "filter", "float", "format", "frozenset", "globals", "hasattr", "hash", "help", "hex", "id", "input",
            "issubclass", "iter", "license", "locals", "map", "max", "memoryview", "min", "next", "object", "oct",
            "open",
            "ord", "pow", "print", "property", "quit", "range", "reversed", "round", "set", "setattr", "slice",
            "staticmethod", "sum", "super", "type", "vars", "zip",
            // Of Mako.
            "caller", "capture", "local", "loop", "pageargs", "parent", "self", "unicode");

    /** Attributes of Mako's context that have nothing to do with what a template is given. */
    private static final Set<String> OF_CONTEXT = Set.of("get", "keys", "kwargs", "lookup", "namespaces", "pop_caller",
            "push_caller", "write", "writer", "caller_stack", "locals_", "_data", "_kwargs");

    private PythonFunctions() {}

    /** Whether Python or Mako binds the name, to something that is not known here. Exceptions begin with a capital letter. */
    static boolean isOther(String name) {
        return OTHERS.contains(name) || name.startsWith("__") || Character.isUpperCase(name.codePointAt(0));
    }

    static @Nullable TemplateValue call(String function, CallArguments arguments) {
        if (!arguments.named().isEmpty()) {
            return null;
        }
        TemplateValue first = arguments.at(0);
        List<TemplateValue> elements = first == null ? null : elements(first);
        int count = arguments.positional().size();
        if (first == null) {
            return null;
        }
        return switch (function) {
            case "isinstance" -> count == 2 ? instance(first, arguments.positional().get(1)) : null;
            case "getattr" -> count == 3 ? attribute(first, arguments) : null;
            case "str", "unicode" -> count == 1 ? text(PythonText.shown(first)) : null;
            case "repr" -> count == 1 ? text(PythonText.quoted(first)) : null;
            case "trim" -> first instanceof Text(String text) && count == 1
                    ? TextFunctions.call(text, "strip", new CallArguments(List.of(), Map.of()))
                    : null;
            case "comma" -> count == 1 ? comma(first) : null;
            case "bool" -> count == 1 ? truth(PythonText.truth(first)) : null;
            case "len" -> count == 1 ? length(first, elements) : null;
            case "int" -> count == 1 ? whole(first) : null;
            case "list" -> count == 1 && elements != null ? new Sequence(false, elements) : null;
            case "tuple" -> count == 1 && elements != null ? new Sequence(true, elements) : null;
            case "sorted" -> count == 1 && elements != null ? sorted(elements) : null;
            case "any", "all" -> count == 1 && elements != null ? quantified(elements, function.equals("all")) : null;
            default -> null;
        };
    }

    /** What a loop goes through; absent where that is not known. */
    static @Nullable List<TemplateValue> elements(TemplateValue value) {
        return switch (value) {
            case Sequence sequence -> sequence.values();
            case Mapping mapping -> List.copyOf(mapping.entries().keySet());
            case Text(String text) -> text.codePoints().<TemplateValue>mapToObj(
                    c -> new Text(Character.toString(c))).toList();
            case Whole _,Truth _,Nothing _,TemplateValue.Moment _,Named _,TemplateValue.Defined _,TemplateValue.Foreign _ ->
                null;
        };
    }

    private static @Nullable TemplateValue text(@Nullable String text) {
        return text == null ? null : new Text(text);
    }

    private static @Nullable TemplateValue truth(@Nullable Boolean truth) {
        return truth == null ? null : new Truth(truth);
    }

    /** {@code alembic.util.format_as_comma}. */
    private static @Nullable TemplateValue comma(TemplateValue value) {
        return switch (value) {
            case Text text -> text;
            case Nothing nothing when nothing == Nothing.NONE -> new Text("");
            case Sequence sequence -> TextFunctions.joined(", ", sequence.values());
            default -> null;
        };
    }

    private static @Nullable TemplateValue length(TemplateValue value, @Nullable List<TemplateValue> elements) {
        return value instanceof Text(String text)
                ? TextFunctions.length(text)
                : elements == null ? null : new Whole(elements.size());
    }

    private static @Nullable TemplateValue whole(TemplateValue value) {
        return switch (value) {
            case Whole whole -> whole;
            case Text(String text) when text.matches("[0-9]{1,18}") -> new Whole(Long.parseLong(text));
            default -> null;
        };
    }

    private static @Nullable TemplateValue sorted(List<TemplateValue> elements) {
        if (!elements.stream().allMatch(Text.class::isInstance)) {
            return null;
        }
        List<TemplateValue> sorted = new ArrayList<>(elements);
        // Python compares code points, Java halves of them.
        sorted.sort(
                Comparator.comparing(it -> it instanceof Text(String text) ? text.codePoints().toArray() : new int[0],
                        Arrays::compare));
        return new Sequence(false, sorted);
    }

    private static @Nullable TemplateValue quantified(List<TemplateValue> elements, boolean all) {
        for (TemplateValue element : elements) {
            Boolean truth = PythonText.truth(element);
            if (truth == null || truth != all) {
                return truth(truth);
            }
        }
        return new Truth(all);
    }

    private static @Nullable TemplateValue instance(TemplateValue value, TemplateValue type) {
        if (type instanceof Sequence(boolean tuple, List<TemplateValue> types) && tuple) {
            boolean any = false;
            for (TemplateValue one : types) {
                if (!(instance(value, one) instanceof Truth(boolean is))) {
                    return null;
                }
                any |= is;
            }
            return new Truth(any);
        }
        String actual = switch (value) {
            case Text _ -> "str";
            case Whole _ -> "int";
            case Sequence(boolean tuple, List<TemplateValue> _) -> tuple ? "tuple" : "list";
            case Mapping _ -> "dict";
            case Nothing _ -> "";
            case Truth _,TemplateValue.Moment _,Named _,TemplateValue.Defined _,TemplateValue.Foreign _ -> null;
        };
        boolean known = type instanceof Named(String name)
                && Set.of("str", "int", "tuple", "list", "dict", "bool").contains(name);
        return actual == null || !known ? null : new Truth(type.equals(new Named(actual)));
    }

    /** {@code getattr(context, "name", otherwise)}: the context has no attribute for what a template is given. */
    private static @Nullable TemplateValue attribute(TemplateValue of, CallArguments arguments) {
        String name = arguments.text(1);
        boolean context = of.equals(new Named("context"));
        return context && name != null && !OF_CONTEXT.contains(name) && !name.startsWith("_")
                ? arguments.at(2)
                : null;
    }
}
