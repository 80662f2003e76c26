package dev.migrationledger.contracts.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where to read on.
 *
 * @param address on this ledger, beginning with {@code /}
 * @param name of what is there, where an entry has several of a kind: the id of a revision; absent: it is the only one
 */
public record AuditLink(Kind kind, String address, @Nullable String name) {

    public AuditLink(Kind kind, String address) {
        this(kind, address, null);
    }

    /** {@code revision 79fa}. */
    public String words() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name == null ? word : word + " " + name;
    }

    /** What is there. */
    public enum Kind {
        /** The file of a revision, its footprint and its edits. */
        REVISION,
        /** The environment as it was then. */
        ENVIRONMENT,
        /** What changed in the schema. */
        SCHEMA,
        /** The finding with its evidence and its plan. */
        FINDING,
        /** Everything that belongs to the same run. */
        RUN,
        MERGE,
        /** The question to the gate and its answer. */
        DEPLOY,
        POLICY
    }
}
