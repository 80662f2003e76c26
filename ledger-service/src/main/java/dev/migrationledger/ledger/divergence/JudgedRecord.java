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

/** What was judged last, in PostgreSQL: {@code ledger.judged}. */
final class JudgedRecord {

    private final JdbcTemplate rows;
    private final JdbcClient database;

    JudgedRecord(JdbcTemplate rows) {
        this.rows = rows;
        this.database = JdbcClient.create(rows);
    }

    /**
     * What an environment was judged by.
     *
     * @param view digest of its view
     * @param silence mark of who was missed; empty: nobody
     * @param own mark of what was found in it by itself
     * @param across mark of what was found across environments
     * @param told whether that is what is recorded: words that only another environment has changed are not
     * @param observedAt by the agents' clocks, the observation that was judged
     */
    record Judged(
            @Nullable String view, @Nullable String silence, @Nullable String own, @Nullable String across,
            boolean told, @Nullable Instant observedAt) {

        static final Judged NEVER = new Judged(null, null, null, null, true, null);
    }

    /** Projects with an environment of which another view is known than was judged. */
    Set<String> due() {
        return new TreeSet<>(database.sql("""
                select distinct v.project from ledger.environment_view v
                left join ledger.judged j using (project, environment)
                where not v.retired and j.view is distinct from v.digest
                """)
                .query((row, _) -> row.getString(1))
                .list());
    }

    /** By project/environment, who was missed when it was judged, where anybody was. */
    Map<String, String> silences() {
        Map<String, String> silences = new HashMap<>();
        database.sql("select project || '/' || environment, silence from ledger.judged where silence <> ''")
                .query(row -> {
                    silences.put(row.getString(1), row.getString(2));
                });
        return silences;
    }

    /** By environment that is not retired, the digest of its view as it is now. */
    Map<String, String> views(String project) {
        Map<String, String> views = new HashMap<>();
        database.sql("select environment, digest from ledger.environment_view where project = ? and not retired")
                .param(project)
                .query(row -> {
                    views.put(row.getString(1), row.getString(2));
                });
        return views;
    }

    Map<String, Judged> of(String project) {
        Map<String, Judged> judged = new HashMap<>();
        database.sql("select environment, view, silence, own, across, told, observed_at from ledger.judged"
                + " where project = ?")
                .param(project)
                .query(row -> {
                    Timestamp observedAt = row.getTimestamp(7);
                    judged.put(row.getString(1), new Judged(row.getString(2), row.getString(3), row.getString(4),
                            row.getString(5), row.getBoolean(6), observedAt == null ? null : observedAt.toInstant()));
                });
        return judged;
    }

    /** All in one transaction; what is not written is judged once more. */
    void write(String project, Map<String, Judged> judged) {
        rows.batchUpdate(
                """
                        insert into ledger.judged (project, environment, view, silence, own, across, told, observed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (project, environment) do update set view = excluded.view, silence = excluded.silence,
                            own = excluded.own, across = excluded.across, told = excluded.told, observed_at = excluded.observed_at
                        """,
                judged.entrySet().stream().map(one -> new Object[]{project, one.getKey(), one.getValue().view(),
                    one.getValue().silence(), one.getValue().own(), one.getValue().across(), one.getValue().told(),
                    timestamp(one.getValue().observedAt())}).toList());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
