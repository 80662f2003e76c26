package dev.migrationledger.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** The version that the build wrote into the jar. */
public final class AgentVersion {

    private AgentVersion() {}

    public static String text() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The commit that a release was built from; other builds do not say it. */
    public static Optional<String> commit() {
        Properties properties = new Properties();
        try (InputStream file = AgentVersion.class.getResourceAsStream("git.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(properties.getProperty("git.commit.id.abbrev"));
    }
}
