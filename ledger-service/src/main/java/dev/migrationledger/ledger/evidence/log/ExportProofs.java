package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.Subtree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ties the lines of one export to one checkpoint, in constant memory. Use: give it the exported events in the order of their positions, page by page, and
 * none after {@link #lastPosition()}; put each {@link LeafProof} into its line, and {@link #end()} into the manifest.
 */
public final class ExportProofs {

    private final JdbcClient database;
    private final StoredTree tree;
    private final LogCheckpoint checkpoint;
    private final String verifierKey;
    private final CompactRange range = new CompactRange();
    private long lines;

    ExportProofs(JdbcClient database, LogCheckpoint checkpoint, String verifierKey) {
        this.database = database;
        this.tree = new StoredTree(database);
        this.checkpoint = checkpoint;
        this.verifierKey = verifierKey;
    }

    private record Leaf(long number, LogHash hash) {}

    /** What the lines are tied to. */
    public LogCheckpoint checkpoint() {
        return checkpoint;
    }

    /** Of the last event in the checkpoint; 0 if it has none. */
    public long lastPosition() {
        return database.sql(
                "select event from ledger.log_leaf where leaf < ? and event is not null order by leaf desc limit 1")
                .param(checkpoint.size()).query(Long.class).optional().orElse(0L);
    }

    /**
     * The proofs of these events, in their order. Empty for an event that is not in the log: either it came after the checkpoint, or someone put it into the
     * database.
     *
     * @param page in the order of positions, after those of the page before
     */
    public List<Optional<LeafProof>> next(List<LogRecord> page) {
        Map<Long, Leaf> leaves = leaves(page);
        List<Optional<LeafProof>> proofs = new ArrayList<>();
        for (LogRecord record : page) {
            proofs.add(Optional.ofNullable(leaves.get(record.position()))
                    .filter(leaf -> leaf.number < checkpoint.size()).map(this::proof));
        }
        return proofs;
    }

    private Map<Long, Leaf> leaves(List<LogRecord> page) {
        Map<Long, Leaf> leaves = new HashMap<>();
        database.sql("select event, leaf, hash from ledger.log_leaf where event = any(?)")
                .param(page.stream().map(LogRecord::position).toArray(Long[]::new))
                .query((row, _) -> leaves.put(row.getLong(1),
                        new Leaf(row.getLong(2), LogHash.of(row.getBytes(3)))))
                .list();
        return leaves;
    }

    private LeafProof proof(Leaf leaf) {
        List<String> gap = gap(leaf.number);
        boolean first = lines % LeafProof.SEGMENT == 0;
        LeafProof proof = new LeafProof(leaf.number, leaf.hash.base64(), gap,
                first ? base64(range.hashes()) : null,
                first
                        ? base64(Subtree.cover(leaf.number, checkpoint.size()).stream().map(tree::of).toList())
                        : null);
        range.append(leaf.hash);
        lines++;
        return proof;
    }

    /** The leaves from the line before up to this one. */
    private List<String> gap(long until) {
        List<String> gap = new ArrayList<>();
        for (Subtree subtree : Subtree.cover(range.size(), until)) {
            LogHash hash = tree.of(subtree);
            range.append(subtree.level(), hash);
            gap.add(hash.base64());
        }
        return gap;
    }

    /** For the manifest, after the last line. */
    public ExportProof end() {
        return new ExportProof(checkpoint.note(), verifierKey, lines, gap(checkpoint.size()));
    }

    private static List<String> base64(List<LogHash> hashes) {
        return hashes.stream().map(LogHash::base64).toList();
    }
}
