package dev.migrationledger.sample;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where everything of the sample lies.
 *
 * @param root the checkout
 * @param work what a run leaves behind: data, logs, spools; {@code mvn clean} removes it
 */
record SampleLayout(Path root, Path work) {

    /** As the build says by {@code -Dsample.root}, or else from the folder of a module or of the checkout. */
    static SampleLayout here() {
        Path root = Path.of(System.getProperty("sample.root", ".")).toAbsolutePath().normalize();
        if (!root.resolve("ledger-service").toFile().isDirectory()) {
            root = Objects.requireNonNull(root.getParent(), "a module lies in the checkout");
        }
        return new SampleLayout(root, root.resolve("system-tests/target/sample"));
    }

    SampleLayout workingIn(Path folder) {
        return new SampleLayout(root, folder);
    }

    Path ledgerJar() {
        return root.resolve("ledger-service/target/ledger-service.jar");
    }

    /** The same, unpacked and with a cache of its classes, as the build leaves it beside the jar if it runs tests; or else the jar. */
    Path startedLedger() {
        Path unpacked = root.resolve("ledger-service/target/ledger-service/ledger-service.jar");
        File cache = SampleProcess.cache(unpacked).toFile();
        // The executable jar has the time of the release; the plain one has that of the build.
        File built = root.resolve("ledger-service/target/ledger-service.jar.original").toFile();
        return cache.isFile() && cache.lastModified() >= built.lastModified() ? unpacked : ledgerJar();
    }

    Path agentJar() {
        return root.resolve("migration-agent/target/migration-agent.jar");
    }

    Path project() {
        return root.resolve("docs/sample/navbot");
    }

    Path alembicIni() {
        return project().resolve("alembic.ini");
    }

    Map<String, SampleStep> steps() {
        return SampleStep.readAll(project().resolve("sql"));
    }

    Path data() {
        return work.resolve("data");
    }

    Path logs() {
        return work.resolve("logs");
    }

    Path spool(String environment) {
        return work.resolve("spool").resolve(environment);
    }

    /** As short as it can be typed from the folder where the operator is. */
    String typed(Path file) {
        Path here = Path.of("").toAbsolutePath();
        if (file.startsWith(root) && here.startsWith(root)) {
            return here.relativize(file).toString();
        }
        return file.toString();
    }
}
