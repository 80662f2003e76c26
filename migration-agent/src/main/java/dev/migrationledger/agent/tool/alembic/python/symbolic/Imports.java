package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module's imports lead to, looked for when it matters and once. */
final class Imports {

    /** Libraries that are known by their names: no project holds files of theirs. */
    private static final List<String> LIBRARIES = List.of("alembic.", "sqlalchemy.", "builtins.", "typing.",
            "datetime.");

    /** Of what is said about another file. */
    static final Place NOWHERE = new Place(0, 0, 1);

    private final Followed module;
    private final Map<String, Symbol> found = new HashMap<>();
    private final List<String> wildcards = new ArrayList<>();
    private @Nullable Integer wildcardLine;

    Imports(Followed module) {
        this.module = module;
    }

    void wildcard(String from, int line) {
        wildcards.add(from);
        wildcardLine = line;
    }

    @Nullable
    Integer wildcardLine() {
        return wildcardLine;
    }

    int lastWildcard() {
        return wildcardLine == null ? 1 : wildcardLine;
    }

    /** What another file of the project binds, or the reference itself. */
    Symbol find(Symbol.Reference reference, Machine into) {
        Symbol symbol = looked(reference, into);
        return symbol instanceof Symbol.Unknown ? reference : symbol;
    }

    private Symbol looked(Symbol.Reference reference, Machine into) {
        String dotted = reference.dotted();
        if (dotted.equals("sqlalchemy") || LIBRARIES.stream().anyMatch(dotted::startsWith)) {
            return unknown(reference, "it is imported from '%s', which is no file of this project"
                    .formatted(dotted.substring(0, Math.max(0, dotted.lastIndexOf('.')))));
        }
        Symbol known = found.get(dotted);
        if (known == null) {
            // Whoever leads back here while it is looked for, gets no further.
            found.put(dotted, unknown(reference, "it is imported in a circle"));
            known = lookedFor(reference, into);
            found.put(dotted, known);
        }
        return known;
    }

    private Symbol lookedFor(Symbol.Reference reference, Machine into) {
        String dotted = reference.dotted();
        int level = 0;
        while (level < dotted.length() && dotted.charAt(level) == '.') {
            level++;
        }
        int dot = dotted.lastIndexOf('.');
        if (dot < 0) {
            return unknown(reference, "it is a module");
        }
        String name = dotted.substring(dot + 1);
        String from = dot < level ? "" : dotted.substring(level, dot);
        return switch (module.imports().module(level, from)) {
            case ImportedNames.Found.Absent absent -> unknown(reference, absent.reason());
            case ImportedNames.Found.Module(Followed other) -> {
                into.adopt(other.machine());
                module.machine().adopt(other.machine());
                Bound bound = other.frame().scope.find(name);
                String shown = dotted.substring(0, Math.max(dot, level));
                if (bound == null) {
                    yield unknown(reference, "'%s' does not bind it".formatted(shown));
                }
                yield elsewhere(other, bound.symbol(), reference, shown);
            }
        };
    }

    /** References mean something in their own file only, so they are followed there. */
    private static Symbol elsewhere(Followed other, Symbol symbol, Symbol.Reference reference, String shown) {
        if (symbol instanceof Symbol.Unknown unknown) {
            return unknown(reference, "in '%s' %s".formatted(shown, unknown.reason()));
        }
        if (symbol instanceof Symbol.Reference further) {
            Symbol resolved = other.resolved(further);
            boolean relative = further.dotted().startsWith(".");
            return !(resolved instanceof Symbol.Unknown unknown)
                    ? resolved
                    : relative ? unknown(reference, "in '%s' %s".formatted(shown, unknown.reason())) : further;
        }
        if (symbol instanceof Symbol.Items items) {
            return new Symbol.Items(
                    items.kind(),
                    items.values().stream().map(value -> elsewhere(other, value, reference, shown)).toList());
        }
        return symbol;
    }

    private static Symbol.Unknown unknown(Symbol.Reference reference, String reason) {
        return new Symbol.Unknown(reference.dotted(), reason, NOWHERE);
    }

    /** What another file of the project binds, or why that cannot be known. */
    Symbol resolved(Symbol.Reference reference) {
        return looked(reference, module.machine());
    }

    /** What a file binds of which everything is imported; absent where that is not known. */
    @Nullable
    Symbol spread(String name) {
        for (String from : wildcards.reversed()) {
            Symbol.Reference reference = new Symbol.Reference(from.endsWith(".") ? from + name : from + "." + name);
            Symbol symbol = resolved(reference);
            if (!(symbol instanceof Symbol.Unknown)) {
                return symbol;
            }
        }
        return null;
    }

    /** What a name stands for that the file does not bind. */
    Symbol unbound(String name, Place place, Machine into) {
        if (name.equals("TYPE_CHECKING")) {
            return new Symbol.Truth(false);
        }
        if (Builtins.NAMES.contains(name)) {
            return new Symbol.Reference("builtins." + name);
        }
        String library = null;
        for (String from : wildcards) {
            Symbol.Reference reference = new Symbol.Reference(from.endsWith(".") ? from + name : from + "." + name);
            Symbol symbol = find(reference, into);
            if (!(symbol instanceof Symbol.Reference)) {
                return symbol;
            }
            boolean installed = !from.startsWith(".");
            library = installed ? from : library;
        }
        long installed = wildcards.stream().filter(from -> !from.startsWith(".")).count();
        if (library != null && installed == 1) {
            return new Symbol.Reference(library + "." + name);
        }
        return into.unknown(place, "'" + name + "' is not bound to a literal above it");
    }
}
