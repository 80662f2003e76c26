package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may do what in the ledger. About all projects. */
public sealed interface IdentityEvent extends LedgerEvent {

    /** What people sign in with. */
    sealed interface AboutPeople extends IdentityEvent {}

    /**
     * The local administrator may sign in with a link, once.
     *
     * @param digest SHA-256 of the link's secret, in lower-case hexadecimal
     * @param until it is void afterwards
     */
    record AdministratorLinkIssued(String digest, Instant until) implements AboutPeople {}

    /** The local administrator signed in with the link. */
    record AdministratorLinkUsed(String digest) implements AboutPeople {}

    /**
     * A person made a token for programs that act for them.
     *
     * @param person whose it is: {@code local}, or issuer and subject of a sign-in with a blank between them
     * @param name what the person calls it
     * @param role what a program may do with it; never more than its person may
     * @param project where it may do that; absent: in all projects
     * @param digest SHA-256 of the token, in lower-case hexadecimal
     * @param until it is void afterwards
     */
    record AccessTokenIssued(
            UUID token, String person, String name, Role role, @Nullable String project, String digest, Instant until)
            implements
                AboutPeople {}

    /**
     * A token opens nothing any more.
     *
     * @param by the person who revoked it
     */
    record AccessTokenRevoked(UUID token, String by) implements AboutPeople {}

    /**
     * A person signed in with an issuer of OpenID Connect.
     *
     * @param person issuer and subject with a blank between them
     * @param name what the issuer calls them; absent: it did not say
     * @param email likewise, verified by the issuer
     * @param roles that follow from what the issuer said, in place of those of the sign-in before
     */
    record PersonSignedIn(String person, @Nullable String name, @Nullable String email, List<GrantedRole> roles)
            implements
                AboutPeople {
        public PersonSignedIn {
            roles = List.copyOf(roles);
        }
    }

    /**
     * A person has a role from now on, in place of the one before in the same place.
     *
     * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
     * @param project where they have it; absent: in all projects
     * @param by the administrator who granted it
     */
    record RoleGranted(String person, Role role, @Nullable String project, String by) implements AboutPeople {}

    /**
     * A person has no longer the role that was granted there.
     *
     * @param project where they had it; absent: in all projects
     * @param by who withdrew it: an administrator, or the person
     */
    record RoleWithdrawn(String person, Role role, @Nullable String project, String by) implements AboutPeople {}

    /** Who may send for which environments. */
    sealed interface AboutAgents extends IdentityEvent {}

    /**
     * One agent may enrol with a code.
     *
     * @param digest SHA-256 of the code, in lower-case hexadecimal
     * @param project where the agent may send; {@code *} stands for any text
     * @param environment likewise
     * @param until it is void afterwards
     * @param by the administrator who issued it
     * @param comment absent: none
     */
    record EnrolmentCodeIssued(
            UUID code, String digest, String project, String environment, Instant until, String by,
            @Nullable String comment)
            implements
                AboutAgents {}

    /**
     * An agent enrolled with a code, which is void now.
     *
     * @param key SHA-256 of the public key, in lower-case hexadecimal
     * @param publicKey Ed25519, as X.509 SubjectPublicKeyInfo in base 64
     * @param name what the agent calls itself
     * @param project where it may send; {@code *} stands for any text
     * @param environment likewise
     */
    record AgentEnrolled(
            String key, String publicKey, String name, String project, String environment, UUID code)
            implements
                AboutAgents {}

    /**
     * What the key signs is refused from now on.
     *
     * @param by the administrator who revoked it
     */
    record AgentKeyRevoked(String key, String by, String reason) implements AboutAgents {}

    /**
     * The key seems to be copied: it is refused until an administrator decides.
     *
     * @param shown number of the state that was shown to renew the key
     * @param noted number of the state that another holder has had noted since
     */
    record AgentKeySuspended(String key, long shown, long noted) implements AboutAgents {}

    /**
     * What the key signs is accepted again.
     *
     * @param by the administrator who decided
     */
    record AgentKeyReinstated(String key, String by) implements AboutAgents {}

    /** Which pipelines may act for which environments. */
    sealed interface AboutPipelines extends IdentityEvent {}

    /**
     * A pipeline may act for environments from now on.
     *
     * @param issuer who signs its tokens
     * @param project where it may act; {@code *} stands for any text
     * @param environment likewise
     * @param by the administrator who trusts it
     */
    record PipelineTrusted(
            UUID pipeline, String issuer, PipelineMatch match, String project, String environment, String by)
            implements
                AboutPipelines {}

    /**
     * The pipeline may no longer act there.
     *
     * @param by the administrator who decided
     */
    record PipelineTrustWithdrawn(UUID pipeline, String by) implements AboutPipelines {}
}
