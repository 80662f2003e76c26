package dev.migrationledger.agent.database.postgresql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.postgresql.TestServers;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaReaderTest {

    @ParameterizedTest
    @FieldSource("dev.migrationledger.agent.database.postgresql.TestServers#VERSIONS")
    void everything_reads_the_same_on_every_version(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        server.run(database, Snapshots.resource("everything.sql"));

        SchemaSnapshot snapshot = Snapshots.of(server, database);

        update(snapshot);
        assertThat(Snapshots.listed(snapshot)).isEqualTo(Snapshots.resource("everything.txt"));
    }

    private static void update(SchemaSnapshot snapshot) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(Path.of("src/test/resources/schema/everything.txt"), Snapshots.listed(snapshot));
        }
    }
}
