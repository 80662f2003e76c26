package dev.migrationledger.contracts.policy;

import java.util.List;

/**
 * The answer to a file with mistakes: a problem ({@code application/problem+json}) that lists them.
 *
 * @param detail the first mistake and how many there are
 * @param code {@link #CODE}
 * @param mistakes in the order of the file, at most 100
 */
public record PolicyRefusal(
        String type, String title, int status, String detail, String code, List<PolicyMistake> mistakes) {

    public static final String CODE = "policy-invalid";

    public PolicyRefusal {
        mistakes = List.copyOf(mistakes);
    }
}
