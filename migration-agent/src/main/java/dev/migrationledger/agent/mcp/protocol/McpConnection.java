package dev.migrationledger.agent.mcp.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One client on two streams: a message in each line. */
public final class McpConnection {

    /** Bytes of a message. What models ask is short. */
    static final int LARGEST = 1 << 20;

    /** So many calls of tools run at once; the next message waits. */
    private static final int AT_ONCE = 4;

    private final McpServer server;
    private final InputStream in;
    private final OutputStream out;
    private final Semaphore running = new Semaphore(AT_ONCE);

    public McpConnection(McpServer server, InputStream in, OutputStream out) {
        this.server = server;
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /** What one line is. */
    private sealed interface Line {
        record Text(String text) implements Line {}

        /** It was skipped. */
        record TooLong() implements Line {}
    }

    /**
     * Answers until the client closes its stream, and then until everything that was asked is answered.
     *
     * @throws IOException if a stream breaks
     */
    public void serve() throws IOException, InterruptedException {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Line line = next(); line != null; line = next()) {
                switch (line) {
                    case Line.TooLong _ -> send(McpServer.unreadable(
                            "A message has more than %d bytes; send a shorter one.".formatted(LARGEST)));
                    case Line.Text(String text) when text.isBlank() -> {
                        // Clients separate messages with empty lines.
                    }
                    case Line.Text(String text) -> {
                        Optional<JsonNode> message = McpServer.read(text);
                        if (message.isEmpty()) {
                            send(McpServer.unreadable("This line is not JSON; send one message in each line."));
                        } else if (McpServer.asksTool(message.get())) {
                            running.acquire();
                            calls.execute(() -> call(message.get()));
                        } else {
                            answer(message.get());
                        }
                    }
                }
            }
        }
    }

    private void call(JsonNode message) {
        try {
            answer(message);
        } catch (IOException e) {
            // The client is gone; reading says so, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.release();
        }
    }

    private void answer(JsonNode message) throws IOException, InterruptedException {
        Optional<String> answer = server.answer(message);
        if (answer.isPresent()) {
            send(answer.get());
        }
    }

    private void send(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** Absent at the end. */
    private @Nullable Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0 && !tooLong) {
                return null;
            }
            if (next < 0) {
                break;
            }
            if (line.size() < LARGEST) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
        return tooLong ? new Line.TooLong() : new Line.Text(line.toString(StandardCharsets.UTF_8));
    }
}
