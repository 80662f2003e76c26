package dev.migrationledger.agent.spool;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what is in a spool's folder, or puts something there. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger("spool");

    private static final String HEAD = "SELECT project, environment, agent, epoch, born, next_sequence, last_id FROM spool";

    private Opening() {}

    static Spool of(
            SpoolFolder folder, String project, String environment, @Nullable String agent, Clock clock)
            throws SQLException {
        Optional<String> before = folder.agent();
        Instant now = clock.instant();
        boolean damagedLog = folder.keepsDamagedLog(now);
        Optional<SpoolDatabase> sound = sound(folder, before, now);
        Spool spool;
        if (sound.isPresent()) {
            spool = in(sound.get(), it -> {
                Optional<Spool> existing = existing(folder, it, project, environment, agent, clock);
                return existing.isPresent()
                        ? existing.get()
                        : created(folder, it, project, environment, agent, clock);
            });
            if (damagedLog) {
                // What could be read of the log is older than what was recorded last: its sequences were given already.
                in(sound.get(), _ -> {
                    spool.renew(spool.progress().last() + 1, new SpoolDamaged());
                    return spool;
                });
            }
        } else {
            spool = in(SpoolDatabase.open(folder.file()), it -> {
                it.create();
                Spool made = created(folder, it, project, environment, agent != null ? agent : before.orElse(null),
                        clock);
                made.record(
                        made.epoch(),
                        List.of(ObservedFact.now(now,
                                new ObservationGap(Spool.earlier(folder.written(), now), now, new SpoolDamaged()))),
                        Map.of());
                return made;
            });
        }
        if (damagedLog || sound.isEmpty()) {
            LOG.warn(
                    "The spool {} was damaged and is kept as *.damaged-…. Its undelivered events are lost; agent {} begins a new epoch.",
                    folder, spool.agent());
        }
        folder.remember(spool.agent());
        return spool;
    }

    /**
     * The tables of a spool, or new ones where none was. Empty if they are damaged, and then set aside: SQLite refuses them, or they read as
     * empty although there was a spool.
     *
     * @param before the agent whose spool there was; empty: there was none
     */
    private static Optional<SpoolDatabase> sound(SpoolFolder folder, Optional<String> before, Instant now)
            throws SQLException {
        SpoolDatabase tables = null;
        try {
            tables = SpoolDatabase.open(folder.file());
            tables.check(folder.file());
            if (before.isEmpty() && tables.isEmpty()) {
                tables.create();
            }
            if (before.isEmpty() || (!tables.isEmpty() && isHeadWhole(tables))) {
                return Optional.of(tables);
            }
        } catch (SQLException | RuntimeException e) {
            if (!(e instanceof SQLException sql && SpoolDatabase.isDamage(sql))) {
                close(tables);
                throw e;
            }
        }
        // Before it is closed: SQLite would delete the log.
        folder.setAside(now);
        close(tables);
        return Optional.empty();
    }

    /** Whether the row can be read that says whose spool it is. */
    private static boolean isHeadWhole(SpoolDatabase tables) throws SQLException {
        try {
            List<Head> heads = tables.query(Opening::head, HEAD);
            return !heads.isEmpty() && PlainNames.isName(heads.getFirst().agent());
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(row.getString(1), row.getString(2), row.getString(3), UUID.fromString(row.getString(4)),
                Instant.parse(row.getString(5)), row.getLong(6));
    }

    private static void close(@Nullable SpoolDatabase tables) throws SQLException {
        if (tables != null) {
            tables.close();
        }
    }

    private interface Work {
        Spool with(SpoolDatabase tables) throws SQLException;
    }

    /** Closes the tables if it fails. */
    private static Spool in(SpoolDatabase tables, Work work) throws SQLException {
        try {
            return work.with(tables);
        } catch (SQLException | RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    private static Optional<Spool> existing(
            SpoolFolder folder, SpoolDatabase tables, String project, String environment, @Nullable String agent,
            Clock clock)
            throws SQLException {
        List<Spool> found = tables.query(row -> new Spool(
                folder, tables, clock, new GrowingIds(clock, row.getLong(7)), head(row)), HEAD);
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
            SpoolFolder folder, SpoolDatabase tables, String project, String environment, @Nullable String agent,
            Clock clock)
            throws SQLException {
        GrowingIds ids = new GrowingIds(clock, 0);
        String name = agent == null ? "agent-%08x".formatted(new SecureRandom().nextInt()) : agent;
        Head head = new Head(project, environment, name, ids.next(), clock.instant(), 1);
        tables.update("INSERT INTO spool VALUES (?, ?, ?, ?, ?, ?, ?)", project, environment, name,
                head.epoch().toString(), head.born().toString(), head.next(), ids.last());
        return new Spool(folder, tables, clock, ids, head);
    }
}
