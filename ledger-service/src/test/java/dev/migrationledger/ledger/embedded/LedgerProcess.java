package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A ledger in a process of its own, started as people start it. */
final class LedgerProcess implements AutoCloseable {

    private static final Pattern OPEN = Pattern.compile("open (http://[0-9.]+:[0-9]+)/");

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder printed = new StringBuilder();

    private LedgerProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
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
        return new LedgerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
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
    String address() throws IOException {
        String line = output.readLine();
        for (; line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            Matcher open = OPEN.matcher(line);
            if (open.find()) {
                return open.group(1);
            }
        }
        throw new AssertionError("the ledger did not start:\n" + printed);
    }

    Receipt record(String address, long first, long last) throws IOException, InterruptedException {
        return TestClient.read(post(address, "killed", first, last), Receipt.class);
    }

    /** Sends a batch as agents do: again while the answer is 503. */
    Receipt recordInTheEnd(String address, String environment, long first, long last)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(address, environment, first, last);
        while (answer.statusCode() == 503) {
            Thread.sleep(100);
            answer = post(address, environment, first, last);
        }
        return TestClient.read(answer, Receipt.class);
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
    int exitCode() throws IOException, InterruptedException {
        for (@Nullable
        String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
        }
        return process.waitFor();
    }

    String printed() {
        return printed.toString();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
