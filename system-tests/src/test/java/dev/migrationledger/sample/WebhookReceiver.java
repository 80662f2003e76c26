package dev.migrationledger.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A receiver of webhooks that takes its time before it answers. */
final class WebhookReceiver implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Duration time;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /**
     * A message.
     *
     * @param webhook the path of its address
     */
    record Received(String webhook, String id, WebhookMessage message) {}

    WebhookReceiver(Duration time) throws IOException {
        this.time = time;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        received.add(new Received(exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                ContractJson.read(exchange.getRequestBody().readAllBytes(), WebhookMessage.class)));
        LockSupport.parkNanos(time.toNanos());
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    String url(String webhook) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), webhook);
    }

    /** All messages until now. */
    List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
