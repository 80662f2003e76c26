package dev.migrationledger.contracts.log;

import java.util.List;

/**
 * What the manifest of an export says about the log.
 *
 * @param checkpoint the note of the checkpoint that the lines are tied to
 * @param verifierKey the ledger's key as tools for signed notes take it: who trusts it without comparing it proves nothing about the ledger
 * @param lines how many lines have a {@link LeafProof}
 * @param gap the hashes of the largest full subtrees with all leaves after the last line, in base 64
 */
public record ExportProof(String checkpoint, String verifierKey, long lines, List<String> gap) {
    public ExportProof {
        gap = List.copyOf(gap);
    }
}
