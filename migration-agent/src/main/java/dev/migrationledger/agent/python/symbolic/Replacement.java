package dev.migrationledger.agent.python.symbolic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts what a container became where that very container was held. */
@SuppressWarnings("ReferenceEquality") // that very container, not one like it
final class Replacement {

    /** Containers within containers further down are not looked through. */
    private static final int DEEPEST = 3;

    private Replacement() {}

    /** Whether this is it, or may have it in it. */
    static boolean mayHold(Symbol symbol, Symbol before) {
        return symbol == before || symbol instanceof Symbol.Items || symbol instanceof Symbol.Dict
                || symbol instanceof Symbol.Made;
    }

    /** The holder itself if it does not hold it. */
    static Symbol of(Symbol holder, Symbol before, Symbol after) {
        return of(holder, before, after, 0);
    }

    private static Symbol of(Symbol holder, Symbol before, Symbol after, int depth) {
        if (holder == before) {
            return after;
        }
        if (depth == DEEPEST) {
            return holder;
        }
        if (holder instanceof Symbol.Items items) {
            List<Symbol> values = all(items.values(), before, after, depth);
            return values == items.values() ? holder : new Symbol.Items(items.kind(), values);
        }
        if (holder instanceof Symbol.Dict dict) {
            List<Symbol> held = dict.entries().stream().map(Symbol.Entry::value).toList();
            List<Symbol> values = all(held, before, after, depth);
            if (values == held) {
                return holder;
            }
            List<Symbol.Entry> entries = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                entries.add(new Symbol.Entry(dict.entries().get(i).key(), values.get(i)));
            }
            return new Symbol.Dict(entries);
        }
        if (holder instanceof Symbol.Made made && !made.fields().isEmpty()) {
            Map<String, Symbol> fields = new HashMap<>(made.fields());
            boolean changed = false;
            for (Map.Entry<String, Symbol> field : fields.entrySet()) {
                Symbol value = of(field.getValue(), before, after, depth + 1);
                changed |= value != field.getValue();
                field.setValue(value);
            }
            return changed ? made.with(fields) : holder;
        }
        return holder;
    }

    private static List<Symbol> all(List<Symbol> values, Symbol before, Symbol after, int depth) {
        List<Symbol> changed = null;
        for (int i = 0; i < values.size(); i++) {
            Symbol value = of(values.get(i), before, after, depth + 1);
            if (value != values.get(i)) {
                changed = changed == null ? new ArrayList<>(values) : changed;
                changed.set(i, value);
            }
        }
        return changed == null ? values : changed;
    }
}
