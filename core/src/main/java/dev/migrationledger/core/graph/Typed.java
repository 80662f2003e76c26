package dev.migrationledger.core.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An identifier taken apart, before anything is looked up.
 *
 * @param text as typed
 * @param branch what stands before {@code @}
 * @param symbol an id, a label, their beginning or a word such as {@code head}; empty where there are steps alone
 * @param steps how many up (or, below zero, down); absent where it says no steps
 */
record Typed(
        String text, @Nullable String branch, String symbol, @Nullable Integer steps) {

    private static final Pattern RELATIVE = Pattern.compile("(?:(.+)@)?([^@]*?)([+-])(\\d+)", Pattern.DOTALL);

    /** No history is longer. */
    private static final int MOST_STEPS = 1_000_000_000;

    /** With its steps, if it ends in some. */
    static Typed of(String text) {
        Matcher relative = RELATIVE.matcher(text);
        if (!relative.matches()) {
            return absolute(text);
        }
        String digits = relative.group(4);
        int steps = digits.length() > 9 ? MOST_STEPS : Integer.parseInt(digits);
        return new Typed(text, relative.group(1), relative.group(2), relative.group(3).equals("-") ? -steps : steps);
    }

    /** Without steps, whatever it ends in. */
    static Typed absolute(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new Typed(text, null, text, null)
                : new Typed(text, text.substring(0, at), text.substring(at + 1), null);
    }

    Typed withoutBranch() {
        return new Typed(text, null, symbol, steps);
    }

    boolean up() {
        return relative().startsWith("+");
    }

    /** The steps as typed, such as {@code -2}. */
    String relative() {
        return steps == null ? "" : text.substring(Math.max(text.lastIndexOf('+'), text.lastIndexOf('-')));
    }
}
