package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.AotCache;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
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

    /** A command would have a cache made in the background, which may outlive the test. */
    private static final Map<String, String> NO_CACHE = Map.of("MIGRATION_AGENT_CACHE", "off");

    private Path launcher;
    private Path jar;
    private Path cacheFolder;
    private int exit;

    @BeforeEach
    void install() throws IOException {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("a folder"));
        launcher = Files.copy(Path.of("bin/migration-agent"), folder.resolve("migration-agent"));
        jar = Files.createFile(folder.resolve("migration-agent.jar"));
        executable(launcher);
        executable(Files.writeString(Files.createDirectories(temp.resolve("bin")).resolve("java"), """
                #!/bin/sh
                case $* in
                *AotCache*) echo "$@" >"$0.made" ;;
                *) printf '%s\\n' "$@" ;;
                esac
                exit 7
                """));
        Files.writeString(Files.createDirectories(temp.resolve("lib")).resolve("modules"), "modules");
        Files.writeString(temp.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.3\"\n");
        cacheFolder = temp.toRealPath().resolve("a cache");
    }

    @Test
    void watch_gets_a_small_heap() throws Exception {
        assertThat(words(Map.of(), "watch", "--label", "tier=not prod")).containsExactly("-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx256m", "-jar", jar.toString(), "watch", "--label",
                "tier=not prod");
    }

    @Test
    void what_ends_soon_is_compiled_lightly() throws Exception {
        assertThat(words(NO_CACHE, "doctor")).containsExactly("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
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

        assertThat(words(NO_CACHE, "scan")).containsSubsequence("-jar", jar.toString(), "scan");
    }

    @Test
    void an_archive_has_the_jar_in_another_folder() throws Exception {
        jar = Files.move(jar, temp.toRealPath().resolve("lib/migration-agent.jar"));

        assertThat(words(NO_CACHE, "scan")).containsSubsequence("-jar", jar.toString(), "scan");
    }

    @Test
    void an_image_brings_its_own_java_and_the_library_of_sqlite() throws Exception {
        Path java = Files.createDirectories(temp.toRealPath().resolve("jre/bin")).resolve("java");
        executable(Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n"));
        Files.writeString(temp.resolve("jre/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Files.createFile(jar.resolveSibling("libsqlitejdbc.so"));

        assertThat(words(Map.of("JAVA_HOME", "/nowhere", "MIGRATION_AGENT_CACHE", "off"), "watch"))
                .startsWith(java.toString())
                .containsSubsequence("-Dorg.sqlite.lib.path=" + jar.getParent(), "-jar", jar.toString(), "watch");
    }

    @Test
    void without_the_jar_it_says_so() throws Exception {
        Files.delete(jar);

        assertThat(words(Map.of(), "watch")).singleElement().asString()
                .isEqualTo(
                        "migration-agent: migration-agent.jar is missing in %s. Copy it there."
                                .formatted(jar.getParent()));
    }

    @Test
    void it_starts_from_the_cache_beside_the_jar() throws Exception {
        Path cache = Files.createFile(jar.resolveSibling(AotCache.name(jar, temp)));

        assertThat(words(Map.of(), "doctor")).containsSubsequence("-XX:AOTCache=" + cache, "-jar", "doctor");
        assertThat(words(NO_CACHE, "doctor")).noneMatch(word -> word.contains("AOT"));
    }

    @Test
    void it_starts_from_the_cache_of_its_user() throws Exception {
        Path cache = Files.createFile(Files.createDirectory(cacheFolder).resolve(AotCache.name(jar, temp)));

        assertThat(words(Map.of(), "doctor")).contains("-XX:AOTCache=" + cache);
    }

    @Test
    void the_cache_of_another_jar_or_another_java_is_not_used() throws Exception {
        Files.createFile(jar.resolveSibling(AotCache.name(jar, temp)));
        Files.writeString(jar, "another");

        assertThat(words(Map.of(), "watch")).noneMatch(word -> word.contains("AOT"));

        Files.createFile(jar.resolveSibling(AotCache.name(jar, temp)));
        Files.writeString(temp.resolve("lib/modules"), "an update of Java");

        assertThat(words(Map.of(), "watch")).noneMatch(word -> word.contains("AOT"));
    }

    @Test
    void without_a_cache_a_command_starts_at_once_and_has_one_made() throws Exception {
        assertThat(words(Map.of(), "heads")).noneMatch(word -> word.contains("AOT"));

        Path made = temp.resolve("bin/java.made");
        for (int i = 0; i < 200 && (!Files.exists(made) || Files.size(made) == 0); i++) {
            Thread.sleep(50);
        }
        assertThat(made).content().contains("AotCache " + cacheFolder);
    }

    @Test
    void watch_and_continuous_integration_have_none_made() throws Exception {
        words(Map.of(), "watch");
        words(Map.of("CI", "true"), "heads");

        assertThat(cacheFolder).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_made_is_no_reason_to_fail() throws Exception {
        assertThat(words(Map.of("MIGRATION_AGENT_CACHE", jar.resolve("below").toString()), "heads"))
                .containsExactly("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString(), "heads");
    }

    @Test
    void the_exit_code_is_that_of_the_command() throws Exception {
        words(Map.of(), "watch");

        assertThat(exit).isEqualTo(7);
    }

    @Test
    void an_old_java_is_named() throws Exception {
        Files.writeString(temp.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        assertThat(words(Map.of(), "heads")).containsExactly(
                "migration-agent: %s/bin/java is Java 17.0.15, and 25 or newer is needed. Set JAVA_HOME to the folder of a Java 25."
                        .formatted(temp));
        assertThat(exit).isEqualTo(3);
    }

    @Test
    void a_java_home_without_java_is_named() throws Exception {
        assertThat(words(Map.of("JAVA_HOME", "/nowhere"), "heads")).containsExactly(
                "migration-agent: JAVA_HOME is '/nowhere', which has no bin/java. Set it to the folder of a Java 25.");
    }

    private List<String> words(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("MIGRATION_AGENT_OPTS", "JAVA_OPTS", "CI"));
        builder.environment().put("MIGRATION_AGENT_CACHE", cacheFolder.toString());
        builder.environment().put("JAVA_HOME", temp.toString());
        builder.environment().putAll(environment);
        ProcessOutput output = ProcessOutput.of(builder);
        exit = output.exitCode();
        return output.text().lines().toList();
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
