package dev.migrationledger.agent.send.signed;

import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.identity.KeyStateFile;
import dev.migrationledger.agent.identity.KeyStateFile.States;
import dev.migrationledger.agent.send.LedgerReplies;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Renews a key at its ledger: once an hour, and when the ledger wants it. The next state is written down before the ledger hears of it, and
 * the same one is sent again until the ledger has answered. So neither a lost answer nor a killed process leaves an old state behind.
 */
public final class KeyRenewal {

    private static final Duration INTERVAL = Duration.ofHours(1);

    private final AgentKeyFile key;
    private final KeyStateFile file;
    private final Exchange exchange;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public KeyRenewal(AgentKeyFile key, Exchange exchange, Clock clock) {
        this.key = key;
        this.file = new KeyStateFile(key.id(), key.file());
        this.exchange = exchange;
        this.clock = clock;
    }

    /** A request that shows a state, and its answer. */
    public interface Attempt<R> {
        R with(String state) throws IOException, InterruptedException;
    }

    /**
     * Sends with the state of the key, and again with the next one if the ledger does not take that: it may have been restored from a backup, or
     * an administrator may have reinstated the key.
     *
     * @param reply of an answer
     */
    public <R> R sent(Attempt<R> attempt, Function<R, Reply> reply) throws IOException, InterruptedException {
        String state = state(null);
        R answer = attempt.with(state);
        return isOutdated(reply.apply(answer)) ? attempt.with(state(state)) : answer;
    }

    private static boolean isOutdated(Reply reply) {
        return reply.status() == 403
                && LedgerReplies.problem(reply.body()).filter(it -> it.code().equals(AgentKey.OUTDATED_STATE))
                        .isPresent();
    }

    /**
     * The state to show beside a signature. If the key cannot be renewed, it is the one that there is: the answer to what is signed says more.
     *
     * @param refused a state that the ledger takes no longer; absent: it has refused none
     */
    String state(@Nullable String refused) throws IOException, InterruptedException {
        try {
            States known = file.read().orElse(null);
            if (known == null || isDue(known, refused)) {
                known = file.alone(() -> renewed(refused));
            }
            return known.current().toString();
        } catch (FileSystemException e) {
            throw unusable();
        }
    }

    private void write(States states) throws SignInException {
        try {
            file.write(states);
        } catch (IOException e) {
            throw unusable();
        }
    }

    private SignInException unusable() {
        return new SignInException(
                "The file %s cannot be read and written. Let the agent write in the folder of its key.".formatted(file),
                false);
    }

    private boolean isDue(States states, @Nullable String refused) {
        Instant now = clock.instant();
        return states.next() != null || states.current().toString().equals(refused)
                || now.isBefore(states.noted()) || !now.isBefore(states.noted().plus(INTERVAL));
    }

    /** Another process may have renewed it meanwhile. */
    private States renewed(@Nullable String refused) throws IOException, InterruptedException {
        States known = file.read().orElseGet(() -> new States(KeyState.first(random), null, Instant.EPOCH));
        if (!isDue(known, refused)) {
            return known;
        }
        KeyState next = known.next();
        if (next == null) {
            next = known.current().next(random);
            write(new States(known.current(), next, known.noted()));
        }
        if (!isNoted(known.current(), next)) {
            return known;
        }
        States renewed = new States(next, null, clock.instant());
        write(renewed);
        return renewed;
    }

    private boolean isNoted(KeyState shown, KeyState next) throws IOException, InterruptedException {
        byte[] body = ContractJson.write(new AgentKey.Renewal(shown.toString(), next.toString()));
        return exchange.send("/api/v1/agents/%s/renew".formatted(key.id()), key.sign(Purpose.RENEWAL, body), body)
                .status() == 204;
    }
}
