package dev.migrationledger.sample;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The ledger on embedded defaults, two databases of the sample project, and an agent watching each. */
final class SampleRun implements AutoCloseable {

    static final String PROJECT = "navbot";
    static final List<String> ENVIRONMENTS = List.of("staging", "production");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SampleLayout layout;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SampleProcess> agents = new ArrayList<>();
    private final int port;
    private SampleProcess ledger;

    private SampleRun(SampleLayout layout, SampleProcess ledger, int port) {
        this.layout = layout;
        this.ledger = ledger;
        this.port = port;
    }

    /**
     * Starts the ledger and waits until it answers.
     *
     * @param preferredPort taken if it is free, or else any other; 0: any
     */
    static SampleRun startLedger(SampleLayout layout, int preferredPort) throws IOException, InterruptedException {
        int port = freePort(preferredPort);
        SampleRun run = new SampleRun(layout, ledgerProcess(layout, port), port);
        run.awaitLedger();
        return run;
    }

    private static SampleProcess ledgerProcess(SampleLayout layout, int port) throws IOException {
        return SampleProcess.start(
                "ledger",
                layout.ledgerJar(),
                layout.logs(),
                List.of("--server.port=" + port, "--ledger.embedded.data-dir=" + layout.data()));
    }

    private void awaitLedger() throws InterruptedException {
        try {
            await(ledger, "the ledger to answer", () -> get("/actuator/health").isPresent());
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /** Kills the ledger as a crash would; its PostgreSQL lives on, as it would. */
    void killLedger() throws InterruptedException {
        ledger.kill();
    }

    /** Starts the ledger again where it was. */
    void restartLedger() throws IOException, InterruptedException {
        ledger = ledgerProcess(layout, port);
        awaitLedger();
    }

    SampleServer databases() throws IOException {
        return SampleServer.of(layout);
    }

    /** Starts an agent that may read the version table of one database and nothing else. */
    SampleProcess watch(String environment, Duration interval) throws IOException {
        return watch(environment, interval, layout.alembicIni());
    }

    /** As {@link #watch(String, Duration)}, with the scripts of another project. */
    SampleProcess watch(String environment, Duration interval, Path config) throws IOException {
        SampleProcess agent = SampleProcess.start(
                "agent-" + environment,
                layout.agentJar(),
                layout.logs(),
                List.of(
                        "watch",
                        "--ledger", url(),
                        "--project", PROJECT,
                        "--environment", environment,
                        "--label", "tier=" + environment,
                        "--config", config.toString(),
                        "--database", databases().watchUrl(environment),
                        "--interval", interval.toMillis() + "ms",
                        "--spool", layout.spool(environment).toString()));
        agents.add(agent);
        return agent;
    }

    /** Lets a database itself write down who changes its version table. */
    void capture(String environment) throws IOException, InterruptedException {
        capture(environment, layout.alembicIni());
    }

    /** As {@link #capture(String)}, with another project's configuration. */
    void capture(String environment, Path config) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        command.addAll(List.of(
                "capture", "install",
                "--config", config.toString(),
                "--database", databases().ownerUrl(environment),
                "--reader", SampleServer.WATCHER));
        Process install = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (install.waitFor() != 0) {
            throw new IllegalStateException("capture could not be installed in " + environment + ":\n" + said);
        }
    }

    /** Waits until the ledger has heard of an environment's rows. */
    void awaitReport(SampleProcess agent, String environment) throws InterruptedException {
        await(agent, "the ledger to hear of " + environment,
                () -> report(environment).map(EnvironmentReport::versionTable).isPresent());
    }

    Optional<EnvironmentReport> report(String environment) {
        return get("/api/v1/projects/" + PROJECT + "/environments/" + environment)
                .map(json -> ContractJson.read(json, EnvironmentReport.class));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    SampleProcess ledger() {
        return ledger;
    }

    /** The body of a successful answer. */
    Optional<byte[]> get(String path) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void await(SampleProcess process, String what, BooleanSupplier happened)
            throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!happened.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        process + " ended while waiting for " + what + ":\n" + tail(process.log()));
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "waited " + PATIENCE.toSeconds() + " s for " + what + "; see " + process.log());
            }
            Thread.sleep(100);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    private static int freePort(int preferred) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(preferred, 1, loopback)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
                return socket.getLocalPort();
            }
        }
    }

    /** The agents first, so that the ledger still hears that they stop. */
    @Override
    public void close() {
        agents.forEach(SampleProcess::close);
        ledger.close();
    }
}
