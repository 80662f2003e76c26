package dev.migrationledger.agent.send.kafka;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.identity.Credentials;
import dev.migrationledger.agent.send.BatchJson;
import dev.migrationledger.agent.send.LedgerReplies;
import dev.migrationledger.agent.send.LedgerResponse;
import dev.migrationledger.agent.send.LedgerTransport;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.agent.send.TraceHeader;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.signed.KeyRenewal;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ledger over Kafka. What is sent is what HTTP sends, signed alike, and the answers are those of HTTP: a spool forgets what the ledger has
 * acknowledged, not what the brokers have. Safe for several threads, one request at a time.
 */
public final class KafkaLedger implements LedgerTransport {

    /** A batch that the brokers have is not sent again while the ledger may be away. */
    private static final Duration RESEND = Duration.ofMinutes(10);

    private final KafkaAddress kafka;
    private final AgentKeyFile key;
    private final KeyRenewal renewal;
    private final KafkaExchange exchange;
    private final LedgerReplies replies;
    private final Clock clock;
    private @Nullable Sent last;

    /** A batch without an answer yet. */
    private record Sent(List<byte[]> envelopes, String state, String request, Instant at) {
        boolean is(List<byte[]> others, String shown) {
            if (!state.equals(shown) || envelopes.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < envelopes.size(); i++) {
                if (!Arrays.equals(envelopes.get(i), others.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private KafkaLedger(String ledger, KafkaAddress kafka, AgentKeyFile key, String records, Clock clock) {
        this.kafka = kafka;
        this.key = key;
        this.exchange = new KafkaExchange(kafka, records);
        this.renewal = new KeyRenewal(key,
                (path, signature, body) -> answered(exchange.send(headers(path, signature, null), body)), clock);
        this.replies = new LedgerReplies(ledger, "--kafka and --kafka-prefix");
        this.clock = clock;
    }

    /**
     * The ledger at this address, with the key that it has enrolled. Nothing is asked yet.
     *
     * @throws CommandFailure if the ledger has enrolled no key, or settings are not valid
     */
    public static KafkaLedger at(
            String ledger, KafkaAddress kafka, String project, String environment, Map<String, String> variables,
            Clock clock) {
        AgentKeyFile key = Credentials.of(LedgerClient.address(ledger), variables).key();
        if (key == null) {
            throw CommandFailure.usage(
                    "The ledger takes over Kafka only what an enrolled agent signs, and there is no key for %s. Run migration-agent enroll first."
                            .formatted(ledger));
        }
        KafkaLedger made = new KafkaLedger(ledger, kafka, key, KafkaTopics.key(project, environment), clock);
        made.exchange.check();
        return made;
    }

    @Override
    public synchronized LedgerResponse post(List<byte[]> envelopes) throws InterruptedException {
        try {
            return replies.receipt(renewal.sent(state -> batch(envelopes, state), it -> it));
        } catch (KafkaExchange.TooLarge e) {
            return new LedgerResponse.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new LedgerResponse.RetryLater(String.valueOf(e.getMessage()), null);
        }
    }

    private Reply batch(List<byte[]> envelopes, String state) throws IOException, InterruptedException {
        Sent sent = last;
        Instant now = clock.instant();
        // A clock that was moved back would have it wait for days.
        if (sent == null || !sent.is(envelopes, state) || now.isAfter(sent.at().plus(RESEND))
                || now.isBefore(sent.at())) {
            if (sent != null) {
                exchange.forget(sent.request());
                last = null;
            }
            byte[] body = BatchJson.of(envelopes, now);
            Map<String, String> headers = headers("/api/v1/events", key.sign(Purpose.BATCH, body), state);
            headers.put("Content-Encoding", "gzip");
            TraceHeader.current().ifPresent(trace -> headers.put(TraceHeader.NAME, trace));
            sent = new Sent(envelopes, state, exchange.send(headers, BatchJson.compressed(body)), now);
            last = sent;
        }
        Reply reply = exchange.answer(sent.request());
        if (reply == null) {
            throw unanswered();
        }
        last = null;
        return reply;
    }

    @Override
    public synchronized HeartbeatResult send(Heartbeat heartbeat) throws InterruptedException {
        byte[] body = ContractJson.write(heartbeat);
        Ed25519Signature signature = key.sign(Purpose.HEARTBEAT, body);
        try {
            return LedgerReplies.heartbeat(renewal.sent(
                    state -> answered(exchange.send(headers("/api/v1/heartbeat", signature, state), body)),
                    it -> it));
        } catch (IOException e) {
            return HeartbeatResult.LOST;
        }
    }

    private Reply answered(String request) throws IOException, InterruptedException {
        try {
            Reply reply = exchange.answer(request);
            if (reply == null) {
                throw unanswered();
            }
            return reply;
        } finally {
            exchange.forget(request);
        }
    }

    private IOException unanswered() {
        return new IOException(
                "The Kafka brokers at %s have the events, and no ledger has answered on '%s' yet. Check that a ledger runs with spring.kafka.bootstrap-servers."
                        .formatted(kafka, kafka.topics().receipts()));
    }

    private static Map<String, String> headers(String path, Ed25519Signature signature, @Nullable String state) {
        Map<String, String> headers = new HashMap<>();
        headers.put(LedgerHeaders.PATH, path);
        headers.put(Ed25519Signature.KEY_HEADER, signature.key());
        headers.put(Ed25519Signature.SIGNATURE_HEADER, signature.value());
        if (state != null) {
            headers.put(KeyState.HEADER, state);
        }
        return headers;
    }

    /** For messages. */
    @Override
    public String toString() {
        return replies.ledger();
    }

    @Override
    public synchronized void close() {
        exchange.close();
    }
}
