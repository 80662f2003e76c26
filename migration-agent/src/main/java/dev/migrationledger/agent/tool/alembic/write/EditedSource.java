package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.python.syntax.Source;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A Python file whose text can be changed without changing its encoding, its byte order mark or its line ends.
 *
 * @param text as it stands in the file, line ends and byte order mark included
 */
record EditedSource(String text, Charset charset) {

    private static final char MARK = '\ufeff';

    /** Encodings of files that were seen; each is tried, because Python's reader of the file does not hand out its own. */
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"),
            Charset.forName("windows-1251"));

    static EditedSource of(Source source, byte[] bytes) throws NotWritten {
        for (Charset charset : CHARSETS) {
            String text = new String(bytes, charset);
            if (Arrays.equals(text.getBytes(charset), bytes) && oneLineEnd(text).equals(source.text())) {
                return new EditedSource(text, charset);
            }
        }
        throw new NotWritten("The encoding of '%s' is not known here; change it by hand.".formatted(source.file()));
    }

    private static String oneLineEnd(String text) {
        String unmarked = !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** With other text between two places of the text that Python reads. */
    EditedSource replaced(int start, int end, String by) {
        return new EditedSource(text.substring(0, place(start)) + by + text.substring(place(end)), charset);
    }

    /** Where a place of the text that Python reads is in this one. */
    private int place(int read) {
        int at = !text.isEmpty() && text.charAt(0) == MARK ? 1 : 0;
        for (int i = 0; i < read; i++) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
        }
        return at;
    }

    byte[] bytes() {
        return text.getBytes(charset);
    }
}
