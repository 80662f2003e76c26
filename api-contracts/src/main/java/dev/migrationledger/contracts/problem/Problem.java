package dev.migrationledger.contracts.problem;

import org.jspecify.annotations.Nullable;

/**
 * A refusal over HTTP, as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param type an address that names the kind of problem: {@code about:blank} or one of the ledger's own
 * @param status the HTTP status again
 * @param detail what is wrong with the actual value and what to do next
 * @param code for programs, such as {@code sequence-ahead}
 * @param field the JSON path of the offending value; absent where it is not one value
 * @param expected the sequence that the ledger expects next; present with {@code sequence-ahead} alone
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        @Nullable Long expected) {}
