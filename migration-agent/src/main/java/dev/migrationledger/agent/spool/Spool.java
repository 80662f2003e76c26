package dev.migrationledger.agent.spool;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.event.GapReason.EventUnreadable;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten.Cause;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.EventTruncation;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's spool for one environment. Safe for a thread that records and one that sends. Every change is one transaction,
 * on disk when the method returns.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("spool");

    /** Events that are in memory at once when an epoch begins. */
    private static final int AT_ONCE = 50;

    private final SpoolFolder folder;
    private final SpoolDatabase tables;
    private final Clock clock;
    private final GrowingIds ids;
    private Head head;
    private long limit = Long.MAX_VALUE;

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

    /**
     * Limits how much may wait. Beyond it, {@link #record} fails, and goes on when the ledger has acknowledged enough.
     *
     * @param bytes of events and memory
     */
    public synchronized void limitTo(long bytes) {
        limit = bytes;
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
        if (!facts.isEmpty()) {
            checkLimit();
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

    private void checkLimit() {
        if (limit < Long.MAX_VALUE && guarded(tables::usedBytes) >= limit) {
            throw new SpoolFailure(
                    "The spool %s is full: %,d MB of events wait for the ledger. Start the ledger, or raise --spool-limit."
                            .formatted(folder, limit >> 20),
                    Cause.LIMIT, null);
        }
    }

    private AgentEnvelope append(Head now, ObservedFact fact, UUID id) throws SQLException {
        AgentEnvelope envelope = new AgentEnvelope(id, now.project(), now.environment(), now.agent(), now.epoch(),
                now.next(),
                fact.occurredAt(), fact.observedAt(), fact.event());
        insert(envelope);
        return envelope;
    }

    private void insert(AgentEnvelope envelope) throws SQLException {
        byte[] json = EventTruncation.fitted(ContractJson.write(envelope));
        tables.update("INSERT INTO event VALUES (?, ?, ?, ?)", envelope.sequence(),
                envelope.observedAt().toString(), json, sum(json));
    }

    /** SQLite itself does not notice what a disk changes inside of a row. */
    private static long sum(byte[] json) {
        CRC32C sum = new CRC32C();
        sum.update(json);
        return sum.getValue();
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

    /** How many events are waiting to be acknowledged. Sequences have no holes: counting a million rows would take seconds. */
    public synchronized long pending() {
        return guarded(() -> tables.query(row -> row.getLong(1),
                "SELECT coalesce((SELECT max(sequence) FROM event) - (SELECT min(sequence) FROM event) + 1, 0)")
                .getFirst());
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
        return guarded(() -> {
            List<Stored> stored = tables.query(Stored::of,
                    """
                            SELECT sequence, envelope, sum FROM (
                                SELECT sequence, envelope, sum, sum(length(envelope) + 1) OVER (ORDER BY sequence) AS size
                                FROM (SELECT * FROM event ORDER BY sequence LIMIT ?))
                            WHERE size <= ? ORDER BY sequence""",
                    most, bytes);
            if (stored.isEmpty()) {
                stored = tables.query(Stored::of,
                        "SELECT sequence, envelope, sum FROM event ORDER BY sequence LIMIT 1");
            }
            List<Pending> pending = new ArrayList<>();
            for (Stored one : stored) {
                byte[] envelope = one.isWhole() ? one.envelope : replaced(one.sequence);
                pending.add(new Pending(head.epoch(), one.sequence, EventTruncation.fitted(envelope)));
            }
            return pending;
        });
    }

    /** @param sum absent: a version of the agent without sums stored it */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(long sequence, byte[] envelope, @Nullable Long sum) {

        static Stored of(ResultSet row) throws SQLException {
            long sum = row.getLong(3);
            Long known = row.wasNull() ? null : sum;
            return new Stored(row.getLong(1), row.getBytes(2), known);
        }

        boolean isWhole() {
            return sum == null || sum == Spool.sum(envelope);
        }
    }

    /** Stores a gap in place of a damaged event, for good: the same bytes are sent again if an answer is lost. */
    private byte[] replaced(long sequence) throws SQLException {
        AgentEnvelope gap = damaged(head.epoch(), sequence);
        byte[] json = ContractJson.write(gap);
        LOG.warn("Event {} in the spool {} is damaged. The agent reports a gap instead.", sequence, folder);
        tables.inTransaction(it -> {
            it.update("UPDATE event SET envelope = ?, sum = ? WHERE sequence = ?", json, sum(json), sequence);
            return it.update("UPDATE spool SET last_id = ?", ids.last());
        });
        return json;
    }

    private AgentEnvelope damaged(UUID epoch, long sequence) {
        Instant now = clock.instant();
        return new AgentEnvelope(ids.next(), head.project(), head.environment(), head.agent(), epoch, sequence,
                Occurrence.noLaterThan(now), now,
                new ObservationGap(earlier(head.born(), now), now, new SpoolDamaged()));
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
            it.update("DELETE FROM acknowledged");
            for (Memory memory : Memory.values()) {
                if (memory.endsWithEpoch()) {
                    it.update("DELETE FROM memory WHERE name = ?", memory.name());
                }
            }
            Head renewed = new Head(head.project(), head.environment(), head.agent(), ids.next(), now, 1);
            // What was read is deleted first, and what comes next is read: the new sequences may be one ahead of the old ones.
            Taken moved = taken(it, 0);
            Taken next = taken(it, moved.last());
            append(renewed, ObservedFact.now(now, new ObservationGap(earlier(from, now), now, reason)), ids.next());
            long sequence = 2;
            while (!moved.events().isEmpty()) {
                for (AgentEnvelope old : moved.events()) {
                    if (!isPublishedAgain(old)) {
                        insert(new AgentEnvelope(old.eventId(), old.project(), old.environment(), old.agent(),
                                renewed.epoch(), sequence++, old.occurredAt(), old.observedAt(), old.event()));
                    }
                }
                moved = next;
                next = moved.events().isEmpty() ? moved : taken(it, moved.last());
            }
            it.update("UPDATE spool SET epoch = ?, born = ?, next_sequence = ?, last_id = ?",
                    renewed.epoch().toString(),
                    now.toString(), sequence, ids.last());
            return renewed.withNext(sequence);
        }));
        head = after;
        notifyAll();
    }

    /** @param last old sequence of these */
    private record Taken(List<AgentEnvelope> events, long last) {}

    /** Removes the first events after a sequence: a few at a time, as there may be more than fit into memory. */
    private Taken taken(SpoolDatabase tables, long after) throws SQLException {
        List<AgentEnvelope> events = tables.query(row -> readOrGap(Stored.of(row)),
                "SELECT sequence, envelope, sum FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?", after,
                AT_ONCE);
        // Sequences have no holes, but the first one may be any.
        long last = tables.query(row -> row.getLong(1),
                "SELECT coalesce(max(sequence), 0) FROM (SELECT sequence FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?)",
                after, AT_ONCE).getFirst();
        tables.update("DELETE FROM event WHERE sequence > ? AND sequence <= ?", after, last);
        return new Taken(events, last);
    }

    private AgentEnvelope readOrGap(Stored stored) {
        if (!stored.isWhole()) {
            return damaged(head.epoch(), stored.sequence);
        }
        try {
            return ContractJson.read(stored.envelope, AgentEnvelope.class);
        } catch (WireException e) {
            return EnvelopeHeader.of(stored.envelope).withGap(ids.next(),
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
                    Cause.DISK, e);
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
            throw new SpoolFailure("The spool %s cannot be closed: %s.".formatted(folder, reason(e)), Cause.DISK, e);
        } finally {
            closeQuietly(folder);
        }
    }
}
