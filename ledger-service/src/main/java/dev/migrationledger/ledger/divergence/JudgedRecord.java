package dev.migrationledger.ledger.divergence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was judged last, in PostgreSQL: {@code ledger.judged}. */
final class JudgedRecord {

    private final JdbcClient database;

    JudgedRecord(JdbcClient database) {
        this.database = database;
    }

    /**
     * What an environment was judged by.
     *
     * @param view digest of its view
     * @param silence mark of who was missed; empty: nobody
     * @param across mark of what was found across environments
     * @param observedAt by the agents' clocks, the observation that was judged
     */
    record Judged(
            @Nullable String view, @Nullable String silence, @Nullable String across, @Nullable Instant observedAt) {

        static final Judged NEVER = new Judged(null, null, null, null);
    }

    /** Projects with an environment of which another view is known than was judged. */
    Set<String> due() {
        return new TreeSet<>(database.sql("""
                select distinct v.project from ledger.environment_view v
                left join ledger.judged j using (project, environment)
                where j.view is distinct from v.digest
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

    /** By environment, the digest of its view as it is now. */
    Map<String, String> views(String project) {
        Map<String, String> views = new HashMap<>();
        database.sql("select environment, digest from ledger.environment_view where project = ?")
                .param(project)
                .query(row -> {
                    views.put(row.getString(1), row.getString(2));
                });
        return views;
    }

    Map<String, Judged> of(String project) {
        Map<String, Judged> judged = new HashMap<>();
        database.sql("select environment, view, silence, across, observed_at from ledger.judged where project = ?")
                .param(project)
                .query(row -> {
                    Timestamp observedAt = row.getTimestamp(5);
                    judged.put(row.getString(1), new Judged(row.getString(2), row.getString(3), row.getString(4),
                            observedAt == null ? null : observedAt.toInstant()));
                });
        return judged;
    }

    void write(String project, String environment, Judged judged) {
        Instant observedAt = judged.observedAt();
        database.sql("""
                insert into ledger.judged (project, environment, view, silence, across, observed_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (project, environment) do update set view = excluded.view, silence = excluded.silence,
                    across = excluded.across, observed_at = excluded.observed_at
                """)
                .param(project)
                .param(environment)
                .param(judged.view())
                .param(judged.silence())
                .param(judged.across())
                .param(observedAt == null ? null : Timestamp.from(observedAt))
                .update();
    }
}
