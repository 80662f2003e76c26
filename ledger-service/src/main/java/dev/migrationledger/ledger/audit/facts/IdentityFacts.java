package dev.migrationledger.ledger.audit.facts;

import static dev.migrationledger.ledger.audit.facts.EventFacts.by;
import static dev.migrationledger.ledger.audit.facts.EventFacts.byTheLedger;
import static dev.migrationledger.ledger.audit.facts.EventFacts.second;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.bare;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.comment;

import dev.migrationledger.contracts.event.IdentityEvent.*;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.audit.facts.EventFacts.Who;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may do what. */
final class IdentityFacts {

    /** As the ledger's people have it. */
    private static final String LOCAL = "local";

    private IdentityFacts() {}

    static EventFacts of(IdentityEvent event) {
        return switch (event) {
            case AdministratorLinkIssued it -> byTheLedger(
                    "Issued a sign-in link for the local administrator until %s.".formatted(second(it.until())));
            case AdministratorLinkUsed it -> by(LOCAL, "Signed in with the link of the local administrator.");
            case AccessTokenIssued it -> by(it.person(), "Issued the access token '%s' with role %s in %s until %s."
                    .formatted(it.name(), role(it.role()), in(it.project()), second(it.until()))).id(it.token());
            case AccessTokenRevoked it -> by(it.by(), "Revoked an access token.").id(it.token());
            case PersonSignedIn it -> by(it.person(), "Signed in%s.".formatted(
                    it.name() == null ? "" : " as " + it.name())).note(it.email());
            case RoleGranted it -> by(it.by(), "Granted %s the role %s in %s.".formatted(it.person(),
                    role(it.role()), in(it.project()))).note(it.person());
            case RoleWithdrawn it -> by(it.by(), "Withdrew the role %s of %s in %s.".formatted(role(it.role()),
                    it.person(), in(it.project()))).note(it.person());
            case EnrolmentCodeIssued it -> by(it.by(), "Issued an enrolment code for %s/%s until %s%s.".formatted(
                    it.project(), it.environment(), second(it.until()), comment(it.comment()))).id(it.code());
            case AgentEnrolled it -> EventFacts.of("Enrolled agent %s for %s/%s.".formatted(it.name(), it.project(),
                    it.environment()), new Who.AnAgent(it.name())).id(it.key()).id(it.code());
            case AgentKeyRevoked it -> by(it.by(), "Revoked the key of an agent: %s.".formatted(bare(it.reason())))
                    .id(it.key());
            case AgentKeySuspended it -> byTheLedger(
                    "Suspended the key of an agent because it seems to be copied: state %d after %d."
                            .formatted(it.shown(), it.noted()))
                    .id(it.key());
            case AgentKeyReinstated it -> by(it.by(), "Reinstated the key of an agent.").id(it.key());
            case PipelineTrusted it -> by(it.by(), "Trusted a pipeline of %s for %s/%s.".formatted(it.issuer(),
                    it.project(), it.environment())).id(it.pipeline());
            case PipelineTrustWithdrawn it -> by(it.by(), "Withdrew the trust in a pipeline.").id(it.pipeline());
        };
    }

    private static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String in(@Nullable String project) {
        return project == null ? "all projects" : project;
    }
}
