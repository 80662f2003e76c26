package dev.migrationledger.agent.cli;

/** The version that the build wrote into the jar. */
public final class AgentVersion {

    private AgentVersion() {}

    public static String text() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
