package dev.migrationledger.sample;

import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The ledger on embedded defaults, as a process. */
final class SampleLedger implements AutoCloseable {

    /** Two that look for a free port for PostgreSQL at once find the same one. */
    private static final ReentrantLock STARTING = new ReentrantLock();

    /** As Linux writes it. */
    private static final String ESTABLISHED = "01";

    private final SampleLayout layout;
    private final Path jar;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private List<String> settings;
    private SampleProcess process;

    private SampleLedger(SampleLayout layout, Path jar, SampleProcess process, int port, List<String> settings) {
        this.layout = layout;
        this.jar = jar;
        this.process = process;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param preferredPort taken if it is free, or else any other; 0: any
     */
    static SampleLedger start(SampleLayout layout, int preferredPort) throws IOException, InterruptedException {
        return start(layout, preferredPort, List.of());
    }

    /** Starts the executable jar itself, as a person does who has nothing else. */
    static SampleLedger startJar(SampleLayout layout) throws IOException, InterruptedException {
        return start(layout, layout.ledgerJar(), 0, List.of());
    }

    /**
     * Likewise.
     *
     * @param settings as on the command line
     */
    static SampleLedger start(SampleLayout layout, int preferredPort, List<String> settings)
            throws IOException, InterruptedException {
        sharePrograms(layout);
        return start(layout, layout.startedLedger(), preferredPort, settings);
    }

    /** The tests of the ledger have unpacked PostgreSQL's programs; once is enough. */
    private static void sharePrograms(SampleLayout layout) throws IOException {
        Path unpacked = layout.root().resolve("ledger-service/target/test-postgresql/programs");
        Path programs = layout.data().resolve("programs");
        if (Files.isDirectory(unpacked) && !Files.exists(programs)) {
            Files.createDirectories(layout.data());
            Files.createSymbolicLink(programs, unpacked);
        }
    }

    private static SampleLedger start(SampleLayout layout, Path jar, int preferredPort, List<String> settings)
            throws IOException, InterruptedException {
        STARTING.lockInterruptibly();
        try {
            int port = FreePort.find(preferredPort);
            SampleLedger ledger = new SampleLedger(layout, jar, process(layout, jar, port, settings), port,
                    settings);
            ledger.await();
            return ledger;
        } finally {
            STARTING.unlock();
        }
    }

    private static SampleProcess process(SampleLayout layout, Path jar, int port, List<String> settings)
            throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=" + port, "--ledger.embedded.data-dir=" + layout.data()));
        arguments.addAll(settings);
        return SampleProcess.start("ledger", jar, layout.logs(), arguments);
    }

    /**
     * Starts several at the same moment, on a PostgreSQL that runs.
     *
     * @param settings by where they have their files, as on the command line
     */
    static List<SampleLedger> startTogether(SequencedMap<SampleLayout, List<String>> settings)
            throws IOException, InterruptedException {
        STARTING.lockInterruptibly();
        List<SampleLedger> ledgers = new ArrayList<>();
        try {
            for (Map.Entry<SampleLayout, List<String>> one : settings.entrySet()) {
                Path jar = one.getKey().startedLedger();
                int port = FreePort.find();
                ledgers.add(new SampleLedger(one.getKey(), jar, process(one.getKey(), jar, port, one.getValue()), port,
                        one.getValue()));
            }
            for (SampleLedger ledger : ledgers) {
                ledger.await();
            }
            return ledgers;
        } catch (RuntimeException e) {
            ledgers.forEach(SampleLedger::close);
            throw e;
        } finally {
            STARTING.unlock();
        }
    }

    private void await() throws InterruptedException {
        try {
            process.await("the ledger to answer", () -> get("/actuator/health").isPresent());
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Stops it where it is: the system accepts connections for it, and it answers nothing. */
    void freeze() throws IOException, InterruptedException {
        ProcessOutput frozen = ProcessOutput.of(List.of("kill", "-STOP", Long.toString(process.pid())));
        if (frozen.exitCode() != 0) {
            throw new IllegalStateException(frozen.text());
        }
    }

    /** How many connections have something for it that it has not read. */
    long asked() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").flatMap(SampleLedger::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(it -> it[1].endsWith(":%04X".formatted(port)) && it[3].equals(ESTABLISHED)
                        && !it[4].endsWith(":00000000"))
                .count();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as a crash would; its PostgreSQL lives on, as it would. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again where it was. */
    void restart() throws IOException, InterruptedException {
        STARTING.lockInterruptibly();
        try {
            process = process(layout, jar, port, settings);
            await();
        } finally {
            STARTING.unlock();
        }
    }

    /** Stops it, and starts it again with other settings. In between, another one would take the port of its PostgreSQL. */
    void restart(List<String> others) throws IOException, InterruptedException {
        STARTING.lockInterruptibly();
        try {
            process.close();
            settings = others;
            restart();
        } finally {
            STARTING.unlock();
        }
    }

    SampleProcess process() {
        return process;
    }

    SampleServer databases() throws IOException {
        return SampleServer.of(layout);
    }

    String url() {
        return "http://127.0.0.1:" + port;
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

    @Override
    public void close() {
        process.close();
    }
}
