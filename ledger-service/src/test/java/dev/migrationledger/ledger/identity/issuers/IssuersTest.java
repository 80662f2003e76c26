package dev.migrationledger.ledger.identity.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.platform.StartupFailure;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;

class IssuersTest {

    private final OAuth2ClientProperties properties = new OAuth2ClientProperties();
    private final Issuers issuers = new Issuers(properties, Clock.systemUTC());

    @BeforeEach
    void work() {
        OAuth2ClientProperties.Registration registration = new OAuth2ClientProperties.Registration();
        registration.setClientId("migration-ledger");
        properties.getRegistration().put("work", registration);
        OAuth2ClientProperties.Provider provider = new OAuth2ClientProperties.Provider();
        provider.setIssuerUri("https://id.example.org");
        properties.getProvider().put("work", provider);
    }

    private static ClaimRole role(@Nullable String issuer, @Nullable String value, @Nullable Role role) {
        return new ClaimRole(issuer, "groups", value, role, "navbot");
    }

    private void refused(ClaimRole role, String why) {
        assertThatThrownBy(() -> issuers.check(List.of(role))).isInstanceOf(StartupFailure.class)
                .hasMessageContaining("ledger.identity.roles[0] is not a role of an issuer: " + why);
    }

    @Test
    void settings_that_let_nobody_sign_in_keep_the_ledger_from_starting() {
        assertThatCode(() -> issuers.check(List.of(role("work", "dba", Role.VIEWER)))).doesNotThrowAnyException();
        refused(role("home", "dba", Role.VIEWER), "there is no registration 'home'");
        refused(role("work", null, Role.VIEWER), "it needs issuer, value and role");
        refused(role("work", "dba", Role.AGENT), "the role 'agent' is for access tokens");
        properties.getProvider().clear();
        assertThatThrownBy(() -> issuers.check(List.of())).isInstanceOf(StartupFailure.class)
                .hasMessageContaining("The issuer 'work' has no address.");
    }

    @Test
    void an_issuer_is_called_by_its_name_or_else_its_id() {
        assertThat(issuers.all()).containsExactly(new Issuers.Issuer("work", "work"));
        properties.getRegistration().values().forEach(it -> it.setClientName("Acme"));
        assertThat(issuers.name("work")).isEqualTo("Acme");
        assertThat(issuers.name("<b>")).isEqualTo("The issuer");
    }

    @Test
    void a_role_follows_from_the_value_of_its_issuer_only() {
        List<ClaimRole> roles = List.of(role("work", "dba", Role.APPROVER));
        List<GrantedRole> approver = List.of(new GrantedRole(Role.APPROVER, "navbot"));
        assertThat(ClaimRole.of(roles, "work", Map.of("groups", List.of("staff", "dba")))).isEqualTo(approver);
        assertThat(ClaimRole.of(roles, "work", Map.of("groups", "dba"))).isEqualTo(approver);
        assertThat(ClaimRole.of(roles, "home", Map.of("groups", List.of("dba")))).isEmpty();
        assertThat(ClaimRole.of(roles, "work", Map.of("groups", List.of("dba2"), "roles", "dba"))).isEmpty();
        assertThat(ClaimRole.of(roles, "work", Map.of("groups", "dba staff"))).isEmpty();
        assertThat(ClaimRole.of(roles, "work", Map.of())).isEmpty();
    }
}
