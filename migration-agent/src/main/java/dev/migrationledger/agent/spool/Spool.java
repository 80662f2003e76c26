package dev.migrationledger.agent.spool;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.event.GapReason.EventUnreadable;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.EventTruncation;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One agent's spool for one environment. Safe for a thread that records and one that sends. Every change is one transaction,
 * on disk when the method returns.
 */
public final class Spool implements AutoCloseable {

    private final SpoolFolder folder;
    private final SpoolDatabase tables;
    private final Clock clock;
    private final GrowingIds ids;
    private Head head;

    Spool(SpoolFolder folder, SpoolDatabase tables, Clock clock, GrowingIds ids, Head head) {
        this.folder = folder;
        this.tables = tables;
        this.clock = clock;
        this.ids = ids;
        this.head = head;
    }

    /**
     * Opens the spool, creating it where there is none. A damaged one is set aside and a new epoch begun, with a gap that says so.
     *
     * @param agent the agent's name; absent: the one it has, or a new one
     * @throws CommandFailure if another process has it, it belongs to another environment, or it cannot be used
     */
    public static Spool open(
            Path path, String project, String environment, @Nullable String agent, Clock clock) {
        SpoolFolder folder = SpoolFolder.hold(path);
        try {
            return Opening.of(folder, project, environment, agent, clock);
        } catch (RuntimeException e) {
            closeQuietly(folder);
            throw e;
        } catch (SQLException e) {
            closeQuietly(folder);
            throw CommandFailure.unknown(
                    "The spool %s cannot be opened: %s. Free or repair its disk, or name another with --spool DIR."
                            .formatted(path, reason(e)));
        }
    }

    /**
     * The folder of a spool.
     *
     * @param chosen by a person; absent: below the home directory
     * @param use what uses it: each has its own, because only one process can hold a spool
     */
    public static Path folder(@Nullable Path chosen, String use, String project, String environment,
            Map<String, String> variables) {
        return chosen == null ? SpoolFolder.usual(use, project, environment, variables) : chosen.toAbsolutePath();
    }

    /** Whether its folder is still there. What is recorded after somebody deleted it is gone with the process. */
    public boolean isThere() {
        return folder.isThere();
    }

    /** The folder that holds it. */
    public Path path() {
        return folder.path();
    }

    synchronized Head head() {
        return head;
    }

    public synchronized String agent() {
        return head.agent();
    }

    public synchronized UUID epoch() {
        return head.epoch();
    }

    public synchronized Optional<byte[]> remembered(Memory memory) {
        return guarded(
                () -> tables.query(row -> row.getBytes(1), "SELECT value FROM memory WHERE name = ?", memory.name())
                        .stream().findFirst());
    }

    /** As {@link #remembered(Memory)}. Empty also where another version of the agent wrote it in another shape. */
    public <T> Optional<T> remembered(Memory memory, Class<T> type) {
        try {
            return remembered(memory).map(json -> ContractJson.read(json, type));
        } catch (WireException otherVersion) {
            return Optional.empty();
        }
    }

    /**
     * Takes these facts, in this order, together with the memory that goes with them: all or nothing.
     *
     * @param epoch that they were made for
     * @return the facts with their place in the sequence; nothing, and nothing is taken, if another epoch has begun
     * @throws SpoolFailure if it cannot be written; then nothing has changed
     */
    public synchronized Optional<List<AgentEnvelope>> record(
            UUID epoch, List<ObservedFact> facts, Map<Memory, byte[]> memory) {
        if (!epoch.equals(head.epoch())) {
            return Optional.empty();
        }
        if (facts.isEmpty() && memory.isEmpty()) {
            return Optional.of(List.of());
        }
        List<AgentEnvelope> envelopes = new ArrayList<>();
        Head after = guarded(() -> tables.inTransaction(it -> {
            Head now = head;
            for (ObservedFact fact : facts) {
                envelopes.add(append(now, fact, ids.next()));
                now = now.withNext(now.next() + 1);
            }
            for (Map.Entry<Memory, byte[]> one : memory.entrySet()) {
                it.update("INSERT OR REPLACE INTO memory VALUES (?, ?)", one.getKey().name(), one.getValue());
            }
            it.update("UPDATE spool SET next_sequence = ?, last_id = ?", now.next(), ids.last());
            return now;
        }));
        head = after;
        notifyAll();
        return Optional.of(envelopes);
    }

    private AgentEnvelope append(Head now, ObservedFact fact, UUID id) throws SQLException {
        AgentEnvelope envelope = new AgentEnvelope(id, now.project(), now.environment(), now.agent(), now.epoch(),
                now.next(),
                fact.occurredAt(), fact.observedAt(), fact.event());
        insert(envelope);
        return envelope;
    }

    private void insert(AgentEnvelope envelope) throws SQLException {
        tables.update("INSERT INTO event VALUES (?, ?, ?)", envelope.sequence(), envelope.observedAt().toString(),
                EventTruncation.fitted(ContractJson.write(envelope)));
    }

    /**
     * How far the ledger has what this spool was given.
     *
     * @param acknowledged the last sequence of the epoch that the ledger has acknowledged; 0: none
     * @param last the last sequence that was given to an event of the epoch; 0: none
     * @param oldestPending when the oldest event was observed that is not acknowledged; absent: none is pending
     */
    public record Progress(UUID epoch, long acknowledged, long last, @Nullable Instant oldestPending) {}

    public synchronized Progress progress() {
        long last = head.next() - 1;
        return guarded(() -> tables.query(
                row -> new Progress(head.epoch(), row.getLong(1) - 1, last, Instant.parse(row.getString(2))),
                "SELECT sequence, observed_at FROM event ORDER BY sequence LIMIT 1"))
                .stream()
                .findFirst()
                .orElseGet(() -> new Progress(head.epoch(), last, last, null));
    }

    /** How many events are waiting to be acknowledged. */
    public synchronized long pending() {
        return guarded(() -> tables.query(row -> row.getLong(1), "SELECT count(*) FROM event").getFirst());
    }

    /** Waits until an event is pending, but no longer than this. Says whether one is. */
    public synchronized boolean awaitPending(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (pending() == 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /**
     * The pending events with the lowest sequences, as the JSON they are sent in.
     *
     * @param most how many at most
     * @param bytes how many bytes at most; the first event comes in any case
     */
    public synchronized List<Pending> next(int most, long bytes) {
        List<Pending> pending = guarded(() -> tables.query(
                row -> new Pending(head.epoch(), row.getLong(1), EventTruncation.fitted(row.getBytes(2))),
                """
                        SELECT sequence, envelope FROM (
                            SELECT sequence, envelope, sum(length(envelope) + 1) OVER (ORDER BY sequence) AS size
                            FROM (SELECT * FROM event ORDER BY sequence LIMIT ?))
                        WHERE size <= ? ORDER BY sequence""",
                most, bytes));
        return !pending.isEmpty()
                ? pending
                : guarded(() -> tables.query(
                        row -> new Pending(head.epoch(), row.getLong(1), EventTruncation.fitted(row.getBytes(2))),
                        "SELECT sequence, envelope FROM event ORDER BY sequence LIMIT 1"));
    }

    /** The ledger has everything of this epoch up to this sequence: forget it. */
    public synchronized void acknowledge(UUID epoch, long upTo) {
        if (!epoch.equals(head.epoch())) {
            return;
        }
        guarded(() -> tables.inTransaction(it -> {
            it.update("""
                    INSERT OR REPLACE INTO acknowledged
                    SELECT sequence, observed_at FROM event WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1""",
                    upTo);
            it.update("DELETE FROM event WHERE sequence <= ?", upTo);
            return null;
        }));
    }

    /**
     * The gap that can take the place of an event that the ledger refuses, so that the sequence has no hole and the ledger
     * knows that something is missing.
     */
    public synchronized AgentEnvelope substitute(Pending refused, String reason) {
        return EnvelopeHeader.of(refused.envelope()).withGap(ids.next(),
                type -> new EventRefused(type, EnvelopeHeader.shortened(reason)));
    }

    /** The ledger has taken a substitute for this event: the event itself is kept aside for good. */
    public synchronized void setAside(Pending refused, String reason) {
        guarded(() -> tables.inTransaction(it -> {
            it.update("INSERT INTO refused (refused_at, envelope, reason) VALUES (?, ?, ?)", clock.instant().toString(),
                    refused.envelope(), reason);
            it.update("DELETE FROM event WHERE sequence = ?", refused.sequence());
            it.update("UPDATE spool SET last_id = ?", ids.last());
            return null;
        }));
    }

    /**
     * Begins a new epoch, because the ledger expects a sequence that was acknowledged and forgotten: it was restored or replaced.
     * The gap comes first, then everything pending except what the next round publishes again in full: what was published of scripts,
     * table and start is forgotten, too.
     *
     * @param expected the sequence that the ledger expects
     */
    public synchronized void renew(long expected, GapReason reason) {
        Head after = guarded(() -> tables.inTransaction(it -> {
            Instant now = clock.instant();
            Instant from = it.query(row -> Instant.parse(row.getString(1)),
                    "SELECT observed_at FROM acknowledged WHERE sequence < ? ORDER BY sequence DESC LIMIT 1", expected)
                    .stream().findFirst().orElse(head.born());
            List<AgentEnvelope> pending = it.query(row -> readOrGap(row.getBytes(1)),
                    "SELECT envelope FROM event ORDER BY sequence");
            it.update("DELETE FROM event");
            it.update("DELETE FROM acknowledged");
            for (Memory memory : Memory.values()) {
                if (memory.endsWithEpoch()) {
                    it.update("DELETE FROM memory WHERE name = ?", memory.name());
                }
            }
            Head renewed = new Head(head.project(), head.environment(), head.agent(), ids.next(), now, 1);
            append(renewed, ObservedFact.now(now, new ObservationGap(earlier(from, now), now, reason)), ids.next());
            long sequence = 2;
            for (AgentEnvelope old : pending) {
                if (!isPublishedAgain(old)) {
                    insert(new AgentEnvelope(old.eventId(), old.project(), old.environment(), old.agent(),
                            renewed.epoch(), sequence++, old.occurredAt(), old.observedAt(), old.event()));
                }
            }
            it.update("UPDATE spool SET epoch = ?, born = ?, next_sequence = ?, last_id = ?",
                    renewed.epoch().toString(),
                    now.toString(), sequence, ids.last());
            return renewed.withNext(sequence);
        }));
        head = after;
        notifyAll();
    }

    private AgentEnvelope readOrGap(byte[] envelope) {
        try {
            return ContractJson.read(envelope, AgentEnvelope.class);
        } catch (WireException e) {
            return EnvelopeHeader.of(envelope).withGap(ids.next(),
                    type -> new EventUnreadable(type, EnvelopeHeader.shortened(String.valueOf(e.getMessage()))));
        }
    }

    /** A difference from a scan that the ledger does not have is useless; the next round publishes the whole scan. */
    private static boolean isPublishedAgain(AgentEnvelope envelope) {
        return switch (envelope.event()) {
            // @formatter:off: the formatter knows no list of patterns
            case AgentStarted _, ScriptsScanned _, RevisionFilesRead _, RevisionAuthorsRead _, HeadDetected _,
                    SchemaObserved _ -> true;
            case AgentStopped _, RevisionApplied _, RevisionReverted _, RevisionStamped _, VersionTableObserved _,
                    VersionTableEdited _, ObservationGap _, RunStarted _, RunEnded _ -> false;
            // @formatter:on
        };
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private interface Access<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    private <T extends @Nullable Object> T guarded(Access<T> access) {
        try {
            return access.run();
        } catch (SQLException e) {
            throw new SpoolFailure(
                    "The spool %s cannot be used: %s. Free or repair its disk; nothing that it holds is lost."
                            .formatted(
                                    folder, reason(e)),
                    e);
        }
    }

    private static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("[.\\s]+$", "");
    }

    private static void closeQuietly(SpoolFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            // The process is about to give up anyway.
            return;
        }
    }

    @Override
    public synchronized void close() {
        try {
            tables.close();
        } catch (SQLException e) {
            throw new SpoolFailure("The spool %s cannot be closed: %s.".formatted(folder, reason(e)), e);
        } finally {
            closeQuietly(folder);
        }
    }
}
