package dev.migrationledger.core.merkle;

import dev.migrationledger.contracts.log.LogHash;

/** The hashes of full subtrees of a tree. */
@FunctionalInterface
public interface SubtreeHashes {

    /** The hash of a subtree whose leaves are all in the tree. */
    LogHash of(Subtree subtree);
}
