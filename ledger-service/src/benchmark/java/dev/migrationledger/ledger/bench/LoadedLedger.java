package dev.migrationledger.ledger.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ledger's jar in a process of its own, on its embedded PostgreSQL in a folder of its own. */
final class LoadedLedger implements AutoCloseable {

    private static final Pattern DUE = Pattern.compile("\"due\":(\\d+)");

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LoadedLedger(Process process, String address) {
        this.process = process;
        this.address = address;
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
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ledger.log").toFile())
                .start();
        LoadedLedger ledger = new LoadedLedger(process, "http://127.0.0.1:" + port);
        while (!ledger.isUp()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the ledger did not start:\n" + Files.readString(folder.resolve("ledger.log")));
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
        return HttpRequest.newBuilder(URI.create(address + path)).build();
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
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

    /** Projects that are due to be evaluated, as health says. */
    int due() throws Exception {
        HttpResponse<String> answer = http.send(request("/actuator/health"), HttpResponse.BodyHandlers.ofString());
        Matcher due = DUE.matcher(answer.body());
        if (!due.find()) {
            throw new IllegalStateException(answer.body());
        }
        return Integer.parseInt(due.group(1));
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
