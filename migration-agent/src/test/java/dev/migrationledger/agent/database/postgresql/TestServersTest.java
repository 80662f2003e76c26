package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TestServersTest {

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void each_server_is_of_the_version_that_was_asked_for(int version) throws Exception {
        TestServers server = TestServers.version(version);
        try (Connection connection = server.owner(server.newDatabase());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).startsWith(version + ".");
        }
    }
}
