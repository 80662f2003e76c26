package dev.migrationledger.ledger.webhook.delivery;

import dev.migrationledger.contracts.webhook.WebhookDelivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages and what became of them, in {@code ledger.webhook_delivery}. */
public final class Deliveries {

    /** So long a message can be replayed. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String COLUMNS = "id, state, project, scopes, notices, first_position, last_position,"
            + " created_at, attempts, next_attempt_at, last_answer, ended_at";

    /** An earlier message about the same environment comes first. */
    private static final String IN_TURN = " and not exists (select from ledger.webhook_delivery e"
            + " where e.webhook = d.webhook and e.state = 'waiting' and e.ordinal < d.ordinal and e.scopes && d.scopes)";

    private final JdbcClient database;

    public Deliveries(JdbcClient database) {
        this.database = database;
    }

    /**
     * A message that is sent now.
     *
     * @param attempts that failed
     * @param first when it was sent first; absent: never
     */
    record Waiting(long ordinal, String id, String body, int attempts, @Nullable Instant first) {}

    /**
     * A new message.
     *
     * @param scopes what it is about; messages about the same keep their order
     */
    record NewMessage(
            String id, @Nullable String project, Set<String> scopes, int notices, long firstPosition,
            long lastPosition, String body) {}

    /** @param sendAt not before then */
    void add(UUID webhook, NewMessage message, Instant now, Instant sendAt) {
        database.sql(
                """
                        insert into ledger.webhook_delivery (webhook, id, project, scopes, notices, first_position, last_position,
                        body, created_at, state, next_attempt_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)""")
                .param(webhook).param(message.id()).param(message.project())
                .param(message.scopes().toArray(String[]::new)).param(message.notices())
                .param(message.firstPosition()).param(message.lastPosition()).param(message.body())
                .param(Timestamp.from(now)).param(Timestamp.from(sendAt))
                .update();
    }

    /** Webhooks that have something to do: a message to send whose turn it is, or to make. */
    Set<UUID> due(Instant now) {
        return database.sql("""
                select w.webhook from ledger.webhook w where exists (select from ledger.webhook_delivery d
                where d.webhook = w.webhook and d.state = 'waiting' and d.next_attempt_at <= :now""" + IN_TURN + """
                ) or exists (select from ledger.webhook_matter m where m.webhook = w.webhook and m.due_at <= :now
                and not exists (select from ledger.webhook_delivery d where d.webhook = m.webhook
                and d.state = 'waiting' and d.scopes @> array[m.scope::text]))""")
                .param("now", Timestamp.from(now))
                .query((row, _) -> UUID.fromString(row.getString(1))).set();
    }

    /** The next message of a webhook whose turn it is. */
    Optional<Waiting> next(UUID webhook, Instant now) {
        return database.sql("select ordinal, id, body, attempts, first_attempt_at from ledger.webhook_delivery d"
                + " where webhook = :webhook and state = 'waiting' and next_attempt_at <= :now" + IN_TURN
                + " order by ordinal limit 1")
                .param("webhook", webhook).param("now", Timestamp.from(now))
                .query((row, _) -> waiting(row)).optional();
    }

    Waiting waiting(String id) {
        return database.sql(
                "select ordinal, id, body, attempts, first_attempt_at from ledger.webhook_delivery where id = ?")
                .param(id).query((row, _) -> waiting(row)).single();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4),
                instant(row.getTimestamp(5)));
    }

    void accepted(Waiting message, String answer, Instant now) {
        ended(message, "accepted", answer, now);
    }

    void givenUp(Waiting message, String answer, Instant now) {
        ended(message, "given-up", answer, now);
    }

    private void ended(Waiting message, String state, String answer, Instant now) {
        database.sql("""
                update ledger.webhook_delivery set state = ?, attempts = attempts + 1, last_answer = ?, ended_at = ?,
                next_attempt_at = null, first_attempt_at = coalesce(first_attempt_at, ?) where ordinal = ?""")
                .params(state, answer, Timestamp.from(now), Timestamp.from(now), message.ordinal()).update();
    }

    void failed(Waiting message, String answer, Instant now, Instant next) {
        database.sql("""
                update ledger.webhook_delivery set attempts = attempts + 1, last_answer = ?, next_attempt_at = ?,
                first_attempt_at = coalesce(first_attempt_at, ?) where ordinal = ?""")
                .params(answer, Timestamp.from(next), Timestamp.from(now), message.ordinal()).update();
    }

    /**
     * Has messages sent again, in their order, with the same ids.
     *
     * @param from position of the first event that they have to be about
     */
    public WebhookDelivery.Replay replay(UUID webhook, long from, Instant now) {
        List<Long> first = database.sql("""
                update ledger.webhook_delivery set state = 'waiting', attempts = 0, first_attempt_at = null,
                next_attempt_at = :now, ended_at = null
                where webhook = :webhook and last_position >= :from and state <> 'waiting' returning first_position""")
                .param("now", Timestamp.from(now)).param("webhook", webhook).param("from", from)
                .query((row, _) -> row.getLong(1)).list();
        return new WebhookDelivery.Replay(first.size(), first.stream().min(Long::compare).orElse(null));
    }

    /** The newest first, without some of them. */
    public List<WebhookDelivery> newest(UUID webhook, int skipped, int most) {
        return database.sql("select " + COLUMNS + " from ledger.webhook_delivery where webhook = ?"
                + " order by ordinal desc offset ? limit ?")
                .params(webhook, skipped, most).query((row, _) -> delivery(row)).list();
    }

    public WebhookDelivery find(String id) {
        return database.sql("select " + COLUMNS + " from ledger.webhook_delivery where id = ?").param(id)
                .query((row, _) -> delivery(row)).single();
    }

    private static WebhookDelivery delivery(ResultSet row) throws SQLException {
        List<String> environments = Arrays.stream((String[]) row.getArray(4).getArray())
                .map(scope -> scope.substring(scope.indexOf('/') + 1)).filter(name -> !name.isEmpty()).sorted()
                .toList();
        return new WebhookDelivery(row.getString(1),
                WebhookDelivery.State.valueOf(row.getString(2).toUpperCase(Locale.ROOT).replace('-', '_')),
                row.getString(3), environments, row.getInt(5), row.getLong(6), row.getLong(7),
                row.getTimestamp(8).toInstant(), row.getInt(9), instant(row.getTimestamp(10)), row.getString(11),
                instant(row.getTimestamp(12)));
    }

    /** Forgets messages that ended long ago. */
    void forgetOld(UUID webhook, Instant now) {
        database.sql("delete from ledger.webhook_delivery where webhook = ? and state <> 'waiting' and ended_at < ?")
                .params(webhook, Timestamp.from(now.minus(KEPT))).update();
    }

    /** Forgets everything about webhooks that were removed, their secrets first of all. */
    public void forgetRemoved() {
        for (String table : List.of("webhook_secret", "webhook_matter", "webhook_delivery")) {
            database.sql("delete from ledger.%s where webhook not in (select webhook from ledger.webhook)"
                    .formatted(table)).update();
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
