package dev.migrationledger.ledger.audit.export;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180). Where a spreadsheet would take text for a formula, an apostrophe is put in front of it: texts of scripts and sessions come from
 * anywhere. That is at the beginning of a cell, and also within it after a semicolon, a tab or a line break: many spreadsheets take those for the end of a
 * cell, and do not know the quotes of this file then.
 */
final class CsvText {

    /** In the order of the file; the header has their names in lower case. */
    enum Column {
        POSITION,
        OCCURRED_AT,
        OCCURRED_PRECISION,
        RECORDED_AT,
        PROJECT,
        ENVIRONMENT,
        LABELS,
        KIND,
        ACTOR_KIND,
        ACTOR,
        SESSION,
        RUN_CLAIMS,
        AI,
        TEXT,
        REVISIONS,
        EVIDENCE,
        CERTAINTY,
        STATEMENT,
        OBJECTS,
        RUN,
        AGENT,
        EVENT;

        private static final Column[] ALL = values();
    }

    /** Of the line that is no entry. */
    static final String MANIFEST = "export-manifest";

    /** Also their wide forms, which some spreadsheets take for the same. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20|%";

    /** A bit for each character with which a cell needs quotes. */
    private static final long QUOTED = 1L << ',' | 1L << '"' | 1L << ';' | 1L << '\t' | 1L << '\r' | 1L << '\n';

    private static final String END = "\r\n";

    private CsvText() {}

    static String header() {
        return Arrays.stream(Column.ALL).map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")) + END;
    }

    /** The last line: it has as many cells as the others, its kind is {@link #MANIFEST}, and its text is the manifest as JSON. */
    static String manifest(String json) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.KIND, MANIFEST);
        // A semicolon may be followed by an apostrophe in a cell, and the JSON has to stay as it is.
        cells.put(Column.TEXT, json.replace(";", "\\u003b"));
        StringBuilder line = new StringBuilder();
        line(cells, line);
        return line.toString();
    }

    /** @param cells a column that is not there is empty */
    static void line(Map<Column, String> cells, StringBuilder line) {
        for (Column column : Column.ALL) {
            if (column != Column.POSITION) {
                line.append(',');
            }
            String text = cells.get(column);
            if (text != null) {
                cell(text, line);
            }
        }
        line.append(END);
    }

    static void cell(String text, StringBuilder line) {
        if (!text.isEmpty() && (isCellEnd(text.charAt(0)) || isFormula(text, 0))) {
            text = '\'' + text;
        }
        if (isPlain(text)) {
            line.append(text);
            return;
        }
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(c);
            if (c == '"') {
                line.append(c);
            } else if (isCellEnd(c) && isFormula(text, i + 1)) {
                line.append('\'');
            }
        }
        line.append('"');
    }

    /** Whether it needs no quotes: most cells. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < Long.SIZE && (QUOTED >>> c & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCellEnd(char c) {
        return c == ';' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Whether it goes on like a formula, also after blanks, which spreadsheets remove. */
    private static boolean isFormula(String text, int from) {
        if (from < text.length() && Character.isLetterOrDigit(text.charAt(from))) {
            return false;
        }
        int at = from;
        while (at < text.length() && !isCellEnd(text.charAt(at)) && isInvisible(text.charAt(at))) {
            at++;
        }
        return at < text.length() && FORMULA.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isInvisible(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
