package dev.migrationledger.agent.tool.alembic.footprint;

/**
 * What {@code env.py} decides for all scripts.
 *
 * @param convention of the metadata that it hands over
 * @param commitsEachStatement whether the connection that it hands over may do that
 */
public record EnvironmentSettings(NamingConvention convention, boolean commitsEachStatement) {

    /** Nothing is known of it. */
    public static final EnvironmentSettings UNKNOWN = new EnvironmentSettings(NamingConvention.UNKNOWN, false);
}
