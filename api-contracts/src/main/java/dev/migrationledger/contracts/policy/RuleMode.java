package dev.migrationledger.contracts.policy;

/** What a rule does to a deploy that does not meet it. */
public enum RuleMode {
    /** Blocks it. */
    ENFORCE,
    /** Lets it pass and shows why it should not have. */
    WARN,
    /** Lets it pass and records why. */
    AUDIT
}
