package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ledger in a process of its own, started as people start it. */
final class LedgerProcess implements AutoCloseable {

    private static final Pattern OPEN = Pattern.compile("open (http://[0-9.]+:[0-9]+)/");

    private final Process process;
    private final Path output;

    private LedgerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static LedgerProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerService.class.getName(),
                "--server.port=0",
                "--ledger.embedded.version=" + TestDatabase.VERSION));
        command.addAll(List.of(arguments));
        // Into a file, because a full pipe stops the ledger.
        Path output = Files.createTempFile("ledger", ".log");
        return new LedgerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    }

    /** On an embedded PostgreSQL in the folder. */
    static LedgerProcess startIn(Path folder) throws IOException {
        shareProgramsWith(folder);
        return start("--ledger.embedded.data-dir=" + folder);
    }

    /** The tests' own server has unpacked PostgreSQL's programs; once is enough. */
    static void shareProgramsWith(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("programs"))) {
            Files.createDirectories(folder);
            Files.createSymbolicLink(
                    folder.resolve("programs"),
                    Path.of("target", "test-postgresql", "programs").toAbsolutePath());
        }
    }

    /** Where it listens, once it says so. */
    String address() throws IOException, InterruptedException {
        while (true) {
            boolean ended = !process.isAlive();
            Matcher open = OPEN.matcher(printed());
            if (open.find()) {
                return open.group(1);
            }
            if (ended) {
                throw new AssertionError("the ledger did not start:\n" + printed());
            }
            Thread.sleep(50);
        }
    }

    Receipt record(String address, long first, long last) throws IOException, InterruptedException {
        return TestClient.read(post(address, "killed", first, last), Receipt.class);
    }

    /** Sends a batch as agents do: again while the answer is 503. */
    Receipt recordInTheEnd(String address, String environment, long first, long last) throws Exception {
        try {
            return TestClient.read(Eventually.becomes("a batch is not answered with 503",
                    () -> post(address, environment, first, last), answer -> answer.statusCode() != 503),
                    Receipt.class);
        } catch (AssertionError hangs) {
            throw new AssertionError("the ledger printed:\n" + printed(), hangs);
        }
    }

    static HttpResponse<String> post(String address, String environment, long first, long last)
            throws IOException, InterruptedException {
        return TestClient.at(address).post("/api/v1/events",
                ContractJson.write(new EventBatch(SampleBatches.events("navbot", environment, first, last))));
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** As Ctrl-C does it. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    String printed() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.delete(output);
    }
}
