package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.audit.facts.GapClause;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Labels, runs and blind times: {@code ledger.audit_environment}, {@code audit_run}, {@code audit_gap} and {@code audit_watch}. */
final class ContextTables {

    private static final String OF_RUN = " where project = ? and environment = ? and run = ?";

    private final JdbcClient database;

    ContextTables(JdbcClient database) {
        this.database = database;
    }

    /**
     * Labels of an environment.
     *
     * @param by the agent that gave them; absent: none did
     */
    record Labelled(Map<String, String> labels, @Nullable String by) {
        static final Labelled NOTHING = new Labelled(Map.of(), null);

        Labelled {
            labels = Map.copyOf(labels);
        }
    }

    Labelled labels(StreamId.Environment of) {
        return database.sql("select labels, labelled_by from ledger.audit_environment"
                + " where project = ? and environment = ?").params(of.project(), of.environment())
                .query((row, _) -> new Labelled(read(row.getString(1)), row.getString(2)))
                .optional().orElse(Labelled.NOTHING);
    }

    void labels(StreamId.Environment of, Labelled labels) {
        database.sql("""
                insert into ledger.audit_environment (project, environment, labels, labelled_by)
                values (:project, :environment, :labels, :by)
                on conflict (project, environment)
                do update set labels = excluded.labels, labelled_by = excluded.labelled_by
                """)
                .param("project", of.project()).param("environment", of.environment())
                .param("labels", write(labels.labels())).param("by", labels.by()).update();
    }

    /** Lines of key, tab and value; neither can contain them. */
    private static String write(Map<String, String> labels) {
        return new TreeMap<>(labels).entrySet().stream()
                .map(label -> plain(label.getKey()) + "\t" + plain(label.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String plain(String text) {
        return text.replace('\t', ' ').replace('\n', ' ');
    }

    private static Map<String, String> read(String lines) {
        Map<String, String> labels = new LinkedHashMap<>();
        Arrays.stream(lines.split("\n", -1)).filter(line -> !line.isEmpty())
                .forEach(line -> labels.put(line.substring(0, line.indexOf('\t')),
                        line.substring(line.indexOf('\t') + 1)));
        return labels;
    }

    KnownRun run(String project, String environment, UUID run) {
        return database.sql("select user_name, host, ai, pipeline from ledger.audit_run" + OF_RUN)
                .params(project, environment, run)
                .query((row, _) -> new KnownRun(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4)))
                .optional().orElse(KnownRun.NOTHING);
    }

    /** What a run claims first is what counts. */
    void claim(StreamId.Environment of, UUID run, RunClaim claim) {
        known(of, run);
        database.sql("""
                update ledger.audit_run set user_name = coalesce(user_name, cast(:user as text)),
                    host = coalesce(host, cast(:host as text)), ai = coalesce(ai, cast(:ai as text))
                where project = :project and environment = :environment and run = :run
                """)
                .param("user", claim.user()).param("host", claim.host()).param("ai", claim.ai())
                .param("project", of.project()).param("environment", of.environment()).param("run", run).update();
    }

    void proved(StreamId.Environment of, UUID run, String pipeline) {
        known(of, run);
        database.sql("update ledger.audit_run set pipeline = coalesce(pipeline, ?)" + OF_RUN)
                .params(pipeline, of.project(), of.environment(), run).update();
    }

    private void known(StreamId.Environment of, UUID run) {
        database.sql("insert into ledger.audit_run (project, environment, run) values (?, ?, ?)"
                + " on conflict do nothing").params(of.project(), of.environment(), run).update();
    }

    /** What is known already stays where it is earlier. */
    void watched(WatchTimes times) {
        List<Map.Entry<StreamId.Environment, WatchTimes.Known>> known = List.copyOf(times.known().entrySet());
        if (known.isEmpty()) {
            return;
        }
        database.sql("""
                insert into ledger.audit_watch as watch (project, environment, first_at, watched_from)
                select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                on conflict (project, environment) do update set
                    first_at = least(watch.first_at, excluded.first_at),
                    watched_from = least(watch.watched_from, excluded.watched_from)
                where least(watch.first_at, excluded.first_at) is distinct from watch.first_at
                    or least(watch.watched_from, excluded.watched_from) is distinct from watch.watched_from
                """).params(known.stream().map(one -> one.getKey().project()).toArray(String[]::new),
                known.stream().map(one -> one.getKey().environment()).toArray(String[]::new),
                known.stream().map(one -> text(one.getValue().firstAt())).toArray(String[]::new),
                known.stream().map(one -> text(one.getValue().watchedFrom())).toArray(String[]::new)).update();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    void retired(StreamId.Environment of, Instant at) {
        database.sql("""
                insert into ledger.audit_watch (project, environment, retired_at) values (?, ?, ?)
                on conflict (project, environment) do update set retired_at = excluded.retired_at
                """).params(of.project(), of.environment(), Timestamp.from(at)).update();
    }

    /** The time in which it was retired is over. */
    void revived(long position, StreamId.Environment of, String agent, Instant at) {
        database.sql("""
                insert into ledger.audit_gap (position, project, environment, agent, blind_from, blind_until, reason)
                select ?, project, environment, ?, retired_at, ?, 'the environment was retired' from ledger.audit_watch
                where project = ? and environment = ? and retired_at is not null on conflict do nothing
                """).params(position, agent, Timestamp.from(at), of.project(), of.environment()).update();
        database.sql("update ledger.audit_watch set retired_at = null where project = ? and environment = ?")
                .params(of.project(), of.environment()).update();
    }

    void gap(long position, StreamId.Environment of, String agent, ObservationGap gap) {
        database.sql("""
                insert into ledger.audit_gap (position, project, environment, agent, blind_from, blind_until, reason)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """).params(position, of.project(), of.environment(), agent, Timestamp.from(gap.from()),
                Timestamp.from(gap.until()), Redaction.of(GapClause.of(gap.reason()))).update();
    }
}
