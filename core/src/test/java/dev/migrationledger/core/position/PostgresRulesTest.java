package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.Source;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresRulesTest {

    private static final ObjectName ROUTES = ObjectName.table(null, "routes");
    private static final ObjectName STOPS = ObjectName.table(null, "stops");

    @Test
    void each_table_that_a_table_names_gets_the_schema() {
        Table table = Table.UNKNOWN.withSource(new Source(ROUTES, List.of("DEFAULTS"), null))
                .withInherits(List.of(STOPS, ObjectName.table("archive", "stops"))).withPartitionOf(ROUTES);

        assertThat(PostgresRules.qualified(table, "app")).isEqualTo(Table.UNKNOWN
                .withSource(new Source(ObjectName.table("app", "routes"), List.of("DEFAULTS"), null))
                .withInherits(List.of(ObjectName.table("app", "stops"), ObjectName.table("archive", "stops")))
                .withPartitionOf(ObjectName.table("app", "routes")));
    }

    @Test
    void each_object_that_belongs_to_a_renamed_table_follows_it() {
        ObjectName from = ObjectName.table("app", "routes");
        ObjectName to = ObjectName.table("app", "ways");

        assertThat(PostgresRules.afterRenaming(Index.of(from, List.of("id"), true), from, to))
                .isEqualTo(Index.of(to, List.of("id"), true));
        assertThat(PostgresRules.afterRenaming(Sequence.ownedBy(from.column("id")), from, to))
                .isEqualTo(Sequence.ownedBy(to.column("id")));
        assertThat(
                PostgresRules.afterRenaming(Table.UNKNOWN.withInherits(List.of(from)).withPartitionOf(from), from, to))
                .isEqualTo(Table.UNKNOWN.withInherits(List.of(to)).withPartitionOf(to));
    }

    @Test
    void a_renamed_column_has_its_new_name_in_indexes_and_keys_of_its_table() {
        ObjectName from = ObjectName.table("app", "routes").column("id");
        ObjectName to = ObjectName.table("app", "routes").column("number");

        assertThat(PostgresRules.afterRenaming(Index.of(ROUTES, List.of("id", "name"), false), from, to))
                .isEqualTo(Index.of(ROUTES, List.of("number", "name"), false));
        assertThat(PostgresRules.afterRenaming(Constraint.foreignKey(List.of("id"), STOPS), from, to))
                .isEqualTo(Constraint.foreignKey(List.of("number"), STOPS));
        Definition column = Definition.unknown(from.kind());
        assertThat(PostgresRules.afterRenaming(column, from, to)).isEqualTo(column);
    }
}
