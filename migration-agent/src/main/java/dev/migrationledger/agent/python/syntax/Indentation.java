package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import java.util.Arrays;

/** The columns at which blocks stand, from the outermost to the current one. */
final class Indentation {

    /** CPython refuses more. */
    private static final int DEEPEST = 100;

    private int[] columns = new int[8];
    private int levels;

    /** Blocks that ended and were not told yet. */
    private int ended;

    Indentation(int outermost) {
        columns[0] = outermost;
    }

    /** Of the current block. */
    int column() {
        return columns[levels];
    }

    /** Whether a line at a column begins a block within the current one. */
    boolean beginsBlock(int column, int position) throws Malformed {
        if (column <= columns[levels]) {
            return false;
        }
        if (levels >= DEEPEST) {
            throw new Malformed(position, Rule.BLOCK_DEPTH);
        }
        if (levels + 1 == columns.length) {
            columns = Arrays.copyOf(columns, columns.length * 2);
        }
        columns[++levels] = column;
        return true;
    }

    /** A line at a column that begins no block may end some. */
    void dedent(int column, int position) throws Malformed {
        while (levels > 0 && columns[levels] > column) {
            levels--;
            ended++;
        }
        if (columns[levels] < column) {
            throw new Malformed(position, Rule.MATCHING_INDENT);
        }
    }

    /** Tells of one block that ended. */
    boolean endsBlock() {
        if (ended == 0) {
            return false;
        }
        ended--;
        return true;
    }
}
