package dev.migrationledger.core.merkle;

import dev.migrationledger.contracts.log.LogHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The first leaves of a tree, as the hashes of the few full subtrees that have them: enough to add leaves and to know the root. Grows only; a copy stays
 * as it is.
 */
public final class CompactRange {

    private long size;

    /** Of {@code Subtree.cover(0, size)}. */
    private final List<LogHash> hashes;

    /** Without leaves. */
    public CompactRange() {
        this.hashes = new ArrayList<>();
    }

    private CompactRange(long size, List<LogHash> hashes) {
        this.size = size;
        this.hashes = new ArrayList<>(hashes);
    }

    /**
     * As it was stored.
     *
     * @param hashes as {@link #hashes} gave them
     * @throws IllegalArgumentException if a tree of this size has another number of them
     */
    public static CompactRange of(long size, List<LogHash> hashes) {
        if (size < 0 || Long.bitCount(size) != hashes.size()) {
            throw new IllegalArgumentException(
                    size + " leaves have " + Long.bitCount(size) + " full subtrees, not " + hashes.size());
        }
        return new CompactRange(size, hashes);
    }

    /** The first leaves of a tree whose subtrees are known. */
    public static CompactRange of(long size, SubtreeHashes tree) {
        return new CompactRange(size, Subtree.cover(0, size).stream().map(tree::of).toList());
    }

    public CompactRange copy() {
        return new CompactRange(size, hashes);
    }

    /** How many leaves it has. */
    public long size() {
        return size;
    }

    /** The largest full subtrees, in the order of their leaves. */
    public List<LogHash> hashes() {
        return List.copyOf(hashes);
    }

    /** Adds a leaf. */
    public void append(LogHash leaf) {
        append(0, leaf);
    }

    /**
     * Adds a full subtree after the last leaf.
     *
     * @throws IllegalArgumentException if a subtree of this level cannot begin there
     */
    public void append(int level, LogHash subtree) {
        append(level, subtree, (_, _) -> {});
    }

    /**
     * As {@link #append(int, LogHash)}.
     *
     * @param completed takes each full subtree that ends with this one, from the smallest
     */
    public void append(int level, LogHash subtree, BiConsumer<Subtree, LogHash> completed) {
        long leaves = 1L << level;
        if ((size & (leaves - 1)) != 0) {
            throw new IllegalArgumentException("no subtree of " + leaves + " leaves begins with leaf " + size);
        }
        LogHash hash = subtree;
        Subtree full = new Subtree(level, size >> level);
        completed.accept(full, hash);
        while ((full.index() & 1) == 1) {
            hash = LogHash.node(hashes.removeLast(), hash);
            full = new Subtree(full.level() + 1, full.index() >> 1);
            completed.accept(full, hash);
        }
        hashes.add(hash);
        size += leaves;
    }

    /** The root of a tree that has these leaves and no other. */
    public LogHash root() {
        return fold(hashes);
    }

    /** The root of neighbours, of which each is larger than the next. */
    static LogHash fold(List<LogHash> hashes) {
        LogHash root = null;
        for (LogHash hash : hashes.reversed()) {
            root = root == null ? hash : LogHash.node(hash, root);
        }
        return root == null ? LogHash.EMPTY : root;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompactRange range && size == range.size && hashes.equals(range.hashes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, hashes);
    }
}
