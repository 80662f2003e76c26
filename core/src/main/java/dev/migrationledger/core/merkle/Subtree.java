package dev.migrationledger.core.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A full subtree: 2 to the power of {@code level} leaves.
 *
 * @param level 0 for a single leaf
 * @param index its place among the subtrees of its level; it begins with leaf {@code index << level}
 */
public record Subtree(int level, long index) {

    /** Its first leaf. */
    public long begin() {
        return index << level;
    }

    /** The leaf after its last. */
    public long end() {
        return (index + 1) << level;
    }

    /** The largest subtrees that together have exactly the leaves from {@code begin} up to, and without, {@code end}; in the order of leaves. */
    public static List<Subtree> cover(long begin, long end) {
        List<Subtree> subtrees = new ArrayList<>();
        long from = begin;
        while (from < end) {
            int aligned = from == 0 ? Long.SIZE - 2 : Long.numberOfTrailingZeros(from);
            int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - from);
            int level = Math.min(aligned, fitting);
            subtrees.add(new Subtree(level, from >> level));
            from += 1L << level;
        }
        return subtrees;
    }
}
