package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.problem.Refusal;
import java.util.regex.Pattern;

/** The projects and environments that a caller may act for: names in which {@code *} matches any text. */
public final class EnvironmentPattern {

    /** A few stars are enough, and matching many is slow. */
    private static final Pattern PATTERN = Pattern.compile("(?!(?:.*\\*){4})[A-Za-z0-9*][A-Za-z0-9._*-]{0,62}");

    private EnvironmentPattern() {}

    /** The text, if it is one; otherwise the request is refused. */
    public static String check(String field, String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw Refusal.invalid(field,
                    "'%s' is not a pattern. Use letters, digits, '.', '_', '-' and at most three '*', such as 'tenant-*'."
                            .formatted(Redaction.of(text)));
        }
        return text;
    }
}
