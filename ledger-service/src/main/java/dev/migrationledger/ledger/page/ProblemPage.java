package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;

/**
 * A refusal in words.
 *
 * @param title what happened, in a few words
 * @param sentence what is wrong, with the actual value, and what to do
 * @param code for those who report it
 */
record ProblemPage(String title, String sentence, String code) {

    static ProblemPage of(Problem problem) {
        String detail = Redaction.of(problem.detail());
        return new ProblemPage(title(problem.status()), detail.endsWith(".") ? detail : detail + ".",
                "%d %s".formatted(problem.status(), problem.code()));
    }

    private static String title(int status) {
        return switch (status) {
            case 400, 422 -> "The ledger does not understand this address";
            case 401 -> "Sign in first";
            case 403 -> "You may not do this";
            case 404 -> "Nothing is here";
            case 405 -> "This address has no page";
            case 409, 412 -> "This is not possible now";
            case 421 -> "The ledger has another name";
            case 503 -> "The ledger cannot answer now";
            default -> status < 500 ? "The ledger refuses this" : "The ledger failed to answer";
        };
    }
}
