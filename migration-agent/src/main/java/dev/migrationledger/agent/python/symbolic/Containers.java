package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Dict;
import dev.migrationledger.agent.python.symbolic.Symbol.Entry;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tuples, lists, sets, dicts and texts hold. Absent results are not to be known. */
final class Containers {

    private Containers() {}

    /** Of a set, equal texts are one. */
    static Items items(Items.Kind kind, List<Symbol> values) {
        boolean scalars = values.stream().allMatch(it -> it instanceof Symbol.Text || it instanceof Symbol.Numeral);
        return kind == Items.Kind.SET && scalars
                ? new Items(kind, List.copyOf(new LinkedHashSet<>(values)))
                : new Items(kind, values);
    }

    /** What a loop over it goes through. */
    static @Nullable List<Symbol> elements(Symbol symbol) {
        return switch (symbol) {
            case Items items -> items.values();
            case Dict dict -> dict.entries().stream().map(Entry::key).toList();
            case Symbol.Text text when text.text().length() <= SymbolOperators.LONGEST_ITEMS ->
                text.text().codePoints().<Symbol>mapToObj(c -> new Symbol.Text(Character.toString(c))).toList();
            case Symbol.Answered(Answer.Row(Symbol value)) -> List.of(value);
            case Symbol.Answered(Answer.Single single) -> List.of(single.row());
            default -> Instances.elements(symbol);
        };
    }

    /** What a key leads to. */
    static @Nullable Symbol at(Symbol container, Symbol key) {
        if (container instanceof Dict dict) {
            int at = indexOf(dict.entries(), key);
            return at < 0 ? null : dict.entries().get(at).value();
        }
        List<Symbol> elements = isSet(container) ? null : elements(container);
        int at = elements == null ? -1 : position(elements.size(), key);
        return elements == null || at < 0 ? null : elements.get(at);
    }

    private static boolean isSet(Symbol container) {
        return container instanceof Items items && items.kind() == Items.Kind.SET;
    }

    /** A position counted from the start; -1 where it is none. */
    private static int position(int size, Symbol key) {
        if (!(key instanceof Symbol.Numeral numeral) || numeral.whole() == null) {
            return -1;
        }
        long at = numeral.whole() < 0 ? numeral.whole() + size : numeral.whole();
        return at < 0 || at >= size ? -1 : (int) at;
    }

    /** Where a dict has a key; -1: not known to have it, -2: known not to have it. */
    static int indexOf(List<Entry> entries, Symbol key) {
        boolean known = true;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Boolean same = SymbolOperators.equal(entries.get(i).key(), key);
            if (Boolean.TRUE.equals(same)) {
                return i;
            }
            known &= same != null;
        }
        return known ? -2 : -1;
    }

    /** A container in which a key leads to something else. */
    static @Nullable Symbol put(Symbol container, Symbol key, Symbol value) {
        if (container instanceof Dict dict) {
            return with(dict, List.of(new Entry(key, value)));
        }
        if (container instanceof Items items && items.kind() == Items.Kind.LIST) {
            int at = position(items.values().size(), key);
            if (at >= 0) {
                List<Symbol> values = new ArrayList<>(items.values());
                values.set(at, value);
                return new Items(items.kind(), values);
            }
        }
        return null;
    }

    /** A container without a key. */
    static @Nullable Symbol without(Symbol container, Symbol key) {
        if (container instanceof Dict dict) {
            int at = indexOf(dict.entries(), key);
            List<Entry> entries = new ArrayList<>(dict.entries());
            if (at >= 0) {
                entries.remove(at);
                return new Dict(entries);
            }
            return null;
        }
        if (container instanceof Items items && items.kind() == Items.Kind.LIST) {
            int at = position(items.values().size(), key);
            List<Symbol> values = new ArrayList<>(items.values());
            if (at >= 0) {
                values.remove(at);
                return new Items(items.kind(), values);
            }
        }
        return null;
    }

    /** A dict with further entries, which win. */
    static @Nullable Dict with(Dict dict, List<Entry> more) {
        List<Entry> entries = new ArrayList<>(dict.entries());
        for (Entry entry : more) {
            int at = indexOf(entries, entry.key());
            if (at == -1) {
                return null;
            }
            if (at < 0) {
                entries.add(entry);
            } else {
                entries.set(at, new Entry(entries.get(at).key(), entry.value()));
            }
        }
        return new Dict(entries);
    }

    /** {@code container[lower:upper:step]}, each absent where it is not written. */
    static @Nullable Symbol slice(
            Symbol container, @Nullable Long lower, @Nullable Long upper, @Nullable Long step) {
        List<Symbol> elements = container instanceof Dict || isSet(container) ? null : elements(container);
        long by = step == null ? 1 : step;
        if (elements == null || by == 0) {
            return null;
        }
        int size = elements.size();
        List<Symbol> chosen = new ArrayList<>();
        if (by > 0) {
            long to = upper == null ? size : bounded(upper, size, 0);
            for (long i = lower == null ? 0 : bounded(lower, size, 0); i < to; i += by) {
                chosen.add(elements.get((int) i));
            }
        } else {
            long to = upper == null ? -1 : bounded(upper, size - 1, -1);
            for (long i = lower == null ? size - 1 : bounded(lower, size - 1, -1); i > to; i += by) {
                chosen.add(elements.get((int) i));
            }
        }
        if (container instanceof Items items) {
            return new Items(items.kind(), chosen);
        }
        StringBuilder text = new StringBuilder();
        chosen.forEach(c -> text.append(((Symbol.Text) c).text()));
        return new Symbol.Text(text.toString());
    }

    private static long bounded(long index, int highest, int lowest) {
        int size = lowest < 0 ? highest + 1 : highest;
        return Math.clamp(index < 0 ? index + size : index, lowest, highest);
    }
}
