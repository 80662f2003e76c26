package dev.migrationledger.agent.tool.alembic.python;

/**
 * Walks a source by its logical lines: strings, brackets and backslashes join physical ones. One pass; the bodies of
 * functions are passed over as fast as characters can be looked at.
 */
final class Lines {

    /** CPython refuses more. */
    private static final int DEEPEST_BRACKETS = 200;

    private final String source;

    /** Start of the logical line that has not been passed yet. */
    private int position;

    /** The line of {@link #counted}, so that positions asked for in order are counted once. */
    private int line = 1;

    private int counted;

    Lines(String source) {
        this.source = source;
    }

    /**
     * Columns before the next logical line that says something, which is then the current one.
     *
     * @return -1 at the end of the source
     */
    int indent() {
        while (position < source.length()) {
            int indent = 0;
            int i = position;
            scan : for (; i < source.length(); i++) {
                switch (source.charAt(i)) {
                    case ' ' -> indent++;
                    case '\t' -> indent = (indent / 8 + 1) * 8;
                    case '\f' -> indent = 0;
                    default -> {
                        break scan;
                    }
                }
            }
            if (i < source.length() && source.charAt(i) == '#') {
                i = StringLiteral.endOfLine(source, i);
            }
            if (i < source.length() && source.charAt(i) != '\n') {
                return indent;
            }
            position = i + 1;
        }
        return -1;
    }

    /** Start of the first character of the current line that says something. */
    int start() {
        int i = position;
        while (i < source.length() && " \t\f".indexOf(source.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** The next statement is read from here on. */
    void moveTo(int next) {
        position = next;
    }

    /** Passes over the current logical line. */
    void skipLine() throws Malformed {
        int i = position;
        while (i < source.length()) {
            Piece piece = piece(i);
            i = piece.end() + 1;
            if (piece.last()) {
                break;
            }
        }
        position = i;
    }

    /** Passes over every line that is indented further than this. */
    void skipBlock(int outside) throws Malformed {
        while (indent() > outside) {
            skipLine();
        }
    }

    /**
     * A simple statement, or the header of a compound one and what follows it on its line.
     *
     * @param start of its first character
     * @param end of it: where the line end or semicolon stands
     * @param last whether a logical line ends with it
     * @param colon its first colon outside of brackets; -1: none
     * @param equals its first equals sign outside of brackets that binds a name; -1: none
     */
    record Piece(int start, int end, boolean last, int colon, int equals) {

        /** Whether it is no header of a compound statement, though it begins with a word that could begin one. */
        boolean isNone() {
            return colon < 0 || (equals >= 0 && equals < colon);
        }
    }

    /**
     * What begins at a position, up to a line end or semicolon outside of brackets and strings.
     *
     * @throws Malformed if a string or bracket is not closed
     */
    Piece piece(int from) throws Malformed {
        int depth = 0;
        int open = from;
        int colon = -1;
        int equals = -1;
        int i = from;
        for (; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '\n' -> {
                    if (depth == 0) {
                        return new Piece(from, i, true, colon, equals);
                    }
                }
                case ';' -> {
                    if (depth == 0) {
                        return new Piece(from, i, false, colon, equals);
                    }
                }
                case '#' -> i = StringLiteral.endOfLine(source, i) - 1;
                case '\'', '"' -> i = StringLiteral.skip(source, i) - 1;
                case '(', '[', '{' -> {
                    if (depth++ == 0) {
                        open = i;
                    }
                    if (depth > DEEPEST_BRACKETS) {
                        throw new Malformed(i, "brackets are nested too deeply");
                    }
                }
                case ')', ']', '}' -> {
                    if (depth-- == 0) {
                        throw new Malformed(i, "'" + source.charAt(i) + "' closes nothing");
                    }
                }
                case '\\' -> i++;
                case ':' -> {
                    boolean walrus = i + 1 < source.length() && source.charAt(i + 1) == '=';
                    if (depth == 0 && colon < 0 && !walrus) {
                        colon = i;
                    }
                }
                case '=' -> {
                    if (i + 1 < source.length() && source.charAt(i + 1) == '=') {
                        i++;
                    } else if (depth == 0 && equals < 0 && !compares(i)) {
                        equals = i;
                    }
                }
                default -> {
                    // what else it consists of matters to expressions only
                }
            }
        }
        if (depth > 0) {
            throw new Malformed(open, "'" + source.charAt(open) + "' is not closed");
        }
        return new Piece(from, source.length(), true, colon, equals);
    }

    /** Whether an equals sign is the second half of {@code <=}, {@code >=}, {@code !=} or {@code :=}. */
    private boolean compares(int at) {
        char before = at > 0 ? source.charAt(at - 1) : ' ';
        boolean shift = at > 1 && source.charAt(at - 2) == before && (before == '<' || before == '>');
        return before == '!' || before == ':' || ((before == '<' || before == '>') && !shift);
    }

    /** The physical line of a position, from 1. Cheap for positions in ascending order. */
    int lineOf(int wanted) {
        if (wanted < counted) {
            counted = 0;
            line = 1;
        }
        for (; counted < Math.min(wanted, source.length()); counted++) {
            if (source.charAt(counted) == '\n') {
                line++;
            }
        }
        return line;
    }
}
