package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/migration-agent} with a program in place of Java that prints its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

    @TempDir
    Path temp;

    private Path launcher;
    private Path jar;

    @BeforeEach
    void install() throws IOException {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("a folder"));
        launcher = Files.copy(Path.of("bin/migration-agent"), folder.resolve("migration-agent"));
        jar = Files.createFile(folder.resolve("migration-agent.jar"));
        executable(launcher);
        executable(Files.writeString(Files.createDirectories(temp.resolve("bin")).resolve("java"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\"\n"));
    }

    @Test
    void watch_gets_a_small_heap() throws Exception {
        assertThat(words(Map.of(), "watch", "--label", "tier=not prod")).containsExactly("-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx256m", "-jar", jar.toString(), "watch", "--label",
                "tier=not prod");
    }

    @Test
    void what_ends_soon_is_compiled_lightly() throws Exception {
        assertThat(words(Map.of(), "doctor")).containsExactly("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
                jar.toString(), "doctor");
    }

    @Test
    void options_of_the_environment_come_last_and_win() throws Exception {
        assertThat(words(Map.of("MIGRATION_AGENT_OPTS", "-Xmx1g -Da=b"), "watch"))
                .containsSubsequence("-Xmx256m", "-Xmx1g", "-Da=b", "-jar");
    }

    @Test
    void a_link_finds_the_jar() throws Exception {
        launcher = Files.createSymbolicLink(temp.resolve("agent"), launcher);

        assertThat(words(Map.of(), "scan")).containsSubsequence("-jar", jar.toString(), "scan");
    }

    @Test
    void without_the_jar_it_says_so() throws Exception {
        Files.delete(jar);

        assertThat(words(Map.of(), "watch")).singleElement().asString()
                .isEqualTo(
                        "migration-agent.jar is missing in %s. Copy it there.".formatted(jar.getParent()));
    }

    private List<String> words(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MIGRATION_AGENT_OPTS");
        builder.environment().put("JAVA_HOME", temp.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
