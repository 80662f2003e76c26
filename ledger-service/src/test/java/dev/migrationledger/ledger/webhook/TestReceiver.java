package dev.migrationledger.ledger.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/** A receiver that keeps what it gets, and answers as a test wants. */
final class TestReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Received> status = _ -> 204;

    /** A request that it got. */
    record Received(String path, String id, String timestamp, String signature, String body) {
        WebhookMessage message() {
            return ContractJson.read(body.getBytes(StandardCharsets.UTF_8), WebhookMessage.class);
        }
    }

    TestReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        Received received = new Received(exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        all.add(received);
        exchange.sendResponseHeaders(status.applyAsInt(received), -1);
        exchange.close();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(ToIntFunction<Received> how) {
        status = how;
    }

    /** What it got since this was called last. */
    List<Received> next() {
        List<Received> got = List.copyOf(all);
        all.clear();
        return got;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
