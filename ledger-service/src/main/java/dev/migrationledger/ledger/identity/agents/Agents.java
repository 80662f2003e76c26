package dev.migrationledger.ledger.identity.agents;

import dev.migrationledger.contracts.event.IdentityEvent.AboutAgents;
import dev.migrationledger.contracts.event.IdentityEvent.AgentEnrolled;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeyReinstated;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeyRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeySuspended;
import dev.migrationledger.contracts.event.IdentityEvent.EnrolmentCodeIssued;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.AgentKey.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes and keys of agents.
 *
 * @param codes those that were not used; expired ones go when the next is issued
 * @param keys by their id, also revoked ones: what they signed can still be checked
 */
public record Agents(NavigableMap<UUID, Code> codes, NavigableMap<String, Key> keys) {

    public static final Agents NONE = new Agents(new TreeMap<>(), new TreeMap<>());

    public Agents {
        codes = Collections.unmodifiableNavigableMap(new TreeMap<>(codes));
        keys = Collections.unmodifiableNavigableMap(new TreeMap<>(keys));
    }

    /**
     * A code with which one agent may enrol.
     *
     * @param digest SHA-256 of it, in lower-case hexadecimal
     */
    public record Code(UUID id, String digest, String project, String environment, Instant until) {}

    /**
     * An agent's key.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo in base 64
     * @param since when it was enrolled or reinstated: what it did before does not count against it
     */
    public record Key(
            String key, String publicKey, String name, String project, String environment, Status status,
            Instant enrolled, Instant since) {

        private Key with(Status other, Instant from) {
            return new Key(key, publicKey, name, project, environment, other, enrolled, from);
        }

        /** Whether its agent may send for an environment. */
        public boolean covers(String ofProject, String ofEnvironment) {
            return AgentKey.covers(project, ofProject) && AgentKey.covers(environment, ofEnvironment);
        }
    }

    /** After one more event. */
    public Agents evolve(AboutAgents event, Instant recordedAt) {
        return switch (event) {
            case EnrolmentCodeIssued it -> {
                NavigableMap<UUID, Code> open = new TreeMap<>(codes);
                open.values().removeIf(code -> !recordedAt.isBefore(code.until()));
                open.put(it.code(), new Code(it.code(), it.digest(), it.project(), it.environment(), it.until()));
                yield new Agents(open, keys);
            }
            case AgentEnrolled it -> {
                NavigableMap<UUID, Code> open = new TreeMap<>(codes);
                open.remove(it.code());
                yield new Agents(open, keys).with(it.key(), new Key(it.key(), it.publicKey(), it.name(), it.project(),
                        it.environment(), Status.ACTIVE, recordedAt, recordedAt));
            }
            case AgentKeyRevoked it -> with(it.key(), Status.REVOKED, null);
            case AgentKeySuspended it -> with(it.key(), Status.SUSPENDED, null);
            case AgentKeyReinstated it -> with(it.key(), Status.ACTIVE, recordedAt);
        };
    }

    private Agents with(String key, Status status, @Nullable Instant since) {
        Key known = keys.get(key);
        return known == null ? this : with(key, known.with(status, since == null ? known.since() : since));
    }

    private Agents with(String id, Key key) {
        NavigableMap<String, Key> more = new TreeMap<>(keys);
        more.put(id, key);
        return new Agents(codes, more);
    }
}
