package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.InclusionProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.core.merkle.Subtree;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What others ask the log for: proofs, signed states, and leaves. */
public final class EvidenceLog {

    /** Pages of new events that one request adds; a new log of a large ledger has more, and the automation adds them. */
    private static final int PAGES = 5;

    private static final Duration WAIT = Duration.ofMillis(100);

    private static final int WAITS = 20;

    private final JdbcClient database;
    private final LogAppender appender;
    private final Checkpoints checkpoints;
    private final LogKey key;
    private final StoredRecords records;

    EvidenceLog(JdbcClient database, LogAppender appender, Checkpoints checkpoints, LogKey key) {
        this.database = database;
        this.appender = appender;
        this.checkpoints = checkpoints;
        this.key = key;
        this.records = new StoredRecords(database);
    }

    /**
     * A checkpoint of everything that was recorded until now. Waits a moment for transactions that may still record at an earlier position; if they
     * take longer, or if the log is far behind, the newest events are not in it.
     */
    public LogCheckpoint checkpoint() {
        long newest = database.sql("select coalesce(max(global_index), 0) from ledger.event").query(Long.class)
                .single();
        appender.append(PAGES);
        for (int wait = 0; wait < WAITS && head().eventsTo() < newest && waited(); wait++) {
            appender.append(PAGES);
        }
        return checkpoints.make();
    }

    private static boolean waited() {
        try {
            Thread.sleep(WAIT);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Proofs for an export of what was recorded until now. */
    public ExportProofs export() {
        return new ExportProofs(database, checkpoint(), key.noteKey().verifierKey());
    }

    /** How far the log has come. */
    public LogHead head() {
        return LogHead.read(database);
    }

    /** Whether the hash of a full subtree is stored. */
    public static boolean isStored(Subtree subtree) {
        return subtree.level() > 0 && subtree.level() % StoredTree.STEP == 0;
    }

    /** The hashes that are stored above full subtrees which end with one of these leaves. */
    public Map<Subtree, LogHash> storedAbove(long from, long to) {
        Map<Subtree, LogHash> stored = new HashMap<>();
        for (int level = StoredTree.STEP; to >> level > 0; level += StoredTree.STEP) {
            int above = level;
            database.sql("select number, hash from ledger.log_subtree where level = ? and number >= ? and number < ?")
                    .params(level, from >> level, to >> level)
                    .query((row, _) -> stored.put(new Subtree(above, row.getLong(1)), LogHash.of(row.getBytes(2))))
                    .list();
        }
        return stored;
    }

    /** How many leaves there are. */
    public long size() {
        return LogHead.read(database).range().size();
    }

    /**
     * Proves that an event is in the log; empty if it is not among its first {@code size} leaves.
     *
     * @param size at most {@link #size()}
     */
    public Optional<InclusionProof> inclusion(long position, long size) {
        StoredTree tree = new StoredTree(database);
        return database.sql("select leaf, hash from ledger.log_leaf where event = ? and leaf < ?")
                .params(position, size)
                .query((row, _) -> new InclusionProof(position, row.getLong(1),
                        LogHash.of(row.getBytes(2)).base64(), size, MerkleProofs.root(size, tree).base64(),
                        base64(MerkleProofs.inclusion(row.getLong(1), size, tree))))
                .optional();
    }

    /**
     * Proves that the log only grew.
     *
     * @param second at most {@link #size()}
     * @throws IllegalArgumentException if the first size is greater than the second
     */
    public ConsistencyProof consistency(long first, long second) {
        StoredTree tree = new StoredTree(database);
        List<LogHash> proof = MerkleProofs.consistency(first, second, tree);
        return new ConsistencyProof(first, MerkleProofs.root(first, tree).base64(), second,
                MerkleProofs.root(second, tree).base64(), base64(proof));
    }

    /** The first hashes of a tile of C2SP tlog-tiles; fewer if the log has fewer. */
    List<LogHash> tile(int level, long number, int most) {
        List<LogHash> stored = new StoredTree(database).stored(level * StoredTree.STEP, number);
        return stored.subList(0, Math.min(most, stored.size()));
    }

    /** The canonical texts of the leaves of a tile, as their rows are now. */
    List<String> texts(long tile, int most) {
        return records.leaves(tile * StoredTree.TILE, tile * StoredTree.TILE + most).stream()
                .map(leaf -> String.valueOf(leaf.text())).toList();
    }

    private static List<String> base64(List<LogHash> hashes) {
        return hashes.stream().map(LogHash::base64).toList();
    }
}
