package dev.migrationledger.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests a {@link SampleLedger}: one for all classes of a run, because its first start takes long. Each test has a project of
 * its own in it.
 */
final class SharedLedger implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedLedger.class);

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    /** A new project, whose agents have their files in the folder. */
    static SampleRun project(SampleLedger ledger, Path folder) throws IOException {
        String name = SampleRun.PROJECT + PROJECTS.incrementAndGet();
        return new SampleRun(ledger, SampleLayout.here().workingIn(folder), name,
                ledger.databases().prefixed(name + "_"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == SampleLedger.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot().getStore(STORE).computeIfAbsent("ledger", key -> new Started(), Started.class).ledger;
    }

    /** JUnit closes it after the last test. */
    private static final class Started implements AutoCloseable {
        private final Path folder;
        private final SampleLedger ledger;

        Started() {
            try {
                folder = Files.createTempDirectory("shared-ledger");
                ledger = SampleLedger.start(SampleLayout.here().workingIn(folder), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            ledger.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
