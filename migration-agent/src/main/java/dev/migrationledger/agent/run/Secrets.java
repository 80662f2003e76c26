package dev.migrationledger.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what looks like a secret in a command: it is going to be kept for good. A word too many is better than a password
 * too many, so whatever is called a secret loses its value, in whichever way it is written.
 */
final class Secrets {

    private static final String HIDDEN = "***";

    private static final String NAME = "[\\w.-]*(?:passw|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\\w.-]*";

    private static final String VALUE = "(?:\"[^\"]*\"|'[^']*'|[^\\s&;,\"']+)";

    /** {@code postgresql://deploy:secret@db/app}; a password may hold an @ that somebody forgot to write as %40. */
    private static final Pattern IN_URL = Pattern.compile("([a-z][a-z0-9+.-]*://[^\\s/:@?#]*:)[^\\s/]*(?=@)",
            Pattern.CASE_INSENSITIVE);

    /** {@code --password=secret}, {@code PGPASSWORD=secret}, {@code ?password=secret}, {@code "token": "secret"}. */
    private static final Pattern GIVEN = Pattern.compile("(" + NAME + "[\"']?\\s*[=:]\\s*)" + VALUE,
            Pattern.CASE_INSENSITIVE);

    /** {@code --password secret} within one word, as in {@code sh -c '…'}. */
    private static final Pattern OPTION = Pattern.compile("((?:^|\\s)--?" + NAME + "\\s+)" + VALUE,
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HEADER = Pattern.compile(
            "((?:authorization|cookie)\\s*:\\s*|\\bbearer\\s+|\\bbasic\\s+)[^\"']+", Pattern.CASE_INSENSITIVE);

    private static final Pattern OPTION_ALONE = Pattern.compile("--?(?!-?no-)" + NAME, Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** A command's words; one that follows an option which is called a secret is one. */
    static List<String> hidden(List<String> command) {
        List<String> hidden = new ArrayList<>();
        boolean secret = false;
        for (String word : command) {
            hidden.add(secret ? HIDDEN : hidden(word));
            secret = OPTION_ALONE.matcher(word).matches();
        }
        return hidden;
    }

    static String hidden(String text) {
        String hidden = replaced(IN_URL, text);
        hidden = replaced(GIVEN, hidden);
        hidden = replaced(OPTION, hidden);
        return replaced(HEADER, hidden);
    }

    private static String replaced(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + HIDDEN));
    }
}
