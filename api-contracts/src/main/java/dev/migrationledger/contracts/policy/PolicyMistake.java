package dev.migrationledger.contracts.policy;

/**
 * What is wrong with the file of a policy.
 *
 * @param line from 1
 * @param column from 1
 * @param message the value and what to write instead: one clause, without a full stop
 */
public record PolicyMistake(int line, int column, String message) {

    /** With its place, as compilers write it. */
    public String words() {
        return "line %d, column %d: %s".formatted(line, column, message);
    }
}
