package dev.migrationledger.ledger.webhook.matter;

import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The matters of webhooks, in {@code ledger.webhook_matter}. */
public final class Matters {

    /** Far longer than something that comes and goes is remembered. */
    private static final Duration KEPT = Duration.ofHours(6);

    private static final String COLUMNS = "newest, reported, reported_at, changes, due_at, first_position";

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    public Matters(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Takes what was reported to one webhook, in order. */
    void take(Webhook webhook, List<MatterReport> reports, Instant now) {
        if (reports.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            Map<String, Matter> before = locked(webhook.webhook(),
                    reports.stream().map(MatterReport::matter).distinct().sorted().toList());
            Map<String, Matter> after = new HashMap<>(before);
            Map<String, Instant> messages = new HashMap<>();
            for (MatterReport report : reports) {
                Instant message = messages.computeIfAbsent(report.project(),
                        project -> nextMessage(webhook.webhook(), project).orElse(now.plus(Matter.WINDOW)));
                Matter.after(after.get(report.matter()), report.seenBy(webhook), webhook.since(), now, message)
                        .ifPresent(matter -> after.put(report.matter(), matter));
            }
            after.forEach((key, matter) -> {
                if (!matter.equals(before.get(key))) {
                    write(webhook.webhook(), matter, now);
                }
            });
        });
    }

    /** Locked, because a message may be made of them at the same time. */
    private Map<String, Matter> locked(UUID webhook, Collection<String> keys) {
        return database.sql("select " + COLUMNS + " from ledger.webhook_matter"
                + " where webhook = :webhook and matter in (:keys) order by matter for update")
                .param("webhook", webhook).param("keys", keys)
                .query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(matter -> matter.newest().matter(), matter -> matter));
    }

    /** When the message is made that waits for more about a project. */
    private Optional<Instant> nextMessage(UUID webhook, String project) {
        return Optional.ofNullable(database.sql("select min(due_at) from ledger.webhook_matter"
                + " where webhook = ? and project = ? and due_at is not null and changes <= 1")
                .params(webhook, project)
                .query((row, _) -> instant(row.getTimestamp(1))).list().getFirst());
    }

    /**
     * Those that are due and that no message which still waits concerns, locked; the oldest first.
     *
     * @param most how many
     */
    public List<Matter> due(UUID webhook, Instant now, int most) {
        return database.sql("select " + COLUMNS + " from ledger.webhook_matter m where webhook = :webhook"
                + " and due_at <= :now and not exists (select from ledger.webhook_delivery d where d.webhook = m.webhook"
                + " and d.state = 'waiting' and d.scopes @> array[m.scope::text])"
                + " order by first_position, matter limit :most for update")
                .param("webhook", webhook).param("now", Timestamp.from(now)).param("most", most)
                .query((row, _) -> read(row)).list();
    }

    /** Notes that a message has them. */
    public void reported(UUID webhook, List<Matter> matters, Instant now) {
        matters.forEach(matter -> write(webhook, matter.reported(now), now));
    }

    private void write(UUID webhook, Matter matter, Instant now) {
        Set<String> reported = matter.reported();
        database.sql(
                """
                        insert into ledger.webhook_matter
                        (webhook, matter, project, scope, newest, reported, reported_at, changes, due_at, first_position, updated_at)
                        values (?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?) on conflict (webhook, matter) do update set
                        newest = excluded.newest, reported = excluded.reported, reported_at = excluded.reported_at,
                        changes = excluded.changes, due_at = excluded.due_at, first_position = excluded.first_position,
                        updated_at = excluded.updated_at""")
                .param(webhook).param(matter.newest().matter()).param(matter.newest().project())
                .param(matter.newest().scope()).param(StoredJson.write(matter.newest()))
                .param(reported == null ? null : reported.toArray(String[]::new))
                .param(timestamp(matter.reportedAt())).param(matter.changes()).param(timestamp(matter.dueAt()))
                .param(matter.firstPosition()).param(Timestamp.from(now))
                .update();
    }

    /** Forgets what is over and was for long. */
    public void forgetOld(UUID webhook, Instant now) {
        database.sql("delete from ledger.webhook_matter"
                + " where webhook = ? and due_at is null and reported is null and updated_at < ?")
                .params(webhook, Timestamp.from(now.minus(KEPT))).update();
    }

    private static Matter read(ResultSet row) throws SQLException {
        Array reported = row.getArray(2);
        return new Matter(StoredJson.read(row.getString(1), MatterReport.class),
                reported == null ? null : Set.of((String[]) reported.getArray()), instant(row.getTimestamp(3)),
                row.getInt(4), instant(row.getTimestamp(5)), row.getLong(6));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
