package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.log.SignatureRecord;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.LogEnd;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a leaf of each event in the order of their positions, and of each signature in the order of their ids. Where the two meet is decided once, by
 * which page comes first. A page of leaves, the subtrees that it completes and the head are one transaction.
 */
public final class LogAppender implements Automation<StreamId.Organisation> {

    /** Leaves of each kind in one transaction. */
    private static final int PAGE = 1_000;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final LogEnd signatures;
    private final StoredRecords records;

    LogAppender(JdbcClient database, TransactionTemplate transaction, EventLog events, LogEnd signatures) {
        this.database = database;
        this.transaction = transaction;
        this.events = events;
        this.signatures = signatures;
        this.records = new StoredRecords(database);
    }

    @Override
    public String name() {
        return "evidence-log";
    }

    @Override
    public Set<StreamId.Organisation> due() {
        LogHead head = LogHead.read(database);
        return events.end() > head.eventsTo() || signatures.position() > head.signaturesTo()
                ? Set.of(new StreamId.Organisation())
                : Set.of();
    }

    @Override
    public void run(StreamId.Organisation everything) {
        run(everything, () -> false);
    }

    @Override
    public void run(StreamId.Organisation everything, BooleanSupplier stopping) {
        for (boolean more = true; more && !stopping.getAsBoolean();) {
            more = nextPage();
        }
    }

    /**
     * Adds what is not in the log yet.
     *
     * @param most pages
     */
    void append(int most) {
        int pages = 0;
        while (pages < most && nextPage()) {
            pages++;
        }
    }

    /** @return whether it added leaves */
    private boolean nextPage() {
        // Before the transaction: its own id would keep the newest rows from being final.
        long eventsTo = events.end();
        long signaturesTo = signatures.position();
        return Boolean.TRUE.equals(transaction.execute(_ -> append(eventsTo, signaturesTo)));
    }

    private boolean append(long eventsTo, long signaturesTo) {
        LogHead head = LogHead.lock(database);
        List<LogRecord> newEvents = records.events(head.eventsTo(), eventsTo, PAGE);
        List<SignatureRecord> newSignatures = records.signatures(head.signaturesTo(), signaturesTo, PAGE);
        if (newEvents.isEmpty() && newSignatures.isEmpty()) {
            return false;
        }
        NewLeaves leaves = new NewLeaves(head.range().copy());
        newEvents.forEach(event -> leaves.add(event.position(), null, event.leafHash()));
        newSignatures.forEach(signature -> leaves.add(null, signature.number(), signature.leafHash()));
        leaves.store(database);
        new LogHead(leaves.range, newEvents.isEmpty() ? head.eventsTo() : newEvents.getLast().position(),
                newSignatures.isEmpty() ? head.signaturesTo() : newSignatures.getLast().number()).write(database);
        return true;
    }

    /** Leaves, and the stored subtrees that end with one of them. */
    private static final class NewLeaves {
        private final CompactRange range;
        private final List<Long> numbers = new ArrayList<>();
        private final List<@Nullable Long> events = new ArrayList<>();
        private final List<@Nullable Long> signatures = new ArrayList<>();
        private final List<byte[]> hashes = new ArrayList<>();
        private final List<Integer> levels = new ArrayList<>();
        private final List<Long> subtrees = new ArrayList<>();
        private final List<byte[]> subtreeHashes = new ArrayList<>();

        private NewLeaves(CompactRange range) {
            this.range = range;
        }

        private void add(@Nullable Long event, @Nullable Long signature, LogHash hash) {
            numbers.add(range.size());
            events.add(event);
            signatures.add(signature);
            hashes.add(hash.bytes());
            range.append(0, hash, (subtree, above) -> {
                if (EvidenceLog.isStored(subtree)) {
                    levels.add(subtree.level());
                    subtrees.add(subtree.index());
                    subtreeHashes.add(above.bytes());
                }
            });
        }

        private void store(JdbcClient database) {
            database.sql("""
                    insert into ledger.log_leaf (leaf, event, signature, hash)
                    select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
                    """)
                    .params(numbers.toArray(Long[]::new), events.toArray(Long[]::new),
                            signatures.toArray(Long[]::new), hashes.toArray(byte[][]::new))
                    .update();
            if (!levels.isEmpty()) {
                database.sql("""
                        insert into ledger.log_subtree (level, number, hash)
                        select * from unnest(?::int[], ?::bigint[], ?::bytea[])
                        """)
                        .params(levels.toArray(Integer[]::new), subtrees.toArray(Long[]::new),
                                subtreeHashes.toArray(byte[][]::new))
                        .update();
            }
        }
    }
}
