package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.core.audit.AuditKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Texts by which entries are found: {@code key=value} in lower case. An entry has its own; a block of entries has those of all of them, and besides them
 * each word, and each pair of environment and kind, which are asked for together most often.
 */
public final class SearchTokens {

    /** Of a value. A longer one is compared by its beginning. */
    private static final int LONGEST = 200;

    private SearchTokens() {}

    public static String of(String key, String value) {
        String small = value.toLowerCase(Locale.ROOT);
        return key + "=" + (small.length() <= LONGEST ? small : small.substring(0, LONGEST));
    }

    /** Whether it is a name that the ledger either knows or does not. */
    static boolean isName(String token) {
        int end = token.indexOf('=');
        return end > 0 && AuditKeys.NAMES.containsKey(token.substring(0, end));
    }

    /** Of a block where an entry has a word. */
    public static String word(String word) {
        return "w=" + SearchWords.shortened(word);
    }

    /** Of a block where an entry has both. */
    public static String pair(String environment, String kind) {
        return "pair=" + environment.toLowerCase(Locale.ROOT) + " " + kind;
    }

    /** What the block of an entry gets by it. */
    static Set<String> ofBlock(List<String> tokens, String words) {
        Set<String> all = new LinkedHashSet<>(tokens);
        List<String> environments = values(tokens, "environment=");
        for (String kind : values(tokens, "kind=")) {
            environments.forEach(environment -> all.add(pair(environment, kind)));
        }
        for (String word : words.strip().split(" ", -1)) {
            if (!word.isEmpty()) {
                all.add(word(word));
            }
        }
        return all;
    }

    private static List<String> values(List<String> tokens, String prefix) {
        List<String> values = new ArrayList<>();
        tokens.stream().filter(token -> token.startsWith(prefix))
                .forEach(token -> values.add(token.substring(prefix.length())));
        return values;
    }
}
