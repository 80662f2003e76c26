package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.inference.poll.SchemaBaseline;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an agent remembers from one round to the next. It never changes: a {@link Round} makes the next one, which counts as
 * soon as the round's facts are recorded.
 *
 * @param announced whether this process has said that it started
 */
public record AgentMemory(boolean announced, Observed observed, Captured captured, Published published) {

    /** How often it is written down that nothing changed. A restart knows its last observation that exactly. */
    public static final Duration UNCHANGED = Duration.ofMinutes(1);

    /** Before the first round of a new agent. */
    public static final AgentMemory NOTHING = new AgentMemory(false, new Observed(null, null, null, null),
            new Captured(null, true, new CaptureState.NotInstalled()), Published.nothing(null));

    /**
     * What is known of the database. Lasts as long as the spool.
     *
     * @param last observation; absent before the first
     * @param written when that was last written down by this process; absent: never
     * @param schema as it was read last; absent: it never was
     * @param outage that has not ended yet; absent: there is none
     */
    public record Observed(
            @Nullable LastObservation last, @Nullable Instant written, @Nullable SchemaBaseline schema,
            @Nullable Outage outage) {}

    /**
     * A time in which nothing was seen.
     *
     * @param since where nothing is remembered from before
     */
    public record Outage(Instant since, GapReason reason) {}

    /**
     * What is known of captured changes. The position lasts as long as the spool.
     *
     * @param position up to where they were made events; absent: none were
     * @param deletable whether there may be some in the database that only need to be acknowledged by the ledger
     */
    public record Captured(@Nullable CapturePosition position, boolean deletable, CaptureState state) {}

    /**
     * What the ledger knows, as long as this epoch lasts.
     *
     * @param epoch absent: nothing was looked up yet
     * @param start whether it knows who watches
     * @param schema its fingerprint; absent: it knows of none
     */
    public record Published(
            @Nullable UUID epoch, boolean start, @Nullable PublishedScripts scripts, @Nullable PublishedFiles files,
            @Nullable VersionTable table, @Nullable Fingerprint schema) {

        /** At the beginning of an epoch. */
        public static Published nothing(@Nullable UUID epoch) {
            return new Published(epoch, false, null, null, null, null);
        }
    }

    /** Transactions whose traces are known. */
    public Set<String> transactions() {
        LastObservation last = observed.last;
        return last == null
                ? Set.of()
                : last.seen().rows().stream().map(VersionRow::transaction).collect(Collectors.toSet());
    }

    /** Up to where captured changes were read; absent: none were. */
    public @Nullable String cursor() {
        return captured.position == null ? null : captured.position.cursor();
    }

    /**
     * The schema's mark at its last reading, if the schema need not be read again; absent: read it.
     *
     * @param scope the schemas that are watched
     */
    public @Nullable Fingerprint schemaMark(List<String> scope) {
        SchemaBaseline known = observed.schema;
        return known == null || !known.isComparable() || !known.fingerprint().equals(published.schema)
                || !known.scope().equals(scope) ? null : known.mark();
    }

    /** Whether the last observation has to be written down although it led to no fact. */
    public boolean isWorthWriting(LastObservation next) {
        LastObservation last = observed.last;
        Instant written = observed.written;
        return last == null
                || written == null
                || !next.equals(last.at(next.at()))
                || Duration.between(written, next.at()).abs().compareTo(UNCHANGED) >= 0;
    }

    /** Nothing has been seen since then. An outage that goes on keeps its beginning and its reason. */
    public AgentMemory withOutage(Instant since, GapReason reason) {
        return observed.outage != null
                ? this
                : new AgentMemory(announced,
                        new Observed(observed.last, observed.written, observed.schema, new Outage(since, reason)),
                        captured, published);
    }

    /** Once the database has deleted what the ledger acknowledged. */
    public AgentMemory withoutDeletable() {
        return new AgentMemory(announced, observed, new Captured(captured.position, false, captured.state), published);
    }

    /** The same with another state of capture. */
    public AgentMemory with(CaptureState state) {
        return new AgentMemory(announced, observed, new Captured(captured.position, captured.deletable, state),
                published);
    }

    /** Where the ledger knows this. */
    public AgentMemory with(Published known) {
        return new AgentMemory(announced, observed, captured, known);
    }

    /** Where the ledger knows these files. */
    public AgentMemory with(PublishedFiles files) {
        return with(new Published(published.epoch, published.start, published.scripts, files, published.table,
                published.schema));
    }

    /**
     * Once a round is recorded, which says first of all who watches.
     *
     * @param written when the last observation was written down; absent: not this time
     */
    public AgentMemory recorded(@Nullable Instant written) {
        return new AgentMemory(true,
                new Observed(observed.last, written == null ? observed.written : written, observed.schema,
                        observed.outage),
                captured, new Published(published.epoch, true, published.scripts, published.files, published.table,
                        published.schema));
    }
}
