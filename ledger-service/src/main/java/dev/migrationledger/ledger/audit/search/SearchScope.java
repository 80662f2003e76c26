package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.ProjectScope;

/**
 * What a caller may read.
 *
 * @param projects whose entries
 * @param organisation whether also entries about all projects: who signed in, who has which role
 */
public record SearchScope(ProjectScope projects, boolean organisation) {

    public static SearchScope of(Caller caller) {
        return new SearchScope(caller.scope(), caller.may(Role.ADMINISTRATOR, null));
    }
}
