package dev.migrationledger.agent.python.symbolic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** How large values are that hold one another, so that none fills the memory or the stack of whoever goes through it. */
final class Extents {

    /** Values within values, each time they are reached. */
    private static final int LARGEST = 20_000;

    /** Values within one another. */
    private static final int DEEPEST = 100;

    /** What holds nothing but plain values is not remembered. */
    private static final Extent PLAIN = new Extent(1, 1);

    private record Extent(int size, int depth) {}

    private final IdentityHashMap<Symbol, Extent> known = new IdentityHashMap<>();

    /** Whether a value that was just made of others is small enough. */
    boolean fits(Symbol symbol) {
        List<Symbol> parts = parts(symbol);
        if (parts.isEmpty()) {
            return true;
        }
        long size = 1;
        int depth = 0;
        for (Symbol part : parts) {
            Extent extent = extent(part);
            size += extent.size();
            depth = Math.max(depth, extent.depth());
        }
        if (size > LARGEST || depth >= DEEPEST) {
            return false;
        }
        known.put(symbol, new Extent((int) size, depth + 1));
        return true;
    }

    private Extent extent(Symbol part) {
        Extent extent = known.get(part);
        if (extent != null) {
            return extent;
        }
        if (part instanceof Symbol.Member member) {
            // Made in passing, for what is called on something.
            Extent of = extent(member.of());
            return new Extent(of.size() + 1, of.depth() + 1);
        }
        return PLAIN;
    }

    private static List<Symbol> parts(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Items items -> items.values();
            case Symbol.Dict dict -> {
                List<Symbol> parts = new ArrayList<>();
                for (Symbol.Entry entry : dict.entries()) {
                    parts.add(entry.key());
                    parts.add(entry.value());
                }
                yield parts;
            }
            case Symbol.Made made -> {
                List<Symbol> parts = new ArrayList<>(made.positional());
                parts.addAll(made.named().values());
                parts.addAll(made.fields().values());
                parts.add(made.callee());
                yield parts;
            }
            case Symbol.Member member -> List.of(member.of());
            case Symbol.Answered answered -> List.of();
            case Symbol.None none -> List.of();
            case Symbol.Text text -> List.of();
            case Symbol.Truth truth -> List.of();
            case Symbol.Numeral numeral -> List.of();
            case Symbol.Reference reference -> List.of();
            case Symbol.ProjectPath path -> List.of();
            case Symbol.Local local -> List.of();
            case Symbol.Type type -> List.of();
            case Symbol.Unknown unknown -> List.of();
        };
    }
}
