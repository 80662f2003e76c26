package dev.migrationledger.ledger.divergence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was evaluated last, in PostgreSQL: {@code ledger.evaluation_checkpoint}. */
final class EvaluationCheckpoints {

    private final JdbcTemplate rows;
    private final JdbcClient database;

    EvaluationCheckpoints(JdbcTemplate rows) {
        this.rows = rows;
        this.database = JdbcClient.create(rows);
    }

    /**
     * What an environment was evaluated by.
     *
     * @param viewDigest digest of its view
     * @param silenceDigest mark of who was missed; empty: nobody
     * @param environmentDigest mark of what was found in it by itself
     * @param projectDigest mark of what was found across environments
     * @param projectRecorded whether that is what is recorded: words that only another environment has changed are not
     * @param observedAt by the agents' clocks, the observation that was evaluated
     */
    record Checkpoint(
            @Nullable String viewDigest, @Nullable String silenceDigest, @Nullable String environmentDigest,
            @Nullable String projectDigest,
            boolean projectRecorded, @Nullable Instant observedAt) {

        static final Checkpoint NEVER = new Checkpoint(null, null, null, null, true, null);
    }

    /** Projects with an environment of which another view is known than was evaluated. */
    Set<String> due() {
        return new TreeSet<>(database.sql("""
                select distinct v.project from ledger.environment_view v
                left join ledger.evaluation_checkpoint j using (project, environment)
                where not v.retired and j.view_digest is distinct from v.digest
                """)
                .query((row, _) -> row.getString(1))
                .list());
    }

    /** By project/environment, who was missed when it was evaluated, where anybody was. */
    Map<String, String> silenceDigests() {
        Map<String, String> silenceDigests = new HashMap<>();
        database.sql(
                "select project || '/' || environment, silence_digest from ledger.evaluation_checkpoint where silence_digest <> ''")
                .query(row -> {
                    silenceDigests.put(row.getString(1), row.getString(2));
                });
        return silenceDigests;
    }

    /** By environment that is not retired, the digest of its view as it is now. */
    Map<String, String> viewDigests(String project) {
        Map<String, String> viewDigests = new HashMap<>();
        database.sql("select environment, digest from ledger.environment_view where project = ? and not retired")
                .param(project)
                .query(row -> {
                    viewDigests.put(row.getString(1), row.getString(2));
                });
        return viewDigests;
    }

    /** By project, a mark of the views of all its environments that are not retired. */
    Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        database.sql("""
                select project, md5(string_agg(environment || ' ' || digest, ',' order by environment))
                from ledger.environment_view where not retired group by project""")
                .query(row -> {
                    marks.put(row.getString(1), row.getString(2));
                });
        return marks;
    }

    Map<String, Checkpoint> of(String project) {
        Map<String, Checkpoint> checkpoints = new HashMap<>();
        database.sql(
                "select environment, view_digest, silence_digest, environment_digest, project_digest, project_recorded, observed_at"
                        + " from ledger.evaluation_checkpoint where project = ?")
                .param(project)
                .query(row -> {
                    Timestamp observedAt = row.getTimestamp(7);
                    checkpoints.put(row.getString(1),
                            new Checkpoint(row.getString(2), row.getString(3), row.getString(4),
                                    row.getString(5), row.getBoolean(6),
                                    observedAt == null ? null : observedAt.toInstant()));
                });
        return checkpoints;
    }

    /** All in one transaction; what is not written is evaluated once more. */
    void write(String project, Map<String, Checkpoint> checkpoints) {
        rows.batchUpdate(
                """
                        insert into ledger.evaluation_checkpoint (project, environment, view_digest, silence_digest,
                            environment_digest, project_digest, project_recorded, observed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (project, environment) do update set view_digest = excluded.view_digest,
                            silence_digest = excluded.silence_digest, environment_digest = excluded.environment_digest,
                            project_digest = excluded.project_digest, project_recorded = excluded.project_recorded,
                            observed_at = excluded.observed_at
                        """,
                checkpoints.entrySet().stream()
                        .map(one -> new Object[]{project, one.getKey(), one.getValue().viewDigest(),
                            one.getValue().silenceDigest(), one.getValue().environmentDigest(),
                            one.getValue().projectDigest(), one.getValue().projectRecorded(),
                            timestamp(one.getValue().observedAt())})
                        .toList());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
