package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import dev.migrationledger.contracts.unread.ValueReason.Undefined;
import dev.migrationledger.contracts.unread.ValueReason.UndefinedName;
import dev.migrationledger.contracts.unread.ValueReason.UnknownElsewhere;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module's imports lead to, looked for when it matters and once. */
final class Imports {

    /** What is part of Python and known by its names: no project holds files of it. */
    private static final List<String> LIBRARIES = List.of("builtins.", "typing.", "datetime.");

    /** Of what is said about another file, until it is known who asks. */
    static final SourceRange NOWHERE = new SourceRange(Source.of("", new byte[0]), 0, 0, 1);

    private final EvaluatedModule module;
    private final Map<String, Symbol> found = new HashMap<>();
    private final List<String> wildcards = new ArrayList<>();
    private @Nullable Integer wildcardLine;

    Imports(EvaluatedModule module) {
        this.module = module;
    }

    /** What a file imports by a full name. */
    static Symbol.Reference reference(String dotted, EvaluatedModule importer) {
        return isLibrary(dotted) || importer.assumptions().isLibrary(dotted)
                ? new Symbol.Reference(dotted)
                : new Symbol.Reference(dotted, importer);
    }

    private static boolean isLibrary(String dotted) {
        return LIBRARIES.stream().anyMatch((dotted + ".")::startsWith);
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
    static Symbol followed(Symbol.Reference reference) {
        if (reference.importer() == null) {
            return reference;
        }
        Symbol symbol = resolved(reference);
        return symbol instanceof Symbol.Unknown ? reference : symbol;
    }

    /**
     * The same for an attribute of what another file binds, such as {@code app.models.Base.metadata}.
     *
     * @return absent where it is nothing of the project
     */
    static @Nullable Symbol target(Symbol.Reference reference) {
        if (!(resolved(reference) instanceof Symbol.Unknown)) {
            return resolved(reference);
        }
        int dot = reference.dotted().lastIndexOf('.');
        if (dot <= 0 || reference.dotted().charAt(dot - 1) == '.') {
            return null;
        }
        Symbol of = target(new Symbol.Reference(reference.dotted().substring(0, dot), reference.importer()));
        String name = reference.dotted().substring(dot + 1);
        Symbol member = of instanceof Symbol.Type type ? type.members().all().get(name) : null;
        return of == null || of instanceof Symbol.Reference
                ? null
                : member == null ? new Symbol.Member(of, name) : member;
    }

    /** What another file of the project binds, or why that cannot be known. */
    static Symbol resolved(Symbol.Reference reference) {
        String dotted = reference.dotted();
        return reference.importer() == null
                ? new Symbol.Unknown(
                        dotted,
                        new ImportedFromOutside(dotted.substring(0, Math.max(0, dotted.lastIndexOf('.')))),
                        NOWHERE)
                : reference.importer().imported().looked(reference);
    }

    private Symbol looked(Symbol.Reference reference) {
        String dotted = reference.dotted();
        Symbol known = found.get(dotted);
        if (known == null) {
            // Whoever leads back here while it is looked for, gets no further.
            found.put(dotted, unknown(reference, new UnknownValue(Value.CIRCULAR_IMPORT)));
            known = lookedFor(reference);
            found.put(dotted, known);
        }
        return known;
    }

    private Symbol lookedFor(Symbol.Reference reference) {
        String dotted = reference.dotted();
        int level = 0;
        while (level < dotted.length() && dotted.charAt(level) == '.') {
            level++;
        }
        int dot = dotted.lastIndexOf('.');
        if (dot < 0) {
            return unknown(reference, new UnknownValue(Value.MODULE));
        }
        String name = dotted.substring(dot + 1);
        String from = dot < level ? "" : dotted.substring(level, dot);
        return switch (module.imports().module(level, from)) {
            case ImportedNames.Found.Absent absent -> unknown(reference, absent.reason());
            case ImportedNames.Found.Module(EvaluatedModule other) -> {
                Binding bound = other.frame().scope.find(name);
                String shown = dotted.substring(0, Math.max(dot, level));
                yield bound == null
                        ? unknown(reference, new Undefined(name, shown))
                        : elsewhere(bound.symbol(), reference, shown);
            }
        };
    }

    /** What another file imports in its turn is followed there. */
    private static Symbol elsewhere(Symbol symbol, Symbol.Reference reference, String shown) {
        if (symbol instanceof Symbol.Unknown unknown) {
            return unknown(reference, new UnknownElsewhere(shown, unknown.reason()));
        }
        if (!(symbol instanceof Symbol.Reference further)) {
            return symbol;
        }
        return switch (resolved(further)) {
            case Symbol.Unknown unknown -> further.dotted().startsWith(".")
                    ? unknown(reference, new UnknownElsewhere(shown, unknown.reason()))
                    : further;
            case Symbol found -> found;
        };
    }

    private static Symbol.Unknown unknown(Symbol.Reference reference, UnreadReason reason) {
        return new Symbol.Unknown(reference.dotted(), reason, NOWHERE);
    }

    /** What a file binds of which everything is imported; absent where that is not known. */
    @Nullable
    Symbol spread(String name) {
        for (String from : wildcards.reversed()) {
            Symbol symbol = resolved(within(from, name));
            if (!(symbol instanceof Symbol.Unknown)) {
                return symbol;
            }
        }
        return null;
    }

    private Symbol.Reference within(String from, String name) {
        return reference(from.endsWith(".") ? from + name : from + "." + name, module);
    }

    /** What a name stands for that the file does not bind. */
    Symbol unbound(String name, SourceRange place) {
        if (name.equals("TYPE_CHECKING")) {
            return new Symbol.Truth(false);
        }
        if (Builtins.NAMES.contains(name)) {
            return new Symbol.Reference("builtins." + name);
        }
        switch (name) {
            case "__file__" -> {
                return new Symbol.Text(FilePaths.normal(place.source().file()));
            }
            case "__name__" -> {
                return new Symbol.Text(FilePaths.name(place.source().file()).replaceAll("\\W", "_"));
            }
            default -> {
                // A name of its own.
            }
        }
        String library = null;
        for (String from : wildcards) {
            Symbol symbol = followed(within(from, name));
            if (!(symbol instanceof Symbol.Reference)) {
                return symbol;
            }
            boolean installed = !from.startsWith(".");
            library = installed ? from : library;
        }
        long installed = wildcards.stream().filter(from -> !from.startsWith(".")).count();
        if (library != null && installed == 1) {
            return within(library, name);
        }
        return new Symbol.Unknown(place.excerpt(), new UndefinedName(name), place);
    }
}
