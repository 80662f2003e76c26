package dev.migrationledger.agent.send.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Limits the time of an exchange and the size of its answer. Safe for several threads. */
final class BoundedHttpClient implements AutoCloseable {

    private final Duration timeout;
    private @Nullable HttpClient client;

    /** @param timeout of an exchange, from the connection to the last byte of the answer */
    BoundedHttpClient(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Sends a request. The JDK's own timeout ends with the headers of the answer; this one ends with its last byte.
     *
     * @param most bytes of the answer
     */
    HttpResponse<byte[]> send(HttpRequest request, long most) throws IOException, InterruptedException {
        HttpClient open = open();
        CompletableFuture<HttpResponse<byte[]>> answer = open
                .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            discard(open);
            throw new HttpTimeoutException("no whole answer");
        } catch (ExecutionException e) {
            discard(open);
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true); // closes the connection, unless all has come
        }
    }

    /** Sends a request for an answer of any size. Its headers come in the request's own time; who reads it takes the time that it needs. */
    HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
        return open().send(request, BodyHandlers.ofInputStream());
    }

    /** One for all threads; opened when it is needed first. */
    private synchronized HttpClient open() {
        HttpClient open = client;
        if (open == null) {
            // HTTP/1.1: one request at a time needs no more. Virtual threads, because a pool of its own would stay.
            open = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
            client = open;
        }
        return open;
    }

    /** The next request opens a new client: one whose selector thread ran out of memory never answers again. */
    private synchronized void discard(HttpClient failed) {
        if (failed.equals(client)) {
            client = null;
            failed.shutdown();
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
