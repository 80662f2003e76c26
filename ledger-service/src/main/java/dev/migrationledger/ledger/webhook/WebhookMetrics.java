package dev.migrationledger.ledger.webhook;

import dev.migrationledger.ledger.metrics.MetricSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages that wait or were given up, by the names of webhooks. */
final class WebhookMetrics implements MetricSource {

    private final JdbcClient database;
    private final Clock clock;

    WebhookMetrics(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Row(String webhook, double waiting, double givenUp, double age) {}

    @Override
    public List<Metric> metrics() {
        List<Row> rows = database.sql("""
                select facts ->> 'name', count(*) filter (where state = 'waiting'),
                count(*) filter (where state = 'given-up'), coalesce(extract(epoch from cast(:now as timestamptz)
                - min(created_at) filter (where state = 'waiting')), 0)
                from ledger.webhook left join ledger.webhook_delivery using (webhook) group by 1""")
                .param("now", Timestamp.from(clock.instant()))
                .query((row, _) -> new Row(row.getString(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)))
                .list();
        return List.of(
                new Metric("webhook_messages", "Messages that wait, and those of the last 30 days that were given up.",
                        List.of("webhook", "state"),
                        rows.stream().<Series>mapMulti((row, to) -> {
                            to.accept(new Series(List.of(row.webhook(), "waiting"), row.waiting()));
                            to.accept(new Series(List.of(row.webhook(), "given-up"), row.givenUp()));
                        }).toList()),
                new Metric("webhook_oldest_message_age_seconds", "The age of the oldest message that waits; 0: none.",
                        List.of("webhook"),
                        rows.stream().map(row -> new Series(List.of(row.webhook()), Math.max(0, row.age()))).toList()));
    }
}
