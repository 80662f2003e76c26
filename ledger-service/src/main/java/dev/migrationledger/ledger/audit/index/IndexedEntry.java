package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.envelope.Occurrence;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An entry with what it is found by.
 *
 * @param tokens {@link SearchTokens}
 * @param words {@link SearchWords#joined}
 */
public record IndexedEntry(AuditEntry entry, List<String> tokens, String words) {

    /** Entries of so many positions are one block. */
    public static final int BLOCK = 1_024;

    public IndexedEntry {
        tokens = List.copyOf(tokens);
    }

    long block() {
        return entry.position() / BLOCK;
    }

    /** The earliest that it can have happened, as far as that is known. */
    Instant occurredFrom() {
        Occurrence occurrence = entry.occurredAt();
        Instant earliest = occurrence.earliest();
        return earliest == null || earliest.isAfter(occurrence.at()) ? occurrence.at() : earliest;
    }

    Set<String> blockTokens() {
        return SearchTokens.ofBlock(tokens, words);
    }
}
