package dev.migrationledger.agent.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A batch of events as it is signed and sent. */
public final class BatchJson {

    private BatchJson() {}

    /**
     * JSON of a batch.
     *
     * @param envelopes JSON of each event, in sequence
     */
    public static byte[] of(List<byte[]> envelopes, Instant sentAt) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"events\":[".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < envelopes.size(); i++) {
            if (i > 0) {
                json.write(',');
            }
            json.writeBytes(envelopes.get(i));
        }
        json.writeBytes("],\"sentAt\":\"%s\"}".formatted(sentAt).getBytes(StandardCharsets.US_ASCII));
        return json.toByteArray();
    }

    /** The same, compressed by gzip. */
    public static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream json = new GZIPOutputStream(bytes)) {
            json.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
