package dev.migrationledger.faults;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.embedded.EmbeddedPostgres;
import dev.migrationledger.testsupport.machine.FreePort;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

/** All that runs: the ledger on its own PostgreSQL, a server with the databases, an agent for each of them. */
final class Machines implements AutoCloseable {

    static final String PROJECT = "faults";

    /** The agent sees the version table now and then. */
    static final String LOOKING = "looking";
    /** Captured by the owner of the database: by the trigger on the version table. */
    static final String OWNED = "owned";
    /** Captured by a superuser: with event triggers. */
    static final String EVENTS = "events";

    static final List<String> ENVIRONMENTS = List.of(LOOKING, OWNED, EVENTS);

    private static final String LEDGER = "ledger";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String OWNER = "app";
    private static final String WATCHER = "watcher";
    private static final String PASSWORD = "faults";
    private static final String VERSION = System.getProperty("ledger.embedded.version", "18.6.0");

    private final Path folder;
    private final Path root;
    private final Path configuration;
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedPostgres server;
    private final int port;
    private final Program ledger;
    private final Map<String, Program> agents = new LinkedHashMap<>();
    private final Map<String, Disk> disks = new HashMap<>();
    private final Map<String, FakedTime> clocks = new HashMap<>();
    private boolean answered;

    /** Starts everything; databases have an empty version table. */
    Machines(Path folder, Path configuration) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.configuration = configuration;
        Path given = Path.of(System.getProperty("sample.root", ".")).toAbsolutePath().normalize();
        // From a module's folder, or from the checkout's.
        root = Files.isDirectory(given.resolve("ledger-service")) ? given : given.resolve("..").normalize();
        addDisk(LEDGER, folder.resolve(LEDGER), 512);
        addClock(LEDGER);
        for (String name : ENVIRONMENTS) {
            addDisk(name, spool(name), 16);
            addClock(name);
        }
        shareProgramsWith(folder.resolve(LEDGER));
        shareProgramsWith(folder.resolve("server"));
        port = FreePort.find();
        server = EmbeddedPostgres.start(folder.resolve("server"), VERSION, Map.of());
        ledger = new Program(LEDGER, root.resolve("ledger-service/target/ledger-service.jar"), folder.resolve("logs"),
                environment(LEDGER),
                List.of("--server.port=" + port, "--ledger.embedded.data-dir=" + folder.resolve(LEDGER),
                        "--ledger.embedded.version=" + VERSION));
        ledger.start();
        execute("postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, PASSWORD),
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(WATCHER, PASSWORD));
        for (String name : ENVIRONMENTS) {
            execute("postgres", "CREATE DATABASE %s OWNER %s".formatted(name, OWNER));
            execute(name, "SET ROLE " + OWNER,
                    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)",
                    "GRANT SELECT ON alembic_version TO " + WATCHER);
        }
        capture(OWNED, OWNER, PASSWORD);
        capture(EVENTS, server.user(), server.password());
        awaitLedger();
        for (String name : ENVIRONMENTS) {
            Program agent = agent("agent-" + name, environment(name), "watch", "--ledger", "http://127.0.0.1:" + port,
                    "--project",
                    PROJECT,
                    "--environment", name, "--config", configuration.toString(),
                    "--database", url(name, WATCHER, PASSWORD), "--interval", "400ms",
                    "--spool", spool(name).toString());
            agents.put(name, agent);
            agent.start();
        }
        for (String name : ENVIRONMENTS) {
            await(name + " to be known", () -> rows(name).isPresent());
        }
    }

    private void addDisk(String name, Path mounted, int megabytes) throws IOException, InterruptedException {
        Optional<Disk> disk = Disk.mount(mounted, megabytes);
        disk.ifPresent(it -> disks.put(name, it));
    }

    private void addClock(String name) throws IOException {
        Optional<FakedTime> clock = FakedTime.at(folder.resolve("clocks").resolve(name));
        clock.ifPresent(it -> clocks.put(name, it));
    }

    private Map<String, String> environment(String name) {
        FakedTime clock = clocks.get(name);
        return clock == null ? Map.of() : clock.environment();
    }

    private Path spool(String name) {
        return folder.resolve("spool").resolve(name);
    }

    /** Faults that this machine does not allow. */
    Set<Fault> impossible() {
        Set<Fault> impossible = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if ((fault.fillsDisk() && disks.size() <= ENVIRONMENTS.size())
                    || (fault.movesClock() && clocks.isEmpty())) {
                impossible.add(fault);
            }
        }
        return impossible;
    }

    /** How far the clock of an environment's agent was off at any time. */
    Set<Duration> clockOffsets(String name) {
        FakedTime clock = clocks.get(name);
        return clock == null ? Set.of(Duration.ZERO) : clock.offsets();
    }

    /** The server of the ledger's own tests has unpacked PostgreSQL's programs; once is enough. */
    private void shareProgramsWith(Path home) throws IOException {
        Path unpacked = root.resolve("ledger-service/target/test-postgresql/programs");
        Files.createDirectories(home);
        if (Files.isDirectory(unpacked)) {
            Files.createSymbolicLink(home.resolve("programs"), unpacked);
        }
    }

    private Program agent(String name, Map<String, String> environment, String... arguments) {
        return new Program(name, root.resolve("migration-agent/target/migration-agent.jar"), folder.resolve("logs"),
                environment, List.of(arguments));
    }

    private void capture(String name, String user, String password) throws IOException, InterruptedException {
        Program install = agent("capture-" + name, Map.of(), "capture", "install", "--config", configuration.toString(),
                "--database", url(name, user, password), "--reader", WATCHER);
        install.start();
        if (install.await() != 0) {
            throw new AssertionError("capture was not installed: " + install.lastLines());
        }
    }

    private String url(String database, String user, String password) {
        return server.url(database).replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(user, password));
    }

    MigratedDatabase database(String name, FaultScripts scripts, Random random) {
        return new MigratedDatabase(name, server.url(name) + "?user=%s&password=%s".formatted(OWNER, PASSWORD), scripts,
                random);
    }

    private void execute(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(database), server.user(),
                server.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Waits until what a fault is done to runs. */
    void awaitTarget(Fault fault) throws IOException {
        switch (fault) {
            case LEDGER_KILLED, LEDGER_PAUSED, LEDGER_DISK_FULL -> awaitLedger();
            case LEDGER_SERVER_KILLED, LEDGER_SERVER_PAUSED ->
                await("the ledger's server", () -> Processes.server(folder.resolve(LEDGER)).isPresent());
            case LEDGER_SESSION_KILLED -> await("a session of the ledger",
                    () -> Processes.server(folder.resolve(LEDGER)).filter(it -> !Processes.sessions(it).isEmpty())
                            .isPresent());
            case WATCHED_SERVER_KILLED, WATCHED_SERVER_PAUSED ->
                await("the server", () -> Processes.server(folder.resolve("server")).isPresent());
            case WATCHED_SESSION_KILLED, WATCHED_SESSION_ENDED -> await("a session of the server",
                    () -> Processes.server(folder.resolve("server")).filter(it -> !Processes.sessions(it).isEmpty())
                            .isPresent());
            // Who starts with a full disk ends.
            case AGENT_DISK_FULL -> await("the agents' spools", this::agentsWatch);
            case AGENT_KILLED, AGENT_PAUSED, AGENT_CLOCK_MOVED, LEDGER_CLOCK_MOVED -> checkAlive();
        }
    }

    private boolean agentsWatch() throws IOException {
        for (Program agent : agents.values()) {
            if (!agent.hasPrinted("watching database=")) {
                return false;
            }
        }
        return true;
    }

    /** Does it; returns when a pause is over. */
    void strike(Fault fault, Random random) throws IOException, InterruptedException {
        String name = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
        Program agent = Objects.requireNonNull(agents.get(name));
        int pause = 1_000 + random.nextInt(2_000);
        switch (fault) {
            case AGENT_KILLED -> agent.kill();
            case AGENT_PAUSED -> pause(List.of(agent.pid()), pause);
            case LEDGER_KILLED -> {
                ledger.kill();
                answered = false;
            }
            case LEDGER_PAUSED -> pause(List.of(ledger.pid()), pause);
            case LEDGER_SERVER_KILLED, WATCHED_SERVER_KILLED -> {
                ProcessHandle running = running(fault);
                Processes.signal("KILL", List.of(running.pid()));
                // Else the next fault may find it, still dying.
                await("the end of the server that was killed", () -> !Processes.runs(running));
            }
            case LEDGER_SERVER_PAUSED, WATCHED_SERVER_PAUSED -> pause(Processes.all(running(fault)), pause);
            case LEDGER_SESSION_KILLED, WATCHED_SESSION_KILLED -> Processes.signal("KILL", session(fault, random));
            // What pg_terminate_backend sends.
            case WATCHED_SESSION_ENDED -> Processes.signal("TERM", session(fault, random));
            case AGENT_DISK_FULL -> fill(name, pause);
            case LEDGER_DISK_FULL -> fill(LEDGER, pause);
            case AGENT_CLOCK_MOVED -> Objects.requireNonNull(clocks.get(name)).move(random);
            case LEDGER_CLOCK_MOVED -> Objects.requireNonNull(clocks.get(LEDGER)).move(random);
        }
    }

    private void fill(String name, int millis) throws IOException {
        Disk disk = Objects.requireNonNull(disks.get(name));
        try {
            disk.fill();
            Pause.millis(millis);
        } finally {
            disk.free();
        }
    }

    private ProcessHandle running(Fault fault) throws IOException {
        Path home = folder.resolve(fault.name().startsWith("LEDGER") ? "ledger" : "server");
        // It may have ended since it was waited for; it is started again.
        await("the server in " + home, () -> Processes.server(home).isPresent());
        return Processes.server(home).orElseThrow(() -> new AssertionError("no server runs in " + home));
    }

    private List<Long> session(Fault fault, Random random) throws IOException {
        List<Long> sessions = Processes.sessions(running(fault));
        return sessions.isEmpty() ? List.of() : List.of(sessions.get(random.nextInt(sessions.size())));
    }

    private static void pause(List<Long> processes, int millis) throws IOException, InterruptedException {
        Processes.signal("STOP", processes);
        try {
            Pause.millis(millis);
        } finally {
            Processes.signal("CONT", processes);
        }
    }

    /** Starts what was killed and does not start by itself. */
    void startAgain() throws IOException {
        checkAlive();
        if (!ledger.runs()) {
            ledger.start();
        }
        for (Program agent : agents.values()) {
            if (!agent.runs()) {
                agent.start();
            }
        }
    }

    /** Fails if an agent or the ledger ended by itself. */
    void checkAlive() {
        ledger.checkAlive();
        agents.values().forEach(Program::checkAlive);
    }

    /** The rows of an environment's version table, as the ledger answers. */
    Optional<List<String>> rows(String environment) {
        return get("/api/v1/projects/" + PROJECT + "/environments/" + environment)
                .map(json -> ContractJson.read(json, EnvironmentReport.class))
                .map(EnvironmentReport::versionTable)
                .map(table -> table.rows());
    }

    private void awaitLedger() {
        await("the ledger", () -> answered || get("/actuator/health").isPresent());
        answered = true;
    }

    private Optional<byte[]> get(String path) {
        try {
            HttpResponse<byte[]> answer = http
                    .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    interface Condition {
        boolean met() throws IOException;
    }

    void await(String what, Condition condition) {
        Instant end = Instant.now().plus(PATIENCE);
        try {
            while (!condition.met()) {
                checkAlive();
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("waited %d s for %s; see %s%n%s".formatted(PATIENCE.toSeconds(), what,
                            folder.resolve("logs"), ledger.lastLines()));
                }
                Pause.millis(100);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the agents as an operator does. */
    void stopAgents() throws InterruptedException {
        for (Program agent : agents.values()) {
            int exit = agent.stop();
            if (exit != 0) {
                throw new AssertionError("an agent ended with exit code " + exit + ":\n" + agent.lastLines());
            }
        }
    }

    /** What agents reported, in the order of recording, read from the ledger's tables. */
    List<RecordedEvent> recorded() throws IOException, SQLException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("ledger/connection.properties"))) {
            properties.load(reader);
        }
        List<RecordedEvent> events = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(properties.getProperty("url"),
                properties.getProperty("user"),
                properties.getProperty("password"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT convert_from(metadata, 'UTF8'), convert_from(payload, 'UTF8') FROM ledger.event"
                                + " WHERE payload_type LIKE 'agent.%' ORDER BY global_index")) {
            while (row.next()) {
                String header = row.getString(1);
                String event = header.substring(0, header.length() - 1) + ",\"event\":" + row.getString(2) + "}";
                events.add(ContractJson.read(event.getBytes(StandardCharsets.UTF_8), RecordedEvent.class));
            }
        }
        return events;
    }

    /** What {@code rebuild-views --check} says beside the running ledger: its exit code and last lines. */
    String checkViews() throws IOException, InterruptedException {
        Program check = new Program("rebuild-views", root.resolve("ledger-service/target/ledger-service.jar"),
                folder.resolve("logs"),
                Map.of(), List.of("rebuild-views", "--check", "--ledger.embedded.data-dir=" + folder.resolve(LEDGER),
                        "--ledger.embedded.version=" + VERSION));
        check.start();
        int exit = check.await();
        return exit == 0 ? "equal" : "exit code " + exit + ":\n" + check.lastLines();
    }

    /** A ledger that runs ends its own server; leftovers are ended here. */
    @Override
    public void close() throws IOException {
        agents.values().forEach(Program::end);
        try {
            if (ledger.alive()) {
                ledger.stop();
            }
            Optional<ProcessHandle> left = Processes.server(folder.resolve(LEDGER));
            if (left.isPresent()) {
                Processes.signal("QUIT", List.of(left.get().pid()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ledger.end();
            server.close();
            http.close();
            for (Disk disk : disks.values()) {
                disk.close();
            }
        }
    }
}
