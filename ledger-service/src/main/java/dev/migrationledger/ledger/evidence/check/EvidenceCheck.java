package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.Tampering.Kind;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.ledger.evidence.check.CheckCommand.EndRound;
import dev.migrationledger.ledger.evidence.check.CheckCommand.ReportTamperings;
import dev.migrationledger.ledger.evidence.log.Checkpoints;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.LogHead;
import dev.migrationledger.ledger.evidence.log.LogKey;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.evidence.log.StoredRecords.StoredLeaf;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the store again, piece by piece, and compares it with the evidence log. The database computes digests of payloads, so a piece is small however large
 * its events are.
 */
public final class EvidenceCheck implements Automation<StreamId.Organisation> {

    private static final Logger log = LoggerFactory.getLogger(EvidenceCheck.class);

    /** Leaves of a piece: 200 a second, so ten million take a day. */
    private static final int PIECE = 2_000;

    private static final Duration BETWEEN_PIECES = Duration.ofSeconds(10);

    /** Of a small log. */
    private static final Duration SHORTEST_ROUND = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final StoredRecords records;
    private final EvidenceLog evidence;
    private final CheckedCheckpoints checkpoints;
    private final Recorder recorder;
    private final Clock clock;
    private final RandomGenerator random;

    EvidenceCheck(
            JdbcClient database, StoredRecords records, EvidenceLog evidence, Checkpoints checkpoints, LogKey key,
            Recorder recorder, Clock clock, RandomGenerator random) {
        this.database = database;
        this.records = records;
        this.evidence = evidence;
        this.checkpoints = new CheckedCheckpoints(checkpoints, key);
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "check-evidence";
    }

    @Override
    public boolean isCausedByEvents() {
        return false;
    }

    @Override
    public Set<StreamId.Organisation> due() {
        CheckedTo at = CheckedTo.read(database);
        Instant next = isComplete(at) ? at.startedAt().plus(SHORTEST_ROUND) : at.pieceAt().plus(BETWEEN_PIECES);
        return clock.instant().isBefore(next) ? Set.of() : Set.of(new StreamId.Organisation());
    }

    private static boolean isComplete(CheckedTo at) {
        return at.pieceAt().equals(at.completedAt());
    }

    @Override
    public void run(StreamId.Organisation everything) {
        piece();
    }

    /** Checks a whole round now. */
    void round() {
        do {
            piece();
        } while (!isComplete(CheckedTo.read(database)));
    }

    /** Checks the next piece. */
    private void piece() {
        Instant now = clock.instant();
        CheckedTo at = CheckedTo.read(database);
        CheckedTo from = isComplete(at) || at.startedAt().equals(Instant.EPOCH) ? at.again(now) : at;
        LogHead head = evidence.head();
        // A checkpoint may count more leaves than there are, if the end was cut off.
        CheckedCheckpoints.Result signed = checkpoints.check(head.range().size());
        CheckedTo to = compare(from, head, signed, now);
        List<Tampering> found = to.foundWith(signed.found());
        report(new ReportTamperings(now, random.nextLong(), found), Level.ERROR,
                "the database was changed outside the ledger");
        boolean ends = to.range().size() >= head.range().size();
        if (ends) {
            report(new EndRound(now, random.nextLong(), found), Level.INFO, "the database is as it was recorded again");
        }
        CheckedTo then = new CheckedTo(to.range(), to.eventsTo(), to.signaturesTo(), to.goodTo(), found,
                to.startedAt(), now, to.completedAt(), to.completedSize());
        (ends ? then.completed(now) : then).write(database);
    }

    private CheckedTo compare(CheckedTo from, LogHead head, CheckedCheckpoints.Result signed, Instant now) {
        long size = head.range().size();
        long to = Math.max(from.range().size(), Math.min(from.range().size() + PIECE, size));
        List<StoredLeaf> leaves = records.leaves(from.range().size(), to);
        Piece piece = new Piece(from.range(), from.goodTo(), evidence.storedAbove(from.range().size(), to));
        piece.leaves(leaves, to, signed.bySize());
        boolean ends = to == size;
        Set<Long> events = numbers(leaves, StoredLeaf::event);
        Set<Long> signatures = numbers(leaves, StoredLeaf::signature);
        long eventsTo = Math.max(from.eventsTo(), ends ? head.eventsTo() : last(events));
        long signaturesTo = Math.max(from.signaturesTo(), ends ? head.signaturesTo() : last(signatures));
        piece.added(Kind.EVENT_ADDED, rows("select global_index, stream from ledger.event where global_index > ?"
                + " and global_index <= ?", from.eventsTo(), eventsTo), events);
        piece.added(Kind.SIGNATURE_ADDED, rows("select id, project || '/' || environment from ledger.batch_signature"
                + " where id > ? and id <= ?", from.signaturesTo(), signaturesTo), signatures);
        if (ends) {
            piece.head(head.range());
        }
        return new CheckedTo(piece.range(), eventsTo, signaturesTo, piece.goodTo(), from.foundWith(piece.found()),
                from.startedAt(), now, from.completedAt(), from.completedSize());
    }

    @FunctionalInterface
    private interface RowNumber {
        @Nullable
        Long of(StoredLeaf leaf);
    }

    private static Set<Long> numbers(List<StoredLeaf> leaves, RowNumber number) {
        return leaves.stream().map(number::of).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static long last(Set<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private Map<Long, @Nullable String> rows(String statement, long after, long to) {
        Map<Long, @Nullable String> rows = new HashMap<>();
        database.sql(statement).params(after, to)
                .query((row, _) -> rows.put(row.getLong(1), row.getString(2))).list();
        return rows;
    }

    private void report(CheckCommand command, Level level, String what) {
        for (Tampering one : recorder.decide(CheckDecisions.DECIDER, command).result()) {
            LoggingEventBuilder line = log.atLevel(level).addKeyValue("kind", one.kind())
                    .addKeyValue("first", one.first()).addKeyValue("last", one.last());
            (one.stream() == null ? line : line.addKeyValue("stream", one.stream())).log(what);
        }
    }
}
