package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table that a class declares by SQLAlchemy's declarative mapping. */
final class DeclaredTable {

    private DeclaredTable() {}

    /** Whether a class has a table of its own. */
    static boolean is(Symbol symbol) {
        return is(symbol, new IdentityHashMap<>());
    }

    /** @param known what is known of classes already: many may be derived from one another */
    private static boolean is(Symbol symbol, IdentityHashMap<Symbol.Members, Optional<Symbol>> known) {
        return symbol instanceof Symbol.Type type && type.members().all().get("__tablename__") != null
                && metadata(type, known) != null;
    }

    /** Those of a module's symbols that are such classes. */
    static List<Symbol.Type> among(Collection<Symbol> symbols,
            IdentityHashMap<Symbol.Members, Optional<Symbol>> known) {
        List<Symbol.Type> among = new ArrayList<>();
        for (Symbol symbol : symbols) {
            if (symbol instanceof Symbol.Type type && is(type, known)) {
                among.add(type);
            }
        }
        return among;
    }

    /**
     * As if it had been written with {@code Table}.
     *
     * @throws UnknownEffect if not all of the table is known
     */
    static Made of(Symbol.Type type) throws UnknownEffect {
        Map<String, Symbol> members = type.members().all();
        if (type.members().bases().stream().anyMatch(DeclaredTable::is)) {
            throw new UnknownEffect(new UnknownOperation(Part.CLASS_SHARES_TABLE));
        }
        List<Symbol> parts = new ArrayList<>();
        String name = Symbols.text(members.get("__tablename__"));
        if (name == null) {
            throw new UnknownEffect(new UnknownOperation(Part.CLASS_TABLE_NAME));
        }
        parts.add(new Symbol.Text(name));
        parts.add(own(metadata(type, new IdentityHashMap<>()), type.definition().place()));
        for (Map.Entry<String, Symbol> member : members.entrySet()) {
            if (member.getValue() instanceof Symbol.Local local && local.function().decorators().stream()
                    .map(Expression::place).anyMatch(place -> place.excerpt().contains("declared_attr"))) {
                throw new UnknownEffect(new UnknownOperation(Part.CLASS_FUNCTION));
            }
            if (member.getValue() instanceof Made made && Column.is(made)) {
                parts.add(column(member.getKey(), made, type.members().annotated().contains(member.getKey())));
            }
        }
        if (type.members().annotated().stream().anyMatch(one -> !members.containsKey(one))) {
            throw new UnknownEffect(new UnknownOperation(Part.CLASS_ANNOTATION));
        }
        Map<String, Symbol> named = new HashMap<>();
        addArguments(members.get("__table_args__"), parts, named);
        SourceRange place = type.definition().place();
        return new Made(new Reference("sqlalchemy.Table"), parts, named, true, place);
    }

    /**
     * What the tables of a class and its like are collected in; absent: it is none of them.
     *
     * @param known what is known of classes already
     */
    static @Nullable Symbol metadata(Symbol.Type type, IdentityHashMap<Symbol.Members, Optional<Symbol>> known) {
        Optional<Symbol> before = known.get(type.members());
        if (before == null) {
            // A class that is derived from itself gets no further.
            known.put(type.members(), Optional.empty());
            before = Optional.ofNullable(found(type, known));
            known.put(type.members(), before);
        }
        return before.orElse(null);
    }

    private static @Nullable Symbol found(Symbol.Type type, IdentityHashMap<Symbol.Members, Optional<Symbol>> known) {
        Symbol own = type.members().all().get("metadata");
        for (Symbol base : type.members().bases()) {
            Symbol of = base instanceof Symbol.Type below
                    ? metadata(below, known)
                    : isBase(base) ? new Member(base instanceof Made ? base : type, "metadata") : null;
            if (of != null) {
                return own == null ? metadata(of) : own;
            }
        }
        return null;
    }

    /** The one that a base class was given. */
    static Symbol metadata(Symbol metadata) {
        Symbol given = metadata instanceof Member(Made base, String name) && name.equals("metadata")
                ? new NamedArguments(base).find("metadata")
                : null;
        return given == null ? metadata : given;
    }

    private static boolean isBase(Symbol base) {
        return Symbols.ofSqlalchemy(base) && Set.of("declarative_base", "DeclarativeBase").contains(Symbols.last(base));
    }

    /** A base class that is given none has one without a naming convention. */
    private static Symbol own(@Nullable Symbol metadata, SourceRange place) {
        return metadata instanceof Made
                ? metadata
                : new Made(new Reference("sqlalchemy.MetaData"), List.of(), Map.of(), true, place);
    }

    private static Made column(String attribute, Made made, boolean annotated) {
        List<Symbol> positional = new ArrayList<>(made.positional());
        boolean isNamed = made.named().containsKey("name")
                || (!positional.isEmpty() && positional.getFirst() instanceof Symbol.Text);
        if (!isNamed) {
            positional.addFirst(new Symbol.Text(attribute));
        }
        Map<String, Symbol> named = new HashMap<>(made.named());
        if (annotated) {
            // What the annotation says of it is not read.
            named.putIfAbsent("nullable",
                    new Symbol.Unknown(attribute, new UnknownValue(Value.COMPUTED), made.place()));
        }
        return new Made(new Reference("sqlalchemy.Column"), positional, named, made.complete(), made.place());
    }

    private static void addArguments(@Nullable Symbol arguments, List<Symbol> parts, Map<String, Symbol> named)
            throws UnknownEffect {
        switch (arguments) {
            case null -> {
                // It has none.
            }
            case Symbol.Dict dict -> addNamed(dict, named);
            case Symbol.Items items -> {
                for (Symbol item : items.values()) {
                    if (item instanceof Symbol.Dict dict) {
                        addNamed(dict, named);
                    } else {
                        parts.add(item);
                    }
                }
            }
            default -> throw new UnknownEffect(new UnknownOperation(Part.CLASS_DECLARATION));
        }
    }

    private static void addNamed(Symbol.Dict dict, Map<String, Symbol> named) throws UnknownEffect {
        for (Symbol.Entry entry : dict.entries()) {
            String key = Symbols.text(entry.key());
            if (key == null) {
                throw new UnknownEffect(new UnknownOperation(Part.CLASS_DECLARATION));
            }
            named.put(key, entry.value());
        }
    }
}
