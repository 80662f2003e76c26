package dev.migrationledger.faults;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.identity.AgentKey;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

/**
 * All that runs: two ledgers on the PostgreSQL that the first one starts, a Kafka broker, a server with the databases, an agent for each of
 * them. One agent sends over Kafka, and the others over HTTP, each to another ledger.
 */
final class Machines implements AutoCloseable {

    static final String PROJECT = "faults";

    /** The agent sees the version table now and then. */
    static final String LOOKING = "looking";
    /** Captured by the owner of the database: by the trigger on the version table. */
    static final String OWNED = "owned";
    /** Captured by a superuser: with event triggers. */
    static final String EVENTS = "events";

    static final List<String> ENVIRONMENTS = List.of(LOOKING, OWNED, EVENTS);

    /** Also the folder of its PostgreSQL. */
    private static final String LEDGER = "ledger";

    private static final String SECOND_LEDGER = "ledger-2";
    private static final String BROKER = "broker";
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
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Program> ledgers = new LinkedHashMap<>();
    private final Program broker;
    private final Map<String, Program> agents = new LinkedHashMap<>();
    private final Map<String, Disk> disks = new HashMap<>();
    private final Map<String, FakedTime> clocks = new HashMap<>();
    private final Set<String> answered = new HashSet<>();

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
        server = EmbeddedPostgres.start(folder.resolve("server"), VERSION, Map.of());
        ports.put(BROKER, FreePort.find());
        broker = new Program(BROKER, folder.resolve("logs"), Map.of(),
                BrokerFiles.command(folder.resolve(BROKER), port(BROKER), FreePort.find()));
        broker.start();
        startLedger(LEDGER, "--ledger.embedded.data-dir=" + folder.resolve(LEDGER),
                "--ledger.embedded.version=" + VERSION);
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
        awaitLedgers();
        Properties connection = connection();
        startLedger(SECOND_LEDGER, "--spring.datasource.url=" + connection.getProperty("url"),
                "--spring.datasource.username=" + connection.getProperty("user"),
                "--spring.datasource.password=" + connection.getProperty("password"));
        awaitLedgers();
        enroll();
        for (String name : ENVIRONMENTS) {
            Program agent = agent("agent-" + name, environment(name), arguments(name));
            agents.put(name, agent);
            agent.start();
        }
        for (String name : ENVIRONMENTS) {
            await(name + " to be known", () -> rows(name).isPresent());
        }
        keepCheckpoint();
    }

    private List<String> arguments(String name) {
        List<String> arguments = new ArrayList<>(List.of("watch", "--ledger",
                url(name.equals(EVENTS) ? SECOND_LEDGER : LEDGER), "--project", PROJECT, "--environment", name,
                "--config", configuration.toString(), "--database", url(name, WATCHER, PASSWORD), "--interval", "400ms",
                "--spool", spool(name).toString()));
        if (name.equals(OWNED)) {
            arguments.addAll(List.of("--kafka", "127.0.0.1:" + port(BROKER)));
        }
        return arguments;
    }

    private void startLedger(String name, String... settings) throws IOException {
        ports.put(name, FreePort.find());
        List<String> arguments = new ArrayList<>(List.of("--server.port=" + port(name),
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + port(BROKER), "--ledger.kafka.partitions=3"));
        arguments.addAll(List.of(settings));
        Program ledger = Program.ofJar(name, root.resolve("ledger-service/target/ledger-service.jar"),
                folder.resolve("logs"), environment(name), arguments);
        ledgers.put(name, ledger);
        ledger.start();
    }

    private int port(String name) {
        return Objects.requireNonNull(ports.get(name));
    }

    private String url(String ledger) {
        return "http://127.0.0.1:" + port(ledger);
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    /** Over Kafka, a ledger takes only what the key of an agent signed. */
    private void enroll() throws IOException, InterruptedException {
        byte[] wanted = ContractJson.write(new AgentKey.CodeWanted(PROJECT, OWNED, null, null));
        String code = ContractJson.read(http.send(HttpRequest.newBuilder(
                URI.create(url(LEDGER) + "/api/v1/agents/enrolment-codes")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(wanted)).build(),
                HttpResponse.BodyHandlers.ofByteArray()).body(), AgentKey.Code.class).value();
        Program enroll = agent("enroll", Map.of(), List.of("enroll", "--ledger", url(LEDGER), "--code", code, "--agent",
                "db-1", "--key", key().toString()));
        enroll.start();
        if (enroll.await() != 0) {
            throw new AssertionError("the agent was not enrolled: " + enroll.lastLines());
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
        Map<String, String> variables = new HashMap<>(clock == null ? Map.of() : clock.environment());
        // Else it would sign over HTTP, too, with a key that is not for its environment.
        variables.put("MIGRATION_LEDGER_KEY", (name.equals(OWNED) ? key() : folder.resolve("no-key.pem")).toString());
        return variables;
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

    private Program agent(String name, Map<String, String> environment, List<String> arguments) {
        return Program.ofJar(name, root.resolve("migration-agent/target/migration-agent.jar"), folder.resolve("logs"),
                environment, arguments);
    }

    private void capture(String name, String user, String password) throws IOException, InterruptedException {
        Program install = agent("capture-" + name, Map.of(), List.of("capture", "install", "--config",
                configuration.toString(), "--database", url(name, user, password), "--reader", WATCHER));
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
            case LEDGER_KILLED, LEDGER_PAUSED, LEDGER_DISK_FULL, BROKER_KILLED, BROKER_PAUSED -> awaitLedgers();
            // A ledger that starts without its database ends.
            case LEDGER_SERVER_KILLED, LEDGER_SERVER_PAUSED -> {
                awaitLedgers();
                await("the ledgers' server", () -> Processes.server(folder.resolve(LEDGER)).isPresent());
            }
            case LEDGER_SESSION_KILLED -> {
                awaitLedgers();
                await("a session of the ledgers", () -> Processes.server(folder.resolve(LEDGER))
                        .filter(it -> !Processes.sessions(it).isEmpty()).isPresent());
            }
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
        String struck = random.nextBoolean() ? LEDGER : SECOND_LEDGER;
        Program ledger = Objects.requireNonNull(ledgers.get(struck));
        int pause = 1_000 + random.nextInt(2_000);
        switch (fault) {
            case AGENT_KILLED -> agent.kill();
            case AGENT_PAUSED -> pause(List.of(agent.pid()), pause);
            case LEDGER_KILLED -> {
                ledger.kill();
                answered.remove(struck);
            }
            case BROKER_KILLED -> broker.kill();
            case BROKER_PAUSED -> pause(List.of(broker.pid()), pause);
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
        for (Program program : programs()) {
            if (!program.runs()) {
                program.start();
            }
        }
    }

    /** In the order in which they need each other. */
    private List<Program> programs() {
        List<Program> all = new ArrayList<>(List.of(broker));
        all.addAll(ledgers.values());
        all.addAll(agents.values());
        return all;
    }

    /** Fails if one ended by itself. */
    void checkAlive() {
        programs().forEach(Program::checkAlive);
    }

    /** The rows of an environment's version table, as the ledger answers. */
    Optional<List<String>> rows(String environment) {
        return get(LEDGER, "/api/v1/projects/" + PROJECT + "/environments/" + environment)
                .map(json -> ContractJson.read(json, EnvironmentReport.class))
                .map(EnvironmentReport::versionTable)
                .map(table -> table.rows());
    }

    private void awaitLedgers() {
        for (String ledger : ledgers.keySet()) {
            await(ledger, () -> answered.contains(ledger) || get(ledger, "/actuator/health").isPresent());
            answered.add(ledger);
        }
    }

    private Optional<byte[]> get(String ledger, String path) {
        try {
            HttpResponse<byte[]> answer = http
                    .send(HttpRequest.newBuilder(URI.create(url(ledger) + path))
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
                            folder.resolve("logs"), ledgers.values().stream().map(Program::lastLines).toList()));
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

    private Properties connection() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("ledger/connection.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    /** What agents reported, in the order of recording, read from the ledger's tables. */
    List<RecordedEvent> recorded() throws IOException, SQLException {
        Properties properties = connection();
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
        Program check = Program.ofJar("rebuild-views", root.resolve("ledger-service/target/ledger-service.jar"),
                folder.resolve("logs"),
                Map.of(), List.of("rebuild-views", "--check", "--ledger.embedded.data-dir=" + folder.resolve(LEDGER),
                        "--ledger.embedded.version=" + VERSION));
        check.start();
        int exit = check.await();
        return exit == 0 ? "equal" : "exit code " + exit + ":\n" + check.lastLines();
    }

    /** Keeps what the evidence log is now, as an auditor does. */
    private void keepCheckpoint() throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(URI.create(url(LEDGER) + "/api/v1/log/checkpoints"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding());
        Files.write(checkpoint(), get(LEDGER, "/api/v1/log/checkpoint").orElseThrow());
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.txt");
    }

    /**
     * Whether the evidence log has every recorded event and only grew since the beginning, as {@code audit verify} finds out from an export: its exit
     * code and last lines.
     */
    String checkLog() throws IOException, InterruptedException {
        Path export = Files.write(folder.resolve("export.ndjson"),
                get(SECOND_LEDGER, "/api/v1/audit/export").orElseThrow());
        String key = new String(get(LEDGER, "/api/v1/log/key").orElseThrow(), StandardCharsets.UTF_8).strip();
        String size = Files.readAllLines(checkpoint()).get(1);
        Path proof = Files.write(folder.resolve("proof.json"),
                get(LEDGER, "/api/v1/log/proof/consistency?first=" + size).orElseThrow());
        Program verify = agent("verify", Map.of(), List.of("audit", "verify", export.toString(), "--key", key,
                "--checkpoint", checkpoint().toString(), "--proof", proof.toString()));
        verify.start();
        int exit = verify.await();
        return exit == 0 ? "consistent" : "exit code " + exit + ":\n" + verify.lastLines();
    }

    /** The ledger that started the PostgreSQL of both ends it; leftovers are ended here. */
    @Override
    public void close() throws IOException {
        agents.values().forEach(Program::end);
        try {
            for (String name : List.of(SECOND_LEDGER, LEDGER)) {
                Program ledger = ledgers.get(name);
                if (ledger != null && ledger.alive()) {
                    ledger.stop();
                }
            }
            Optional<ProcessHandle> left = Processes.server(folder.resolve(LEDGER));
            if (left.isPresent()) {
                Processes.signal("QUIT", List.of(left.get().pid()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ledgers.values().forEach(Program::end);
            broker.end();
            server.close();
            http.close();
            for (Disk disk : disks.values()) {
                disk.close();
            }
        }
    }
}
