package dev.migrationledger.ledger.divergence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was evaluated last, in PostgreSQL: {@code ledger.evaluation_checkpoint}. */
final class EvaluationCheckpoints {

    private static final String DUE = """
            select v.project, v.environment from ledger.environment_view v
            left join ledger.evaluation_checkpoint j using (project, environment)
            where not v.retired and j.view_digest is distinct from v.digest""";

    private static final String DIGESTS = "select environment, digest from ledger.environment_view where project = ? and not retired";

    private static final String CHECKPOINTS = "select environment, view_digest, silence_digest, environment_digest, project_digest, project_recorded, observed_at"
            + " from ledger.evaluation_checkpoint where project = ?";

    private static final String AMONG = " and environment = any(?)";

    private final UUID process = UUID.randomUUID();
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

    /** By project, the environments whose view has changed since it was evaluated. */
    Map<String, Set<String>> due() {
        return due(database.sql(DUE));
    }

    /** Those of them that are among these, also by project. */
    Map<String, Set<String>> due(Map<String, Set<String>> among) {
        List<String> projects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        among.forEach((project, some) -> some.forEach(name -> {
            projects.add(project);
            names.add(name);
        }));
        return names.isEmpty()
                ? Map.of()
                : due(database.sql(DUE + " and (v.project, v.environment) in"
                        + " (select * from unnest(cast(? as text[]), cast(? as text[])))")
                        .params(projects.toArray(String[]::new), names.toArray(String[]::new)));
    }

    private static Map<String, Set<String>> due(StatementSpec statement) {
        Map<String, Set<String>> due = new HashMap<>();
        statement.query(row -> {
            due.computeIfAbsent(row.getString(1), _ -> new TreeSet<>()).add(row.getString(2));
        });
        return due;
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
        return viewDigests(database.sql(DIGESTS).param(project));
    }

    /** The same of some. */
    Map<String, String> viewDigests(String project, Set<String> among) {
        return viewDigests(database.sql(DIGESTS + AMONG).params(project, among.toArray(String[]::new)));
    }

    private static Map<String, String> viewDigests(StatementSpec statement) {
        Map<String, String> viewDigests = new HashMap<>();
        statement.query(row -> {
            viewDigests.put(row.getString(1), row.getString(2));
        });
        return viewDigests;
    }

    Map<String, Checkpoint> of(String project) {
        return checkpoints(database.sql(CHECKPOINTS).param(project));
    }

    /** Of some environments. */
    Map<String, Checkpoint> of(String project, Set<String> among) {
        return checkpoints(database.sql(CHECKPOINTS + AMONG).params(project, among.toArray(String[]::new)));
    }

    private static Map<String, Checkpoint> checkpoints(StatementSpec statement) {
        Map<String, Checkpoint> checkpoints = new HashMap<>();
        statement.query(row -> {
            Timestamp observedAt = row.getTimestamp(7);
            checkpoints.put(row.getString(1),
                    new Checkpoint(row.getString(2), row.getString(3), row.getString(4),
                            row.getString(5), row.getBoolean(6),
                            observedAt == null ? null : observedAt.toInstant()));
        });
        return checkpoints;
    }

    /**
     * This process evaluates a project now. Only while no other one does.
     *
     * @return whether no other one did so since this one did it last
     */
    boolean begin(String project) {
        boolean isOurs = database.sql("select ledger from ledger.evaluating_ledger where project = ?")
                .param(project).query(UUID.class).optional().filter(process::equals).isPresent();
        if (!isOurs) {
            database.sql("insert into ledger.evaluating_ledger (project, ledger) values (?, ?)"
                    + " on conflict (project) do update set ledger = excluded.ledger")
                    .params(project, process).update();
        }
        return isOurs;
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
