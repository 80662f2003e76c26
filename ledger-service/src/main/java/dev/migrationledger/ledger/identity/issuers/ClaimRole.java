package dev.migrationledger.ledger.identity.issuers;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A role that people have of whom an issuer says something.
 *
 * @param issuer the id of its registration
 * @param claim in which the issuer says it: a text, or a list of texts
 * @param value what it says
 * @param role that follows
 * @param project where they have it; absent: in all projects
 */
public record ClaimRole(
        @Nullable String issuer, @DefaultValue("groups") String claim, @Nullable String value, @Nullable Role role,
        @Nullable String project) {

    /** What is missing or wrong in it, for whoever configured it; absent: nothing. */
    @Nullable
    String mistake(Collection<String> issuers) {
        if (issuer == null || value == null || role == null) {
            return "it needs issuer, value and role";
        }
        if (!issuers.contains(issuer)) {
            return "there is no registration '%s'".formatted(issuer);
        }
        return role == Role.AGENT ? "the role 'agent' is for access tokens" : null;
    }

    /** The roles that follow from what an issuer says of a person. */
    public static List<GrantedRole> of(List<ClaimRole> all, String issuer, Map<String, Object> claims) {
        return all.stream()
                .filter(one -> issuer.equals(one.issuer) && one.isSaid(claims.get(one.claim)))
                .flatMap(one -> one.role == null
                        ? List.<GrantedRole>of().stream()
                        : List.of(new GrantedRole(one.role, one.project)).stream())
                .toList();
    }

    private boolean isSaid(@Nullable Object said) {
        return said instanceof Collection<?> several ? several.contains(value) : said != null && said.equals(value);
    }
}
