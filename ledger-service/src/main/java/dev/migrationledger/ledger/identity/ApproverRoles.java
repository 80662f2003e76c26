package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.people.People.Known;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Who may approve at the moment, for what was approved before. */
public final class ApproverRoles {

    private final Identities identities;
    private final boolean required;
    private final Clock clock;

    ApproverRoles(Identities identities, boolean required, Clock clock) {
        this.identities = identities;
        this.required = required;
        this.clock = clock;
    }

    /** Without sign-in everyone may. */
    public boolean mayApprove(String person, String project) {
        return (!required && person.equals(Caller.LOCAL))
                || identities.person(person).roles().include(Role.APPROVER, project);
    }

    /** Changes with anyone's roles. */
    public String mark() {
        Map<String, Object> roles = new TreeMap<>();
        for (Map.Entry<String, Known> one : identities.known().entrySet()) {
            roles.put(one.getKey(), one.getValue().roles(clock.instant()));
        }
        return Integer.toHexString(roles.hashCode());
    }
}
