package dev.migrationledger.contracts.identity;

/** What a person may do in one project, or in all of them. Each role may do what the ones before it may. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Also decides: approves, rejects, opens a gate. */
    APPROVER,
    /** Also changes what others may do: policy, people, agents. */
    ADMINISTRATOR;

    /** Whether it may do what another role may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
