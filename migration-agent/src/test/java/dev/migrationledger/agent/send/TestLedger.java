package dev.migrationledger.agent.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What an agent sees of a ledger: HTTP on loopback that keeps events in sequence, and can be made to answer otherwise. */
public final class TestLedger implements AutoCloseable {

    /** What is answered instead of what a ledger would. */
    public record Canned(int status, String body, Map<String, String> headers) {

        public static Canned status(int status) {
            return new Canned(status, "", Map.of());
        }

        static Canned problem(int status, String code, String detail) {
            return problem(status, code, detail, null);
        }

        static Canned problem(int status, String code, String detail, @Nullable Long expected) {
            return new Canned(
                    status,
                    ContractJson.pretty(new Problem("about:blank", "No", status, detail, code, null, expected)),
                    Map.of());
        }
    }

    private final HttpServer server;
    private final Deque<Canned> canned = new ArrayDeque<>();
    private final List<AgentEnvelope> events = new ArrayList<>();
    private final Map<UUID, Long> last = new HashMap<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private Predicate<AgentEnvelope> refuses = event -> false;
    private boolean loseReceipts;
    private @Nullable Canned always;
    private int requests;
    private String address = "";
    private String lastBody = "";

    public TestLedger() {
        this(0);
    }

    public TestLedger(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.createContext("/api/v1/heartbeat", this::heartbeat);
        server.start();
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer;
            int status;
            synchronized (this) {
                Heartbeat heartbeat = ContractJson.read(exchange.getRequestBody().readAllBytes(), Heartbeat.class);
                heartbeats.add(heartbeat);
                boolean known = !events.isEmpty();
                status = known ? 200 : 404;
                answer = ContractJson.write(known
                        ? new HeartbeatAnswer(last.getOrDefault(heartbeat.epoch(), 0L))
                        : new Problem("about:blank", "Not Found", 404, "Nothing is recorded.",
                                Heartbeat.UNKNOWN_ENVIRONMENT, null, null));
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Every heartbeat that came. */
    public synchronized List<Heartbeat> heartbeats() {
        return List.copyOf(heartbeats);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Of the last request, but for heartbeats. */
    public synchronized String lastAddress() {
        return address;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Everything recorded so far, in order. */
    public synchronized List<AgentEnvelope> events() {
        return List.copyOf(events);
    }

    synchronized int requests() {
        return requests;
    }

    /** What came with the last request. */
    public synchronized String lastBody() {
        return lastBody;
    }

    /** The sizes of all batches that came, refused ones included. */
    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** Every batch is answered like this from now on. */
    synchronized void alwaysAnswer(Canned answer) {
        always = answer;
    }

    /** The next requests are answered like this. */
    public synchronized void answer(Canned... answers) {
        canned.addAll(List.of(answers));
    }

    synchronized void refuse(Predicate<AgentEnvelope> events) {
        refuses = events;
    }

    /** Records, and breaks the connection instead of answering. */
    synchronized void loseReceipts(boolean lose) {
        loseReceipts = lose;
    }

    /** As after a restore from a backup. */
    public synchronized void forgetAfter(int recorded) {
        events.subList(recorded, events.size()).clear();
        last.clear();
        events.forEach(event -> last.put(event.epoch(), event.sequence()));
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Canned answer = canned.isEmpty() ? always : canned.poll();
            requests++;
            address = exchange.getRequestURI().toString();
            lastBody = new String(body, java.nio.charset.StandardCharsets.UTF_8);
            if (answer == null) {
                answer = exchange.getRequestURI().getPath().equals("/api/v1/events")
                        ? recorded(exchange, body)
                        : Canned.problem(404, "unknown-project", "There is no such thing here.");
                if (loseReceipts) {
                    return;
                }
            }
            answer.headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Says what it cannot read, so that the agent logs it. */
    private Canned recorded(HttpExchange exchange, byte[] body) throws IOException {
        try {
            return record(exchange, body);
        } catch (WireException e) {
            return Canned.problem(400, "unreadable", String.valueOf(e.getMessage()));
        }
    }

    private Canned record(HttpExchange exchange, byte[] body) throws IOException {
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            return Canned.problem(415, "not-compressed", "The test expects gzip.");
        }
        byte[] json = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
        List<AgentEnvelope> batch = ContractJson.read(json, EventBatch.class).events();
        batches.add(batch.size());
        AgentEnvelope first = batch.getFirst();
        long known = last.getOrDefault(first.epoch(), 0L);
        if (first.sequence() > known + 1) {
            return new Canned(
                    409,
                    ContractJson.pretty(new Problem(
                            "about:blank", "Ahead", 409, "Events are missing.", "sequence-ahead", null, known + 1)),
                    Map.of());
        }
        if (batch.stream().anyMatch(refuses)) {
            return Canned.problem(422, "invalid", "The ledger does not like it.");
        }
        int recorded = 0;
        for (AgentEnvelope event : batch) {
            if (event.sequence() == last.getOrDefault(event.epoch(), 0L) + 1) {
                events.add(event);
                last.put(event.epoch(), event.sequence());
                recorded++;
            }
        }
        return new Canned(
                200,
                ContractJson.pretty(new Receipt(
                        recorded, batch.size() - recorded, last.getOrDefault(first.epoch(), 0L))),
                Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
