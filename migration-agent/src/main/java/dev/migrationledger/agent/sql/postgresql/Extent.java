package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.unread.SqlReason.BracketsTooDeep;
import dev.migrationledger.contracts.unread.SqlReason.TooManyWords;

/**
 * How large a text is, counted before a parser is asked, whose time grows faster than the text.
 *
 * @param tokens words, constants, and characters of operators
 * @param depth of brackets
 */
record Extent(int tokens, int depth) {

    /** Beyond it a statement is data. */
    private static final int MOST_TOKENS = 200_000;

    /** A parser may look at each of so many brackets from each other one. */
    private static final int DEEPEST = 250;

    /** Of all that a scanner has before it. */
    static Extent of(Scanner scanner) {
        int tokens = 0;
        int open = 0;
        int depth = 0;
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            tokens++;
            if (token.is('(') || token.is('[')) {
                depth = Math.max(depth, ++open);
            } else if (token.is(')') || token.is(']')) {
                open--;
            }
        }
        return new Extent(tokens, depth);
    }

    /** Itself, if a parser may be asked. */
    Extent checked() throws Refused {
        if (depth > DEEPEST) {
            throw new Refused(new BracketsTooDeep(DEEPEST));
        }
        if (tokens > MOST_TOKENS) {
            throw new Refused(new TooManyWords(MOST_TOKENS));
        }
        return this;
    }
}
