package dev.migrationledger.contracts.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the ledger takes the caller for.
 *
 * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
 * @param name what their issuer calls them; absent: it is not known
 * @param roles what they may do, and where
 * @param signedIn whether the ledger asks for sign-in at all; if not, everyone on its machine is administrator
 */
public record Me(String person, @Nullable String name, List<GrantedRole> roles, boolean signedIn) {
    public Me {
        roles = List.copyOf(roles);
    }
}
