package dev.migrationledger.contracts.log;

import java.util.List;

/**
 * Proves that the log with {@code second} leaves begins with the one that had {@code first}, as RFC 6962 defines it.
 *
 * @param firstRoot in base 64
 * @param secondRoot in base 64
 * @param proof hashes in base 64
 */
public record ConsistencyProof(
        long first, String firstRoot, long second, String secondRoot, List<String> proof) {
    public ConsistencyProof {
        proof = List.copyOf(proof);
    }
}
