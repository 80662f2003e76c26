package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.BrokenRule;
import dev.migrationledger.contracts.unread.SyntaxError.ContradictedEncoding;
import dev.migrationledger.contracts.unread.SyntaxError.InvalidByte;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError.UnknownEncoding;
import dev.migrationledger.contracts.unread.SyntaxError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a Python file as text: byte order mark, encoding declaration (PEP 263), line ends.
 *
 * @param text with {@code \n} as its only line end
 * @param problem why Python refuses the bytes; the text is then the best reading of them, or empty where there is none
 */
record SourceText(
        String text, @Nullable SyntaxProblem problem) {

    /** PEP 263's own expression. */
    private static final Pattern DECLARATION = Pattern.compile("[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+).*");

    private static final Pattern BLANK = Pattern.compile("[ \\t\\f]*(#.*)?");

    static SourceText of(byte[] bytes) {
        int nul = indexOf(bytes, (byte) 0);
        if (nul >= 0) {
            return refused("", lineOf(bytes, nul), new BrokenRule(Rule.NO_NULL_BYTE));
        }
        boolean mark = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
        int start = mark ? 3 : 0;
        Declared declared = declared(bytes, start);
        if (declared == null) {
            return decode(bytes, start, StandardCharsets.UTF_8, null);
        }
        Charset charset = charset(declared.name());
        if (charset == null) {
            return refused(
                    latin1(bytes, start), declared.line(),
                    new UnknownEncoding(declared.name()));
        }
        if (mark && !charset.equals(StandardCharsets.UTF_8)) {
            return refused(
                    latin1(bytes, start),
                    declared.line(),
                    new ContradictedEncoding(declared.name()));
        }
        return decode(bytes, start, charset, declared.name());
    }

    private static SourceText decode(byte[] bytes, int start, Charset charset, @Nullable String declared) {
        ByteBuffer input = ByteBuffer.wrap(bytes, start, bytes.length - start);
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(input);
            return new SourceText(oneLineEnd(text.toString()), null);
        } catch (CharacterCodingException e) {
            int bad = firstUndecodable(bytes, start, charset);
            return refused(
                    latin1(bytes, start),
                    lineOf(bytes, bad),
                    new InvalidByte(bad < bytes.length ? Byte.toUnsignedInt(bytes[bad]) : 0, declared));
        }
    }

    private static int firstUndecodable(byte[] bytes, int start, Charset charset) {
        ByteBuffer input = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer output = CharBuffer.allocate(8192);
        var decoder = charset.newDecoder();
        while (true) {
            var result = decoder.decode(input, output.clear(), true);
            if (!result.isOverflow()) {
                return input.position();
            }
        }
    }

    private static SourceText refused(String text, int line, SyntaxError error) {
        return new SourceText(text, new SyntaxProblem(line, error));
    }

    private static String latin1(byte[] bytes, int start) {
        return oneLineEnd(new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1));
    }

    private static String oneLineEnd(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private record Declared(String name, int line) {}

    /** Counts on the first line, or on the second where the first is blank or a comment. */
    private static @Nullable Declared declared(byte[] bytes, int start) {
        int from = start;
        for (int line = 1; line <= 2; line++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n' && bytes[to] != '\r') {
                to++;
            }
            // A declaration stands in a comment, so a first line of code (most files) costs no matching at all.
            String text = new String(bytes, from, Math.min(to - from, 4096), StandardCharsets.ISO_8859_1);
            if (!BLANK.matcher(text).matches()) {
                return null;
            }
            Matcher declaration = DECLARATION.matcher(text);
            if (declaration.matches()) {
                return new Declared(declaration.group(1), line);
            }
            from = to + (to + 1 < bytes.length && bytes[to] == '\r' && bytes[to + 1] == '\n' ? 2 : 1);
            if (from > bytes.length) {
                return null;
            }
        }
        return null;
    }

    /** Python's names for encodings are looser than Java's. */
    private static @Nullable Charset charset(String python) {
        String name = python.toLowerCase(Locale.ROOT).replace('_', '-');
        if (name.equals("utf-8") || name.startsWith("utf-8-") || name.equals("utf8")) {
            return StandardCharsets.UTF_8;
        }
        if (name.startsWith("latin-1") || name.startsWith("iso-latin-1") || name.startsWith("iso-8859-1-")) {
            return StandardCharsets.ISO_8859_1;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < Math.min(position, bytes.length); i++) {
            if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n'))) {
                line++;
            }
        }
        return line;
    }
}
