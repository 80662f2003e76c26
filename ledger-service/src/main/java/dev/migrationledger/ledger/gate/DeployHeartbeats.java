package dev.migrationledger.ledger.gate;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When the run that holds up other deploys was heard last, in {@code ledger.deploy_heartbeat}. Nothing that has to be kept for good. */
final class DeployHeartbeats {

    private final JdbcClient database;

    DeployHeartbeats(JdbcClient database) {
        this.database = database;
    }

    /** A run of this deploy was heard. */
    record Heard(UUID deploy, Instant at) {}

    /** The last one of an environment; empty: none ever. */
    Optional<Heard> last(String project, String environment) {
        return database.sql("select deploy, at from ledger.deploy_heartbeat where project = ? and environment = ?")
                .params(project, environment)
                .query((row, _) -> new Heard(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()))
                .optional();
    }

    void record(String project, String environment, UUID deploy, Instant now) {
        database.sql("""
                insert into ledger.deploy_heartbeat (project, environment, deploy, at) values (?, ?, ?, ?)
                on conflict (project, environment) do update set deploy = excluded.deploy, at = excluded.at
                """)
                .params(project, environment, deploy, Timestamp.from(now)).update();
    }
}
