package dev.migrationledger.contracts.log;

import java.util.List;

/**
 * Proves that an event is in the log, as RFC 6962 defines it.
 *
 * @param position of the event
 * @param leaf its place in the log, from 0
 * @param leafHash the hash of the leaf as the log has it, in base 64
 * @param size of the tree
 * @param root of the tree, in base 64
 * @param proof hashes in base 64, from the leaf upwards
 */
public record InclusionProof(
        long position, long leaf, String leafHash, long size, String root, List<String> proof) {
    public InclusionProof {
        proof = List.copyOf(proof);
    }
}
