package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.identity.AccessToken;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ledger's jar in a process of its own, on its embedded PostgreSQL in a folder of its own. */
final class LoadedLedger implements AutoCloseable {

    private static final Pattern DUE = Pattern.compile("\"due\":(\\d+)");
    private static final Pattern LINK = Pattern.compile("/sign-in\\?code=(\\S+)");
    private static final Pattern FORM = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final Process process;
    private final String address;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable String token;

    private LoadedLedger(Process process, String address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** @param settings further ones, as of a command line */
    static LoadedLedger start(Path jar, Path folder, String heap, String... settings) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--ledger.embedded.data-dir=" + folder.resolve("data"),
                "--management.endpoint.health.show-details=always",
                "--logging.level.dev.migrationledger=warn"));
        command.addAll(List.of(settings));
        Path log = folder.resolve("ledger.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        LoadedLedger ledger = new LoadedLedger(process, "http://127.0.0.1:" + port, log);
        while (!ledger.isUp()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the ledger did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ledger;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return http.send(request("/actuator/health/liveness"), HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest request(String path) {
        return to(path).build();
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Signs in by the link that the ledger logged, as its administrator; from now on requests carry an access token of an agent. */
    void signIn() throws Exception {
        // It is logged a little after the ledger answers.
        for (int i = 0; i < 100 && !LINK.matcher(Files.readString(log)).find(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        String code = first(LINK, Files.readString(log));
        try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            String form = browse(browser, "/sign-in", "", "");
            browse(browser, "/sign-in", "application/x-www-form-urlencoded",
                    "code=" + code + "&_csrf=" + URLEncoder.encode(first(FORM, form), StandardCharsets.UTF_8));
            String page = browse(browser, "/sign-in", "", "");
            token = ContractJson.read(browse(browser, "/api/v1/access-tokens", "application/json",
                    "{\"name\":\"benchmark\",\"role\":\"agent\"}", "X-CSRF-TOKEN", first(FORM, page))
                    .getBytes(StandardCharsets.UTF_8), AccessToken.class).value();
        }
    }

    private String browse(HttpClient browser, String path, String type, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (!type.isEmpty()) {
            request.header("Content-Type", type).POST(BodyPublishers.ofString(body));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in: " + text);
        }
        return found.group(1);
    }

    void post(byte[] batch) throws Exception {
        post("/api/v1/events", batch);
    }

    /**
     * Sends JSON.
     *
     * @param headers further ones: names and values in turn
     * @return the body of the answer
     */
    String post(String path, byte[] json, String... headers) throws Exception {
        HttpRequest.Builder request = to(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json));
        HttpResponse<String> answer = http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    /** An answer's bytes, and nanoseconds until the last of them was there. */
    Timed get(String path) throws Exception {
        HttpRequest request = request(path);
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        long nanos = System.nanoTime() - start;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return new Timed(nanos, answer.body().length);
    }

    /** Work that automations have to do, as health says. */
    int due() throws Exception {
        HttpResponse<String> answer = http.send(request("/actuator/health"), HttpResponse.BodyHandlers.ofString());
        List<MatchResult> due = DUE.matcher(answer.body()).results().toList();
        if (due.isEmpty()) {
            throw new IllegalStateException(answer.body());
        }
        return due.stream().mapToInt(one -> Integer.parseInt(one.group(1))).sum();
    }

    record Timed(long nanos, int bytes) {}

    /** Megabytes of live objects, after a collection. */
    String heapUsed() throws Exception {
        jcmd("GC.run");
        return jcmd("GC.heap_info").stream()
                .filter(line -> line.contains("used"))
                .findFirst()
                .orElse("?")
                .strip();
    }

    private List<String> jcmd(String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
                .start();
        try (var lines = jcmd.inputReader()) {
            return lines.lines().toList();
        }
    }

    /** Of the Java process and of its PostgreSQL, since their start. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(it -> it.info().totalCpuDuration().stream()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Of the Java process alone; PostgreSQL has its own. */
    String residentMemory() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("?")
                : "unknown on this system";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
