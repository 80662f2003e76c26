package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which tables a {@code MetaData} has that the script itself makes. */
final class DeclaredTables {

    /** Tables and metadata in the order in which they are made. */
    private final List<Made> made = new ArrayList<>();

    /** In what the tables of classes are collected. */
    private final IdentityHashMap<Symbol.Members, Optional<Symbol>> known = new IdentityHashMap<>();

    private final List<Symbol.Type> classes;

    private boolean reflected;

    /** What is appended to a table after it was declared. */
    private final Map<Symbol, List<Symbol>> appended = new HashMap<>();

    /** @param module what the script binds outside of its functions */
    DeclaredTables(Collection<Symbol> module) {
        module.forEach(this::add);
        classes = DeclaredTable.among(module, known);
    }

    /** Something is made while the script runs. */
    void add(Symbol symbol) {
        if (symbol instanceof Made one && List.of("Table", "MetaData").contains(Symbols.last(one))
                && Symbols.ofSqlalchemy(one)) {
            made.add(one);
        }
    }

    void append(Symbol table, Symbol part) {
        appended.computeIfAbsent(table, _ -> new ArrayList<>()).add(part);
    }

    /** A table with what was appended to it so far; anything else as it is. */
    Symbol whole(Symbol table) {
        List<Symbol> parts = appended.getOrDefault(table, List.of());
        return table instanceof Made made && !parts.isEmpty()
                ? new Made(made.callee(), Stream.concat(made.positional().stream(), parts.stream()).toList(),
                        made.named(), made.complete(), made.fields(), made.place())
                : table;
    }

    /** From here on the metadata has tables of the schema besides. */
    void reflect() {
        reflected = true;
    }

    /**
     * The tables that {@code create_all} makes.
     *
     * @param listed what it is given as {@code tables}
     */
    List<Symbol> of(Symbol metadata, @Nullable Symbol listed) throws UnknownEffect {
        List<Symbol> all = new ArrayList<>();
        if (listed instanceof Symbol.Items items) {
            for (Symbol item : items.values()) {
                all.add(declared(item));
            }
        } else if (listed == null && !reflected) {
            all.addAll(collected(DeclaredTable.metadata(metadata)));
        }
        if (all.isEmpty() || !all.stream().allMatch(Constructs::isTable)) {
            throw new UnknownEffect(new UnknownOperation(Part.TABLES_ELSEWHERE));
        }
        return inOrder(all.stream().distinct().toList());
    }

    /** {@code Class.__table__} as if it had been written with {@code Table}; anything else as it is. */
    static Symbol declared(Symbol symbol) throws UnknownEffect {
        return symbol instanceof Symbol.Member(Symbol.Type type, String name) && name.equals("__table__")
                && DeclaredTable.is(type) ? DeclaredTable.of(type) : symbol;
    }

    private List<Symbol> collected(Symbol metadata) throws UnknownEffect {
        List<Symbol> tables = new ArrayList<>();
        if (metadata instanceof Made whole && made.contains(whole)) {
            made.stream().filter(table -> isOf(table, whole)).forEach(tables::add);
        }
        for (Symbol.Type type : classes) {
            if (metadata.equals(DeclaredTable.metadata(type, known))) {
                tables.add(DeclaredTable.of(type));
            }
        }
        return tables;
    }

    /** Those that others point to come first; where they point to each other, in the order in which they are declared. */
    private static List<Symbol> inOrder(List<Symbol> tables) {
        List<Symbol> todo = new ArrayList<>(tables);
        List<Symbol> ordered = new ArrayList<>();
        while (!todo.isEmpty()) {
            Symbol next = todo.stream().filter(table -> todo.stream().noneMatch(other -> !other.equals(table)
                    && pointsTo((Made) table, (Made) other))).findFirst().orElse(todo.getFirst());
            todo.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean pointsTo(Made table, Made other) {
        String name = Symbols.text(new NamedArguments(other, "name").find("name"));
        return table.positional().stream()
                .flatMap(part -> part instanceof Made made ? references(made) : Stream.of())
                .anyMatch(path -> path.startsWith(name + ".") || path.contains("." + name + "."));
    }

    /** Where a column or constraint points to, each as {@code table.column}. */
    private static Stream<String> references(Made part) {
        if (Column.is(part)) {
            return part.positional().stream().filter(Made.class::isInstance).flatMap(item -> references((Made) item));
        }
        return switch (Symbols.last(part)) {
            case "ForeignKey" -> part.positional().stream().limit(1).map(Symbols::path).filter(Objects::nonNull);
            case "ForeignKeyConstraint" -> part.positional().stream().skip(1).limit(1)
                    .filter(Symbol.Items.class::isInstance)
                    .flatMap(items -> ((Symbol.Items) items).values().stream()).map(Symbols::path)
                    .filter(Objects::nonNull);
            default -> Stream.of();
        };
    }

    private static boolean isOf(Made table, Made metadata) {
        return Symbols.last(table).equals("Table")
                && metadata.equals(new NamedArguments(table, "name", "metadata").find("metadata"));
    }
}
