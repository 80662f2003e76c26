package dev.migrationledger.agent.spool;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens what is in a spool's folder, or puts something there. */
final class Opening {

    private Opening() {}

    static Spool of(
            SpoolFolder folder, String project, String environment, @Nullable String agent, Clock clock)
            throws SQLException {
        Tables tables;
        Instant damagedSince = null;
        try {
            tables = Tables.open(folder.file());
        } catch (SQLException e) {
            if (!Tables.isDamage(e)) {
                throw e;
            }
            damagedSince = folder.setAside(clock.instant());
            tables = Tables.open(folder.file());
        }
        try {
            Spool spool = existing(folder, tables, project, environment, agent, clock)
                    .orElse(null);
            if (spool == null) {
                spool = created(folder, tables, project, environment, agent, clock);
            }
            if (damagedSince != null) {
                Instant now = clock.instant();
                spool.record(
                        spool.epoch(),
                        List.of(Fact.now(now, new ObservationGap(
                                Spool.earlier(damagedSince, now), now,
                                "The agent's spool was damaged; it was set aside, and what it had not yet sent is not known to the ledger."))),
                        Map.of());
            }
            return spool;
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    private static Optional<Spool> existing(
            SpoolFolder folder, Tables tables, String project, String environment, @Nullable String agent, Clock clock)
            throws SQLException {
        List<Spool> found = tables.query(row -> new Spool(
                folder, tables, clock, new GrowingIds(clock, row.getLong(7)),
                new Head(row.getString(1), row.getString(2), row.getString(3), UUID.fromString(row.getString(4)),
                        Instant.parse(row.getString(5)), row.getLong(6))),
                "SELECT project, environment, agent, epoch, born, next_sequence, last_id FROM spool");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Head head = found.getFirst().head();
        if (!head.project().equals(project) || !head.environment().equals(environment)) {
            throw CommandFailure
                    .usage("The spool %s belongs to %s/%s, not to %s/%s; give each environment its own --spool DIR."
                            .formatted(folder, head.project(), head.environment(), project, environment));
        }
        if (agent != null && !agent.equals(head.agent())) {
            throw CommandFailure.usage(
                    "The spool %s belongs to agent '%s', not to '%s'; leave --agent out, or give that agent its own --spool DIR."
                            .formatted(folder, head.agent(), agent));
        }
        return Optional.of(found.getFirst());
    }

    private static Spool created(
            SpoolFolder folder, Tables tables, String project, String environment, @Nullable String agent, Clock clock)
            throws SQLException {
        GrowingIds ids = new GrowingIds(clock, 0);
        String name = agent == null ? "agent-%08x".formatted(new SecureRandom().nextInt()) : agent;
        Head head = new Head(project, environment, name, ids.next(), clock.instant(), 1);
        tables.update("INSERT INTO spool VALUES (?, ?, ?, ?, ?, ?, ?)", project, environment, name,
                head.epoch().toString(), head.born().toString(), head.next(), ids.last());
        return new Spool(folder, tables, clock, ids, head);
    }
}
