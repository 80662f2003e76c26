package dev.migrationledger.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent's archive, as it is unpacked on a machine without containers. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ArchiveIT {

    private static final Path MODULE = Path.of("..", "migration-agent").toAbsolutePath().normalize();

    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    /** In tenths of a point: systemd rates services from 0 to 10, and this one 1.3. */
    private static final int EXPOSURE = 15;

    @TempDir
    private static Path temp;

    private static Path agent;

    @BeforeAll
    static void it_is_unpacked() throws Exception {
        Path archive = newest(MODULE.resolve("target"), "migration-agent-.*\\.tar\\.gz");
        run("tar", "--extract", "--gzip", "--file", archive.toString(), "--directory", temp.toString());
        agent = newest(temp, "migration-agent-.*");
    }

    @Test
    void it_runs_with_a_java_of_the_machine() throws Exception {
        ProcessBuilder version = new ProcessBuilder(agent.resolve("bin/migration-agent").toString(), "--version");
        version.environment().put("JAVA_HOME", System.getProperty("java.home"));

        ProcessOutput output = ProcessOutput.of(version);

        assertThat(output.exitCode()).as(output.text()).isZero();
        // A release also names its commit.
        assertThat(output.text()).startsWith(agent.getFileName().toString().replace("agent-", "agent "));
        assertThat(agent.resolve("LICENSE")).exists();
    }

    @Test
    void it_speaks_english_on_a_machine_of_another_language() throws Exception {
        ProcessBuilder watch = new ProcessBuilder(agent.resolve("bin/migration-agent").toString(), "watch",
                "--ledger=http://127.0.0.1:1", "--project=shop", "--environment=staging", "--scripts=" + temp,
                "--database=postgresql://reader@127.0.0.1:1/shop", "--spool=" + temp.resolve("spool"),
                "--label=" + "x".repeat(5_000) + "=1");
        watch.environment().put("JAVA_HOME", System.getProperty("java.home"));
        watch.environment().put("JAVA_OPTS", "-Duser.language=de");

        assertThat(ProcessOutput.of(watch).text()).contains("has 5,000 characters; use at most 1,000.");
    }

    @Test
    void systemd_knows_all_of_its_unit_and_finds_it_safe() throws Exception {
        Requirement.met(Files.isExecutable(ANALYZE), "systemd-analyze is missing; install systemd");
        Path unit = temp.resolve("migration-agent@.service");
        Files.writeString(unit, Files.readString(agent.resolve("systemd/migration-agent@.service"))
                .replace("/opt/migration-agent", agent.toString()));

        assertThat(run(ANALYZE.toString(), "verify", "--man=no", unit.toString())).isEmpty();
        run(ANALYZE.toString(), "security", "--no-pager", "--offline=true", "--threshold=" + EXPOSURE, unit.toString());
    }

    private static String run(String... command) throws Exception {
        ProcessOutput output = ProcessOutput.of(List.of(command));
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }

    private static Path newest(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified())).orElseThrow();
        }
    }
}
