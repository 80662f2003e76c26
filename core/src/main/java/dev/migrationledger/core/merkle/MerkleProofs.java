package dev.migrationledger.core.merkle;

import dev.migrationledger.contracts.log.LogHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Proofs of RFC 6962, made by its recursive definition and checked by the loops of RFC 9162, sections 2.1.3.2 and 2.1.4.2. A proof has one
 * hash for each level of the tree at most.
 */
public final class MerkleProofs {

    private MerkleProofs() {}

    /** The root of the first {@code size} leaves. */
    public static LogHash root(long size, SubtreeHashes tree) {
        return root(0, size, tree);
    }

    private static LogHash root(long begin, long end, SubtreeHashes tree) {
        return CompactRange.fold(Subtree.cover(begin, end).stream().map(tree::of).toList());
    }

    /**
     * Proves that a leaf is in the tree of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static List<LogHash> inclusion(long leaf, long size, SubtreeHashes tree) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + leaf);
        }
        List<LogHash> proof = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (leaf < middle) {
                proof.add(root(middle, end, tree));
                end = middle;
            } else {
                proof.add(root(begin, middle, tree));
                begin = middle;
            }
        }
        return proof.reversed();
    }

    /**
     * Proves that the tree of the first {@code first} leaves is the beginning of that of the first {@code second}.
     *
     * @throws IllegalArgumentException if the first one is the larger one
     */
    public static List<LogHash> consistency(long first, long second, SubtreeHashes tree) {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException(
                    "a tree of " + first + " leaves is not the beginning of one of " + second);
        }
        if (first == 0 || first == second) {
            return List.of();
        }
        List<LogHash> proof = new ArrayList<>();
        long begin = 0;
        long end = second;
        while (end != first) {
            long middle = begin + split(end - begin);
            if (first <= middle) {
                proof.add(root(middle, end, tree));
                end = middle;
            } else {
                proof.add(root(begin, middle, tree));
                begin = middle;
            }
        }
        if (begin > 0) {
            proof.add(root(begin, end, tree));
        }
        return proof.reversed();
    }

    /** The greatest power of two below a number greater than 1. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    /** Whether a proof shows that a leaf is in the tree with this root. */
    public static boolean includes(LogHash leafHash, long leaf, long size, LogHash root, List<LogHash> proof) {
        if (leaf < 0 || leaf >= size) {
            return false;
        }
        long node = leaf;
        long last = size - 1;
        LogHash hash = leafHash;
        for (LogHash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = LogHash.node(sibling, hash);
                while (node != 0 && (node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = LogHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Whether a proof shows that one tree is the beginning of the other. */
    public static boolean extend(
            long first, LogHash firstRoot, long second, LogHash secondRoot, List<LogHash> proof) {
        if (first < 0 || first > second) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        if (first == 0) {
            return proof.isEmpty() && firstRoot.equals(LogHash.EMPTY);
        }
        List<LogHash> path = new ArrayList<>(proof);
        if (Long.bitCount(first) == 1) {
            path.addFirst(firstRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(~(first - 1));
        long node = (first - 1) >> shared;
        long last = (second - 1) >> shared;
        LogHash before = path.getFirst();
        LogHash after = path.getFirst();
        for (LogHash hash : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                before = LogHash.node(hash, before);
                after = LogHash.node(hash, after);
                while (node != 0 && (node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                after = LogHash.node(after, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && before.equals(firstRoot) && after.equals(secondRoot);
    }
}
