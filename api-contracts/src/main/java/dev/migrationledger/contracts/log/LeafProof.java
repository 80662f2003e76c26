package dev.migrationledger.contracts.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties a line of an export to its checkpoint. Lines come in the order of their leaves. Who adds the leaves and the gaps between them to a tree gets the
 * root of the checkpoint.
 *
 * @param leaf its place in the log, from 0
 * @param hash of the leaf as the log has it, in base 64
 * @param gap the hashes of the largest full subtrees with all leaves since the line before, in base 64
 * @param before of the first line and every hundredth after it: the hashes of the largest full subtrees with all leaves before this one. A reader whose tree is
 *     another one knows that the mistake is in the lines since the last such line
 * @param after on the same lines: the hashes of the largest full subtrees with this leaf and all after it, up to the checkpoint
 */
public record LeafProof(
        long leaf, String hash, List<String> gap, @Nullable List<String> before, @Nullable List<String> after) {

    /** So many lines have one that can be checked by itself. */
    public static final int SEGMENT = 100;

    public LeafProof {
        gap = List.copyOf(gap);
        before = before == null ? null : List.copyOf(before);
        after = after == null ? null : List.copyOf(after);
    }
}
