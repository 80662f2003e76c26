package dev.migrationledger.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void memory_that_runs_out_within_a_transaction_leaves_none_open() throws Exception {
        try (SpoolDatabase tables = SpoolDatabase.open(folder.resolve("spool.db"))) {
            tables.create();
            assertThatThrownBy(() -> tables.inTransaction(it -> {
                it.update("INSERT INTO memory VALUES ('a', x'00')");
                throw new OutOfMemoryError("Java heap space");
            })).isInstanceOf(OutOfMemoryError.class);

            tables.inTransaction(it -> it.update("INSERT INTO memory VALUES ('b', x'00')"));

            assertThat(tables.query(row -> row.getString(1), "SELECT name FROM memory")).containsExactly("b");
        }
    }
}
