package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns of a table that the script declares, and expressions over them: {@code t.c.a}, {@code t.c["a"]}, {@code t.c.a.desc()}. */
final class OwnedColumns {

    private static final List<String> COLUMNS = List.of("c", "columns");

    private OwnedColumns() {}

    /** The table of the columns in an expression; absent: there are none. */
    static @Nullable Made table(Symbol expression) {
        return switch (expression) {
            case Member(Member(Made table, String c), _) when COLUMNS.contains(c) && Constructs.isTable(table) -> table;
            case Member member -> table(member.of());
            case Made made -> table(Stream.concat(Stream.of(made.callee()), made.positional().stream()));
            case Symbol.Items items -> table(items.values().stream());
            default -> null;
        };
    }

    private static @Nullable Made table(Stream<Symbol> expressions) {
        return expressions.map(OwnedColumns::table).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The name of a column; an expression as it is. */
    static Symbol named(Symbol column) {
        return switch (column) {
            case Made(Member(Member(_, String c), String get), List<Symbol> key, _, _, _, _) when COLUMNS.contains(c)
                    && get.equals("__getitem__") && key.size() == 1 ->
                key.getFirst();
            case Member(Member(_, String c), String name) when COLUMNS.contains(c) -> new Symbol.Text(name);
            case Symbol.Items items -> new Symbol.Items(
                    items.kind(), items.values().stream().map(OwnedColumns::named).toList());
            default -> column;
        };
    }
}
