package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresNotificationListenerTest {

    /** Longer than anything takes; nothing here waits for it to be over. */
    private static final Duration LONG = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void it_rings_when_a_change_was_captured_also_after_its_connection_broke(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version);
                PostgresNotificationListener listener = PostgresNotificationListener.on(database::another)) {
            database.install();
            // Once for all that may have come before it listened.
            assertThat(listener.await(LONG)).isTrue();
            database.run("INSERT INTO alembic_version VALUES ('a')");
            assertThat(listener.await(LONG)).isTrue();

            database.server().run(database.name(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()");
            assertThat(listener.await(LONG)).isTrue();
            database.run("UPDATE alembic_version SET version_num = 'b'");
            assertThat(listener.await(LONG)).isTrue();
            assertThat(database.number(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state <> 'idle' AND datname = current_database()"))
                    .isZero();
        }
    }

    @Test
    void it_is_silent_where_it_cannot_listen() throws Exception {
        try (PostgresNotificationListener listener = PostgresNotificationListener.on(() -> {
            throw new SQLException("no server");
        })) {
            assertThat(listener.await(Duration.ofMillis(50))).isFalse();
        }
    }
}
