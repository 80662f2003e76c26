package dev.migrationledger.ledger.ingest.http;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.ledger.problem.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads a request's body, inflated where it was compressed, and never more of it than a batch may have. */
public final class RequestBody {

    private RequestBody() {}

    private static final int PIECE = 64 * 1024;

    /**
     * The body's bytes.
     *
     * @param encoding the request's {@code Content-Encoding}; null where it has none
     * @param share weighs what is read, inflated, while it is read
     * @throws Refusal if it is too large, broken, or compressed in a way the ledger does not know, or if the bodies of other
     *     requests leave no room for it now
     */
    public static byte[] read(InputStream body, @Nullable String encoding, BodyBudget.Share share) {
        try (InputStream plain = inflated(body, encoding)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE);
            byte[] piece = new byte[PIECE];
            for (int read = plain.read(piece); read >= 0; read = plain.read(piece)) {
                if (bytes.size() + read > EventBatch.MAX_BYTES) {
                    throw tooLarge(EventBatch.MAX_BYTES);
                }
                share.add(read);
                bytes.write(piece, 0, read);
            }
            return bytes.toByteArray();
        } catch (ZipException | EOFException e) {
            throw malformed("Content-Encoding is gzip, but the body is not valid gzip: " + e.getMessage());
        } catch (IOException e) {
            throw malformed("The ledger could not read the whole body: " + e.getMessage());
        }
    }

    private static InputStream inflated(InputStream body, @Nullable String encoding) throws IOException {
        return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> new GZIPInputStream(body, 8192);
            default ->
                throw new Refusal(Refusal.problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-encoding",
                        "Content-Encoding '%s' is not supported; use gzip or none.".formatted(encoding),
                        null));
        };
    }

    static Refusal tooLarge(long most) {
        return new Refusal(Refusal.problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "The batch has more than %,d bytes of JSON; send fewer events at once."
                        .formatted(most),
                null));
    }

    private static Refusal malformed(String detail) {
        return new Refusal(Refusal.problem(HttpStatus.BAD_REQUEST, "malformed", detail, null));
    }
}
