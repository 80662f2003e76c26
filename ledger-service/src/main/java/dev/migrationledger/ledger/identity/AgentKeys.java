package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.agents.Agents;
import dev.migrationledger.ledger.identity.agents.AgentsCommand;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.Enrol;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.IssueCode;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.ReinstateKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.RevokeKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.SuspendKey;
import dev.migrationledger.ledger.identity.agents.AgentsDecisions;
import dev.migrationledger.ledger.identity.agents.AgentsResult;
import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.identity.agents.KeyStates;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enrols agents, checks what they sign, and notices copied keys. */
public final class AgentKeys {

    private static final Logger log = LoggerFactory.getLogger(AgentKeys.class);

    private static final Decider<AgentsCommand, OrganisationState, AgentsResult> AGENTS = Decider.of(
            OrganisationState.DEFINITION, (state, command) -> AgentsDecisions.decide(state.agents(), command));

    /** In front of every code, so that scanners for leaked secrets find it. */
    private static final String CODE = "mle_";

    private final Recorder recorder;
    private final AgentsView view;
    private final KeyStates states;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AgentKeys(Recorder recorder, AgentsView view, KeyStates states, Clock clock) {
        this.recorder = recorder;
        this.view = view;
        this.states = states;
        this.clock = clock;
    }

    /** Whether something is what an agent sent, and the agent may send it. */
    public sealed interface Check {

        /** It is. */
        record Trusted() implements Check {}

        /**
         * It is not.
         *
         * @param code for programs
         * @param detail what is wrong and what to do next
         */
        record Refused(String code, String detail) implements Check {}
    }

    /**
     * Checks what an agent signed. What a revoked or suspended key signed is refused from the next request on.
     *
     * @param digest SHA-256 of what came, in lower-case hexadecimal
     */
    public Check check(AgentProof proof, Purpose purpose, String digest, String project, String environment) {
        Ed25519Signature signature = proof.signature();
        Agents.Key key = view.key(signature.key()).orElse(null);
        Check.Refused refused = refusal(key, signature, purpose, digest);
        if (refused != null || key == null) {
            return Objects.requireNonNull(refused);
        }
        if (!key.covers(project, environment)) {
            return new Check.Refused("key-elsewhere",
                    "The key '%s' is for %s/%s, not for %s/%s. Enrol the agent with a code for this environment."
                            .formatted(shortened(key.key()), key.project(), key.environment(), project, environment));
        }
        return states.isCurrent(key.key(), proof.state(), key.since(), clock.instant())
                ? new Check.Trusted()
                : new Check.Refused(AgentKey.OUTDATED_STATE,
                        "The request does not have the newest state of the key '%s'. Renew the key, and send again."
                                .formatted(shortened(key.key())));
    }

    /** Absent: the key signed it, and is neither revoked nor suspended. */
    private static Check.@Nullable Refused refusal(
            Agents.@Nullable Key key, Ed25519Signature signature, Purpose purpose, String digest) {
        String id = shortened(signature.key());
        if (key == null) {
            return new Check.Refused("unknown-key",
                    "The ledger does not know the key '%s'. Enrol the agent with a code.".formatted(id));
        }
        if (!SignatureCheck.signs(signature, purpose, digest, key.publicKey())) {
            return new Check.Refused("wrong-signature",
                    "The signature of the key '%s' does not match. Check for a proxy that changes requests."
                            .formatted(id));
        }
        return switch (key.status()) {
            case ACTIVE -> null;
            case REVOKED -> new Check.Refused("revoked-key",
                    "The key '%s' is revoked. Enrol the agent again, with a new key and a new code.".formatted(id));
            case SUSPENDED -> suspended(key.key());
        };
    }

    /**
     * Notes the next state of a key. A state that another holder has replaced shows that the key was copied: it is refused then.
     *
     * @param digest SHA-256 of what came, in lower-case hexadecimal
     * @param address from which it came
     */
    Check renew(Ed25519Signature signature, String digest, KeyState shown, KeyState next, String address) {
        Agents.Key key = view.key(signature.key()).orElse(null);
        Check.Refused refused = refusal(key, signature, Purpose.RENEWAL, digest);
        if (refused != null || key == null) {
            return Objects.requireNonNull(refused);
        }
        Instant now = clock.instant();
        return switch (states.renew(key.key(), shown, next, key.since(), now)) {
            case KeyStates.Renewal.Noted _ -> new Check.Trusted();
            case KeyStates.Renewal.Copied(long noted) -> {
                decide(new SuspendKey(id(now), now, key.key(), shown.number(), noted));
                log.atWarn().addKeyValue("key", shortened(key.key())).addKeyValue("shown", shown.number())
                        .addKeyValue("noted", noted).addKeyValue("address", address)
                        .log("suspended a key with an outdated state");
                yield suspended(key.key());
            }
        };
    }

    private static Check.Refused suspended(String id) {
        return new Check.Refused("suspended-key",
                "The key '%s' was copied, or restored from a backup, so it is refused. Stop all agents with it but one, then have an administrator reinstate it."
                        .formatted(shortened(id)));
    }

    /** So much of an id tells keys apart; the rest of a wrong one may be anything. */
    private static String shortened(String id) {
        String plain = id.replaceAll("[^0-9a-zA-Z]", "?");
        return plain.length() <= 16 ? plain : plain.substring(0, 16) + "…";
    }

    /** What came of an administrator's wish for a code. */
    record Issued(AgentsResult result, AgentKey.Code code) {}

    Issued issue(
            String project, String environment, Duration valid, String by, @Nullable String comment) {
        Instant now = clock.instant();
        UUID code = id(now);
        String text = SecretText.text(CODE, code, random);
        Instant until = now.plus(valid);
        AgentsResult result = decide(
                new IssueCode(id(now), now, code, Sha256.hex(text), project, environment, until, by,
                        comment));
        return new Issued(result, new AgentKey.Code(code, project, environment, until, text));
    }

    /** @param key the id of the public key */
    AgentsResult enrol(String code, String key, String publicKey, String name) {
        Instant now = clock.instant();
        return SecretText.of(CODE, code)
                .map(id -> decide(new Enrol(id(now), now, id, Sha256.hex(code), key, publicKey, name)))
                .orElse(AgentsResult.UNKNOWN);
    }

    AgentsResult revoke(String key, String by, String reason) {
        Instant now = clock.instant();
        return decide(new RevokeKey(id(now), now, key, by, reason));
    }

    AgentsResult reinstate(String key, String by) {
        Instant now = clock.instant();
        return decide(new ReinstateKey(id(now), now, key, by));
    }

    /** What an administrator or the agent called a key that is known. */
    public String name(String id) {
        return key(id).name();
    }

    /** X.509 SubjectPublicKeyInfo in base 64, also of a revoked key; empty if no key has this id. */
    public Optional<String> publicKey(String id) {
        return view.key(id).map(Agents.Key::publicKey);
    }

    AgentKey key(String id) {
        return find(id).orElseThrow();
    }

    /** Empty if no key has this id. */
    public Optional<AgentKey> find(String id) {
        return view.key(id).map(AgentKeys::shown);
    }

    /** Every key, also of those that are revoked. */
    public List<AgentKey> all() {
        return view.now().keys().values().stream().map(AgentKeys::shown).toList();
    }

    private static AgentKey shown(Agents.Key key) {
        return new AgentKey(key.key(), key.name(), key.project(), key.environment(), key.status(), key.enrolled());
    }

    private AgentsResult decide(AgentsCommand command) {
        return recorder.decide(AGENTS, command).result();
    }

    private UUID id(Instant now) {
        return EventIds.next(now, random);
    }
}
