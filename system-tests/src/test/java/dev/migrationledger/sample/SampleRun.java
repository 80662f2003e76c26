package dev.migrationledger.sample;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A project of the ledger: two databases, and an agent watching each. */
final class SampleRun implements AutoCloseable {

    static final String PROJECT = "navbot";
    static final List<String> ENVIRONMENTS = List.of("staging", "production");

    /** How often tests' agents poll. */
    static final Duration OFTEN = Duration.ofMillis(500);

    private final SampleLedger ledger;
    private final SampleLayout layout;
    private final String project;
    private final SampleServer databases;
    private final List<SampleProcess> agents = new ArrayList<>();

    /** The sample itself, whose databases are called as its environments. */
    SampleRun(SampleLedger ledger, SampleLayout layout) throws IOException {
        this(ledger, layout, PROJECT, ledger.databases());
    }

    /**
     * A project beside others.
     *
     * @param layout where its agents have their files
     * @param databases where each environment has a database of its name
     */
    SampleRun(SampleLedger ledger, SampleLayout layout, String project, SampleServer databases) {
        this.ledger = ledger;
        this.layout = layout;
        this.project = project;
        this.databases = databases;
    }

    String project() {
        return project;
    }

    SampleLedger ledger() {
        return ledger;
    }

    String url() {
        return ledger.url();
    }

    SampleServer databases() {
        return databases;
    }

    /** The body of a successful answer to a request below the project. */
    Optional<byte[]> get(String path) {
        return ledger.get("/api/v1/projects/" + project + path);
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
                        "--project", project,
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
        ProcessOutput install = ProcessOutput.of(command);
        if (install.exitCode() != 0) {
            throw new IllegalStateException(
                    "capture could not be installed in " + environment + ":\n" + install.text());
        }
    }

    /** Waits until the ledger knows an environment's rows. */
    void awaitReport(SampleProcess agent, String environment) throws InterruptedException {
        agent.await("the ledger to hear of " + environment,
                () -> report(environment).map(EnvironmentReport::versionTable).isPresent());
    }

    /** Waits for a report that says so. */
    EnvironmentReport awaitReport(String environment, Predicate<EnvironmentReport> says) throws Exception {
        return Eventually.becomes("the report of " + environment, () -> report(environment),
                report -> report.filter(says).isPresent()).orElseThrow();
    }

    /** Waits for a report with these rows of the version table. */
    EnvironmentReport awaitRows(String environment, String... rows) throws Exception {
        return awaitReport(environment, report -> report.versionTable() != null
                && report.versionTable().rows().equals(List.of(rows)));
    }

    Optional<EnvironmentReport> report(String environment) {
        return get("/environments/" + environment).map(json -> ContractJson.read(json, EnvironmentReport.class));
    }

    /** Ends the agents, while the ledger still hears that they stop. */
    @Override
    public void close() {
        agents.forEach(SampleProcess::close);
    }
}
