package dev.migrationledger.contracts.identity;

import java.util.List;

/**
 * Who the ledger takes the caller for.
 *
 * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
 * @param roles what they may do, and where
 * @param signedIn whether the ledger asks for sign-in at all; if not, everyone on its machine is administrator
 */
public record Me(String person, List<GrantedRole> roles, boolean signedIn) {
    public Me {
        roles = List.copyOf(roles);
    }
}
