package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.Tampering.Kind;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.Subtree;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.StoredRecords.StoredLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares a piece of the log with its rows. Pure. Neighbours of one kind are one place. */
final class Piece {

    private final CompactRange range;
    private final List<Tampering> found = new ArrayList<>();
    private long goodTo;

    /** Above full subtrees of this piece, as they are stored. */
    private final Map<Subtree, LogHash> stored;

    /**
     * After the leaves before.
     *
     * @param goodTo see {@link CheckedTo}
     * @param stored hashes that are stored above the leaves of this piece
     */
    Piece(CompactRange before, long goodTo, Map<Subtree, LogHash> stored) {
        this.range = before.copy();
        this.goodTo = goodTo;
        this.stored = stored;
    }

    /**
     * Compares leaves with their rows.
     *
     * @param leaves up to, and without, {@code to}; a leaf that is not there is missing
     * @param checkpoints signed ones, by their size
     */
    void leaves(List<StoredLeaf> leaves, long to, Map<Long, Checkpoint> checkpoints) {
        checkpoint(checkpoints.get(range.size()));
        for (StoredLeaf leaf : leaves) {
            missing(leaf.leaf(), checkpoints);
            content(leaf);
            add(leaf.hash(), checkpoints);
        }
        missing(to, checkpoints);
    }

    private void missing(long until, Map<Long, Checkpoint> checkpoints) {
        if (range.size() < until) {
            found(Kind.LEAVES_MISSING, range.size(), until - 1, null);
        }
        while (range.size() < until) {
            add(LogHash.EMPTY, checkpoints);
        }
    }

    private void content(StoredLeaf leaf) {
        Long event = leaf.event();
        long number = event == null ? Objects.requireNonNull(leaf.signature()) : event;
        String text = leaf.text();
        if (text == null) {
            found(event == null ? Kind.SIGNATURE_MISSING : Kind.EVENT_MISSING, number, number, null);
        } else if (!LogHash.leaf(text).equals(leaf.hash())) {
            found(event == null ? Kind.SIGNATURE_CHANGED : Kind.EVENT_CHANGED, number, number, leaf.stream());
        }
    }

    private void add(LogHash leaf, Map<Long, Checkpoint> checkpoints) {
        range.append(0, leaf, (subtree, hash) -> {
            if (EvidenceLog.isStored(subtree) && !Objects.equals(hash, stored.get(subtree))) {
                found(Kind.LEAVES_CHANGED, subtree.begin(), subtree.end() - 1, null);
            }
        });
        checkpoint(checkpoints.get(range.size()));
    }

    /** After one root that differs, all later ones do; only the first says where. */
    private void checkpoint(@Nullable Checkpoint checkpoint) {
        if (checkpoint != null && goodTo >= 0) {
            if (checkpoint.root().equals(range.root())) {
                goodTo = checkpoint.size();
            } else {
                found(Kind.LEAVES_CHANGED, goodTo, checkpoint.size() - 1, null);
                goodTo = -1;
            }
        }
    }

    /** Rows that are among those of this piece and have no leaf. */
    void added(Kind kind, Map<Long, @Nullable String> rows, Set<Long> withLeaf) {
        Set<Long> without = new TreeSet<>(rows.keySet());
        without.removeAll(withLeaf);
        without.forEach(number -> found(kind, number, number, rows.get(number)));
    }

    /** At the end of the log: what the head counts and signs next must be what the rows make. */
    void head(CompactRange head) {
        if (goodTo >= 0 && !head.equals(range)) {
            found(Kind.HEAD_CHANGED, goodTo, goodTo, null);
        }
    }

    /** A place that does not match. */
    void found(Kind kind, long first, long last, @Nullable String stream) {
        Tampering before = found.isEmpty() ? null : found.getLast();
        if (before != null && before.kind() == kind && before.last() + 1 == first) {
            found.set(found.size() - 1, new Tampering(kind, before.first(), last, before.stream()));
        } else {
            found.add(new Tampering(kind, first, last, stream));
        }
    }

    List<Tampering> found() {
        return List.copyOf(found);
    }

    CompactRange range() {
        return range;
    }

    long goodTo() {
        return goodTo;
    }
}
