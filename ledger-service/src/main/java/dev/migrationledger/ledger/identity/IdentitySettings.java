package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.issuers.ClaimRole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may use the ledger.
 *
 * @param required whether everyone has to sign in; the ledger listens on loopback only where nobody has to
 * @param administratorLink whether the ledger logs a link for the local administrator at its start, also if one was used before
 * @param roles that people have of whom an issuer says something
 * @param audience what id tokens of pipelines name as their audience, such as the ledger's address; absent: none are accepted
 */
@ConfigurationProperties("ledger.identity")
record IdentitySettings(@DefaultValue("false") boolean required, @DefaultValue("false") boolean administratorLink,
        @DefaultValue List<ClaimRole> roles, @Nullable String audience) {
    IdentitySettings {
        roles = List.copyOf(roles);
    }
}
