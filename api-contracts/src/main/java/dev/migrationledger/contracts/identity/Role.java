package dev.migrationledger.contracts.identity;

/** What a person or a program may do in one project, or in all of them. */
public enum Role {
    /** Sends events and heartbeats, and reads nothing. For the tokens of agents; people do not have it. */
    AGENT,
    /** Reads everything. */
    VIEWER,
    /** Also decides. */
    APPROVER,
    /** Also changes what others may do. */
    ADMINISTRATOR;

    /** Whether it may do what another role may. No other role includes that of an agent. */
    public boolean includes(Role other) {
        return this == other || (this != AGENT && other != AGENT && compareTo(other) > 0);
    }
}
