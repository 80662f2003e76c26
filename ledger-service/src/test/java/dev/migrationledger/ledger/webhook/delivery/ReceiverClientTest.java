package dev.migrationledger.ledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real receivers, the good one and all others. */
class ReceiverClientTest {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** Where an answer is expected, on a machine that is busy with other tests. */
    private static final Duration PATIENCE_OF_TESTS = Duration.ofSeconds(30);

    private static final byte[] BODY = "{\"text\":\"å\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_message_arrives_as_it_was_sent() throws Exception {
        AtomicReference<String> got = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            got.set("%s %s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Host"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(client(SSLContext.getDefault(), PATIENCE_OF_TESTS)
                    .post(URI.create("http://127.0.0.1:" + port + "/a/b?c=d%20e"), Map.of("webhook-id", "msg_1"), BODY))
                    .isEqualTo(new ReceiverAnswer(true, "status 204", Duration.ZERO));
            assertThat(got).hasValue(
                    "POST /a/b?c=d%%20e msg_1 application/json 127.0.0.1:%d {\"text\":\"å\"}".formatted(port));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_error_is_a_failure_with_its_status_and_the_pause_that_it_asks_for() throws Exception {
        assertThat(answering("HTTP/1.1 500 Broken\r\n\r\n")).isEqualTo(ReceiverAnswer.failed("status 500"));
        assertThat(answering("HTTP/1.1 429 Too Many\r\nRetry-After: 90\r\n\r\n"))
                .isEqualTo(new ReceiverAnswer(false, "status 429", Duration.ofSeconds(90)));
        assertThat(answering("HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n"))
                .isEqualTo(ReceiverAnswer.failed("status 503"));
    }

    @Test
    void a_redirect_is_not_followed_and_only_its_origin_is_named() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            followed.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        target.start();
        try {
            String origin = "http://127.0.0.1:" + target.getAddress().getPort();
            for (int status : new int[]{301, 302, 307, 308}) {
                assertThat(answering("HTTP/1.1 %d Moved\r\nLocation: %s/s3cret?a=b\r\n\r\n".formatted(status, origin)))
                        .isEqualTo(ReceiverAnswer.failed("status %d, which redirects to %s: redirects are not followed"
                                .formatted(status, origin)));
            }
            assertThat(followed).hasValue(0);
        } finally {
            target.stop(0);
        }
        assertThat(answering("HTTP/1.1 302 Moved\r\nLocation: /elsewhere\r\n\r\n").words())
                .contains("redirects to the same host");
    }

    @Test
    void an_interim_answer_is_none() throws Exception {
        assertThat(answering("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n").words())
                .isEqualTo("status 200");
    }

    @Test
    void what_is_not_http_is_no_answer() throws Exception {
        String none = "the connection ended without an answer in HTTP";
        assertThat(answering("").words()).isEqualTo(none);
        assertThat(answering("HTTP/1.1 200 OK\r\n").words()).isEqualTo(none);
        assertThat(answering("SSH-2.0-OpenSSH_9.2\r\n\r\n").words()).isEqualTo(none);
        assertThat(answering("HTTP/1.1 200 OK\r\nA: " + "b".repeat(100_000) + "\r\n\r\n").words()).isEqualTo(none);
    }

    @Test
    void a_receiver_that_hangs_or_dribbles_or_takes_nothing_is_given_up_in_time() throws Exception {
        assertThat(timed(socket -> Thread.sleep(10_000), BODY)).isEqualTo("no answer within 1 s");
        assertThat(timed(socket -> {
            OutputStream out = socket.getOutputStream();
            for (byte one : "HTTP/1.1 200 OK\r\nServer: slow and steady\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
                out.write(one);
                out.flush();
                Thread.sleep(300);
            }
        }, BODY)).isEqualTo("no answer within 1 s");
        // More than the buffers of both sides take.
        assertThat(timed(socket -> Thread.sleep(10_000), new byte[32 << 20])).isEqualTo("no answer within 1 s");
    }

    private static String timed(Behaviour behaviour, byte[] body) throws Exception {
        long start = System.nanoTime();
        String words = answer(behaviour, body, PATIENCE).words();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE.minusMillis(100),
                PATIENCE.plusSeconds(8));
        return words;
    }

    @Test
    void a_receiver_that_is_away_is_no_answer() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(client(SSLContext.getDefault()).post(URI.create("http://127.0.0.1:" + port), Map.of(), BODY).words())
                .startsWith("cannot connect: ");
        assertThat(client(SSLContext.getDefault()).post(URI.create("https://no-such-host.invalid/"), Map.of(), BODY)
                .words()).isEqualTo("no address of no-such-host.invalid is known");
    }

    @Test
    void a_name_that_has_an_internal_address_is_not_called() throws Exception {
        try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            inside.setSoTimeout(300);
            assertThat(new ReceiverClient(new ReceiverAddress(List.of()), SSLContext.getDefault(), PATIENCE)
                    .post(URI.create("https://localhost:" + inside.getLocalPort()), Map.of(), BODY).words())
                    .endsWith(
                            "is an internal address. To call it, list 'localhost' in ledger.webhooks.internal-hosts.");
            assertThat(accepts(inside)).as("it was called").isFalse();
        }
    }

    private static boolean accepts(ServerSocket server) throws IOException {
        try (Socket called = server.accept()) {
            return called.isConnected();
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void a_certificate_has_to_be_trusted_and_of_the_host(@TempDir Path folder) throws Exception {
        SSLContext mine = context(folder, "localhost");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(mine));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(client(mine, PATIENCE_OF_TESTS).post(URI.create("https://localhost:" + port), Map.of(), BODY)
                    .words())
                    .isEqualTo("status 200");
            assertThat(client(mine, PATIENCE_OF_TESTS).post(URI.create("https://127.0.0.1:" + port), Map.of(), BODY)
                    .words())
                    .as("another name").startsWith("TLS failed: ");
            assertThat(client(SSLContext.getDefault(), PATIENCE_OF_TESTS)
                    .post(URI.create("https://localhost:" + port), Map.of(), BODY)
                    .words()).as("no known authority").startsWith("TLS failed: ");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext context(Path folder, String host) throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host, "-storetype",
                "PKCS12", "-keystore", store.toString(), "-storepass", "changeit", "-alias", "a")
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private interface Behaviour {
        void run(Socket socket) throws IOException, InterruptedException;
    }

    /** The answer when a receiver reads the request and then sends this. */
    private static ReceiverAnswer answering(String text) throws Exception {
        return answer(socket -> {
            InputStream in = socket.getInputStream();
            byte[] request = new byte[0];
            while (!new String(request, StandardCharsets.UTF_8).endsWith("\"å\"}")) {
                byte[] more = new byte[request.length + 1];
                System.arraycopy(request, 0, more, 0, request.length);
                more[request.length] = (byte) in.read();
                request = more;
            }
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }, BODY, PATIENCE_OF_TESTS);
    }

    private static ReceiverAnswer answer(Behaviour behaviour, byte[] body, Duration patience) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    behaviour.run(socket);
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt(); // The client hung up.
                }
            });
            return client(SSLContext.getDefault(), patience)
                    .post(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), body);
        }
    }

    private static ReceiverClient client(SSLContext tls) {
        return client(tls, PATIENCE);
    }

    private static ReceiverClient client(SSLContext tls, Duration patience) {
        return new ReceiverClient(new ReceiverAddress(List.of("127.0.0.1", "localhost")), tls, patience);
    }
}
