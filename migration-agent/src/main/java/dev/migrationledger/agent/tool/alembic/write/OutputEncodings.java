package dev.migrationledger.agent.tool.alembic.write;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code output_encoding}, by Python's names. */
final class OutputEncodings {

    private static final String MARK = "\ufeff";

    private OutputEncodings() {}

    static byte[] bytes(@Nullable String encoding, String text) throws NotWritten {
        String name = encoding == null ? "utf-8" : encoding.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        Charset charset = switch (name) {
            case "utf-8", "utf8", "u8", "utf-8-sig" -> StandardCharsets.UTF_8;
            case "ascii", "us-ascii" -> StandardCharsets.US_ASCII;
            case "latin-1", "latin1", "iso-8859-1", "iso8859-1" -> StandardCharsets.ISO_8859_1;
            case "cp1252", "windows-1252" -> Charset.forName("windows-1252");
            case "cp1251", "windows-1251" -> Charset.forName("windows-1251");
            default -> throw new NotWritten("'output_encoding = %s' is not known here.".formatted(encoding));
        };
        try {
            ByteBuffer bytes = charset.newEncoder()
                    .encode(CharBuffer.wrap(name.equals("utf-8-sig") ? MARK + text : text));
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            return all;
        } catch (CharacterCodingException e) {
            throw new NotWritten("The file cannot be written with 'output_encoding = %s'.".formatted(encoding));
        }
    }
}
