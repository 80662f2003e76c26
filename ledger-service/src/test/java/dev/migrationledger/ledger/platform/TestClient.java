package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Sends requests to a ledger on this machine. A {@link LedgerTest} gets one for its ledger by {@code @Autowired}. */
public final class TestClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A ledger that hangs fails the test that asks it, and says so. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Supplier<String> address;

    private TestClient(Supplier<String> address) {
        this.address = address;
    }

    /** For a ledger at an address such as {@code http://127.0.0.1:8080}. */
    public static TestClient at(String address) {
        return new TestClient(() -> address);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.get() + path)).timeout(LONGEST);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    /** An answer whose body may not end; who reads it closes it. */
    public HttpResponse<InputStream> stream(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** The status alone, also of an answer that does not end. */
    public int statusOf(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = stream(request);
        answer.body().close();
        return answer.statusCode();
    }

    /** The body of an answer with status 200. */
    public String body(String path) throws IOException, InterruptedException {
        return body(get(path));
    }

    /** Likewise, as a type of the contract. */
    public <T> T read(String path, Class<T> type) throws IOException, InterruptedException {
        return read(get(path), type);
    }

    /** The problem that is answered with this status. */
    public Problem problem(String path, int status) throws IOException, InterruptedException {
        return problem(get(path), status);
    }

    /** Sends JSON, with further headers: names and values in turn. */
    public HttpResponse<String> post(String path, byte[] json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public static <T> T read(HttpResponse<String> answer, Class<T> type) {
        return ContractJson.read(body(answer).getBytes(StandardCharsets.UTF_8), type);
    }

    public static Problem problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        Problem problem = ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), Problem.class);
        assertThat(problem.status()).isEqualTo(status);
        return problem;
    }

    private static String body(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Offers one to tests; the port is known when the ledger has started. */
    static final class Offer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getBeanFactory().registerSingleton("testClient", new TestClient(
                    () -> "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port")));
        }
    }
}
