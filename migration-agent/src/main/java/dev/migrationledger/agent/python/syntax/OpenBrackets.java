package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.MismatchedBracket;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError.StrayBracket;
import java.util.Arrays;

/** Where the brackets stand that are open. */
final class OpenBrackets {
    private int[] positions = new int[8];
    private int count;

    int count() {
        return count;
    }

    /** Where the outermost one stands; the position given if none is open. */
    int outermost(int otherwise) {
        return count > 0 ? positions[0] : otherwise;
    }

    void open(int position) throws Malformed {
        if (count == Skip.DEEPEST_BRACKETS) {
            throw new Malformed(position, Rule.BRACKET_DEPTH);
        }
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
        }
        positions[count++] = position;
    }

    void close(String source, int position) throws Malformed {
        char closing = source.charAt(position);
        if (count == 0) {
            throw new Malformed(position, new StrayBracket(Character.toString(closing)));
        }
        char opening = source.charAt(positions[--count]);
        if ("([{".indexOf(opening) != ")]}".indexOf(closing)) {
            throw new Malformed(position,
                    new MismatchedBracket(Character.toString(closing), Character.toString(opening)));
        }
    }

    /** Only so many of them are still open. */
    void backTo(int outermost) {
        count = outermost;
    }
}
