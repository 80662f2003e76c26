package dev.migrationledger.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between agents and a ledger. */
final class LedgerProxy implements AutoCloseable {

    /** They concern the two connections, not what passes. */
    private static final Set<String> OF_CONNECTIONS = Set.of("host", "connection", "content-length", "upgrade",
            "http2-settings", "transfer-encoding");

    /** What happens to what passes. */
    interface Interference {

        /** The body that the ledger gets instead. */
        default byte[] question(String path, byte[] body) throws IOException {
            return body;
        }

        /** Something is asked. */
        default void asked(String method, String path) {}

        /** The ledger has answered, and the agent does not have the answer yet. What fails here loses it. */
        default void answered(String path, int status) throws IOException, InterruptedException {}
    }

    private final String ledger;
    private final Interference interference;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private LedgerProxy(String ledger, Interference interference, HttpServer server) {
        this.ledger = ledger;
        this.interference = interference;
        this.server = server;
    }

    static LedgerProxy start(String ledger, Interference interference) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LedgerProxy proxy = new LedgerProxy(ledger, interference, server);
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::pass);
        server.start();
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            interference.asked(exchange.getRequestMethod(), path);
            byte[] body = interference.question(path, exchange.getRequestBody().readAllBytes());
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ledger + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> values.stream()
                    .filter(_ -> isOfMessage(name)).forEach(value -> request.header(name, value)));
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            interference.answered(path, answer.statusCode());
            answer.headers().map().forEach((name, values) -> {
                if (isOfMessage(name)) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            byte[] bytes = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOfMessage(String header) {
        return !OF_CONNECTIONS.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
