package dev.migrationledger.contracts.policy;

/**
 * The key with which a ledger signs policies.
 *
 * @param key X.509 SubjectPublicKeyInfo of Ed25519, in base 64
 */
public record LedgerKey(String key) {}
