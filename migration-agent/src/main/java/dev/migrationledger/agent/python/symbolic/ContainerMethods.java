package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Dict;
import dev.migrationledger.agent.python.symbolic.Symbol.Entry;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Methods of lists, sets and dicts. */
final class ContainerMethods {

    /** Methods that change what they are called on. */
    private static final Set<String> CHANGING = Set.of(
            "append", "extend", "insert", "remove", "pop", "add", "update", "clear", "sort", "reverse", "discard",
            "setdefault", "popitem", "difference_update", "intersection_update");

    private ContainerMethods() {}

    /**
     * What a call does.
     *
     * @param changed what the container is afterwards; absent: as before
     * @param value what the call returns; absent: not to be known
     */
    record Result(
            @Nullable Symbol changed, @Nullable Symbol value) {

        static Result value(@Nullable Symbol value) {
            return new Result(null, value);
        }

        static Result change(@Nullable Symbol changed) {
            return new Result(changed, Symbol.None.NONE);
        }
    }

    static boolean changes(String method) {
        return CHANGING.contains(method);
    }

    static Result call(Items items, String method, Arguments arguments) {
        Symbol first = arguments.at(0);
        List<Symbol> values = new ArrayList<>(items.values());
        return switch (method) {
            case "append", "add" -> {
                if (first == null) {
                    yield Result.value(null);
                }
                values.add(first);
                yield changed(items, values);
            }
            case "extend", "update" -> {
                List<Symbol> more = first == null ? null : Containers.elements(first);
                if (more == null || arguments.size() != 1) {
                    yield Result.value(null);
                }
                values.addAll(more);
                yield changed(items, values);
            }
            case "insert" -> {
                Symbol value = arguments.at(1);
                if (value == null || !(first instanceof Symbol.Numeral at) || at.whole() == null) {
                    yield Result.value(null);
                }
                long index = at.whole() < 0 ? at.whole() + values.size() : at.whole();
                values.add(Math.clamp(index, 0, values.size()), value);
                yield changed(items, values);
            }
            case "remove", "discard" -> {
                yield removed(items, first, method.equals("discard"));
            }
            case "pop" -> {
                Symbol at = first == null ? Numerals.of(-1) : first;
                Symbol value = Containers.at(items, at);
                yield value == null ? Result.value(null) : new Result(Containers.without(items, at), value);
            }
            case "clear" -> {
                yield changed(items, List.of());
            }
            case "reverse" -> {
                yield changed(items, values.reversed());
            }
            case "sort" -> {
                Symbol sorted = Builtins.sorted(items, arguments);
                yield sorted instanceof Items all ? changed(items, all.values()) : Result.value(null);
            }
            case "copy" -> {
                yield Result.value(new Items(items.kind(), values));
            }
            case "union" -> {
                List<Symbol> more = first == null ? List.of() : Containers.elements(first);
                if (more == null || arguments.size() > 1) {
                    yield Result.value(null);
                }
                values.addAll(more);
                yield Result.value(Containers.items(Items.Kind.SET, values));
            }
            case "index", "count" -> {
                long found = values.stream().filter(value -> first != null && value.equals(first)).count();
                yield Result.value(
                        method.equals("count") ? Numerals.of(found) : index(values, first));
            }
            default -> {
                yield Result.value(null);
            }
        };
    }

    private static @Nullable Symbol index(List<Symbol> values, @Nullable Symbol wanted) {
        int at = wanted == null ? -1 : values.indexOf(wanted);
        return at < 0 ? null : Numerals.of(at);
    }

    private static Result changed(Items items, List<Symbol> values) {
        return values.size() > SymbolOperators.LONGEST_ITEMS
                ? Result.value(null)
                : Result.change(Containers.items(items.kind(), values));
    }

    private static Result removed(Items items, @Nullable Symbol value, boolean mayBeAbsent) {
        List<Symbol> values = new ArrayList<>(items.values());
        for (int i = 0; value != null && i < values.size(); i++) {
            Boolean same = SymbolOperators.equal(values.get(i), value);
            if (same == null) {
                return Result.value(null);
            }
            if (same) {
                values.remove(i);
                return changed(items, values);
            }
        }
        return mayBeAbsent ? Result.value(Symbol.None.NONE) : Result.value(null);
    }

    static Result call(Dict dict, String method, Arguments arguments) {
        Symbol key = arguments.at(0);
        List<Entry> entries = dict.entries();
        return switch (method) {
            case "keys" -> Result.value(list(entries.stream().map(Entry::key).toList()));
            case "values" -> Result.value(list(entries.stream().map(Entry::value).toList()));
            case "items" -> Result.value(list(entries.stream()
                    .<Symbol>map(it -> new Items(Items.Kind.TUPLE, List.of(it.key(), it.value())))
                    .toList()));
            case "copy" -> Result.value(new Dict(entries));
            case "get" -> Result.value(key == null ? null : found(dict, key, arguments));
            case "update" -> {
                List<Entry> more = new ArrayList<>();
                boolean known = key == null || key instanceof Dict;
                if (key instanceof Dict other) {
                    more.addAll(other.entries());
                }
                arguments.named().forEach((name, value) -> more.add(new Entry(new Symbol.Text(name), value)));
                Dict changed = known && arguments.complete() ? Containers.with(dict, more) : null;
                yield changed == null ? Result.value(null) : Result.change(changed);
            }
            case "pop" -> {
                Symbol value = key == null ? null : found(dict, key, arguments);
                boolean has = key != null && Containers.indexOf(entries, key) >= 0;
                yield new Result(has && key != null ? Containers.without(dict, key) : null, value);
            }
            case "clear" -> Result.change(new Dict(List.of()));
            default -> Result.value(null);
        };
    }

    private static Symbol list(List<Symbol> values) {
        return new Items(Items.Kind.LIST, values);
    }

    private static @Nullable Symbol found(Dict dict, Symbol key, Arguments arguments) {
        int at = Containers.indexOf(dict.entries(), key);
        if (at >= 0) {
            return dict.entries().get(at).value();
        }
        Symbol otherwise = arguments.at(1);
        return at == -2 ? (otherwise == null ? Symbol.None.NONE : otherwise) : null;
    }
}
