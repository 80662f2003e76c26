package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which tables a {@code MetaData} has that the script itself makes. */
final class Tables {

    /** Tables and metadata in the order in which they are made. */
    private final List<Made> made = new ArrayList<>();

    private boolean reflected;

    /** @param module what the script binds outside of its functions */
    Tables(Collection<Symbol> module) {
        module.forEach(this::add);
    }

    /** Something is made while the script runs. */
    void add(Symbol symbol) {
        if (symbol instanceof Made one && List.of("Table", "MetaData").contains(Symbols.last(one))
                && Symbols.ofSqlalchemy(one)) {
            made.add(one);
        }
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
    List<Symbol> of(Symbol metadata, @Nullable Symbol listed) throws NotKnown {
        Stream<Symbol> tables = Stream.of();
        if (listed instanceof Symbol.Items items) {
            tables = items.values().stream();
        } else if (listed == null && metadata instanceof Made whole && made.contains(whole) && !reflected) {
            tables = made.stream().filter(table -> isOf(table, whole)).map(Symbol.class::cast);
        }
        List<Symbol> all = tables.distinct().toList();
        if (all.isEmpty() || !all.stream().allMatch(Constructs::isTable)) {
            throw new NotKnown("which tables there are is defined elsewhere");
        }
        return all;
    }

    private static boolean isOf(Made table, Made metadata) {
        return Symbols.last(table).equals("Table")
                && metadata.equals(new Arguments(table, "name", "metadata").find("metadata"));
    }
}
