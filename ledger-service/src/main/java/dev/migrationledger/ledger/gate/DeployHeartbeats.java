package dev.migrationledger.ledger.gate;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When the run of each deploy was heard last, in {@code ledger.deploy_heartbeat}. Nothing that has to be kept for good. */
final class DeployHeartbeats {

    private final JdbcClient database;

    DeployHeartbeats(JdbcClient database) {
        this.database = database;
    }

    /** By deploy of an environment. A run that was taken for killed may be heard again, next to the one that runs now. */
    Map<UUID, Instant> of(String project, String environment) {
        Map<UUID, Instant> heard = new HashMap<>();
        database.sql("select deploy, at from ledger.deploy_heartbeat where project = ? and environment = ?")
                .params(project, environment)
                .query(row -> {
                    heard.put(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant());
                });
        return heard;
    }

    void record(String project, String environment, UUID deploy, Instant now) {
        database.sql("""
                insert into ledger.deploy_heartbeat (project, environment, deploy, at) values (?, ?, ?, ?)
                on conflict (project, environment, deploy) do update set at = excluded.at
                """)
                .params(project, environment, deploy, Timestamp.from(now)).update();
    }

    /** Those of a deploy that ended, and those that are too old to say anything. */
    void forget(String project, String environment, UUID deploy, Instant before) {
        database.sql(
                "delete from ledger.deploy_heartbeat where project = ? and environment = ? and (deploy = ? or at < ?)")
                .params(project, environment, deploy, Timestamp.from(before)).update();
    }
}
