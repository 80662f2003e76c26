package dev.migrationledger.contracts.envelope;

/**
 * An agent's word that it still watches, also where it has nothing to tell. No event: it is kept until the next one and no
 * longer. What is not a {@link Names name} is refused with {@link InvalidName}.
 */
public record Heartbeat(String project, String environment, String agent) {
    public Heartbeat {
        Names.check("project", project);
        Names.check("environment", environment);
        Names.check("agent", agent);
    }
}
