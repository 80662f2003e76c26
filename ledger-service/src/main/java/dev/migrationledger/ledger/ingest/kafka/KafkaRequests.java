package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.ledger.heartbeat.ReceivedHeartbeats;
import dev.migrationledger.ledger.identity.AgentActions;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.ingest.BatchSpan;
import dev.migrationledger.ledger.ingest.Ingest;
import dev.migrationledger.ledger.ingest.IngestResult.Accepted;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.ingest.SignedBatch;
import dev.migrationledger.ledger.ingest.http.BodyBudget;
import dev.migrationledger.ledger.ingest.http.IngestRefusals;
import dev.migrationledger.ledger.ingest.http.RequestBody;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords.Span;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.stream.StreamId.Environment;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Handles a record as HTTP handles the same request. Only what a key of an agent signed is handled. */
final class KafkaRequests {

    /** The code of an answer to a batch that is parked: its agent keeps it, and asks again. */
    static final String PARKED = "parked";

    /** Codes of what an older ledger refuses, and a newer one may take. */
    private static final Set<String> OF_VERSIONS = Set.of("unknown-event-type", "invalid-field", "out-of-bounds");

    private static final String BATCH = "/api/v1/events";

    /** Characters of a key in answers; two names and a slash have 127. */
    private static final int LONGEST_KEY = 200;

    /** Characters of a sentence in answers, dead letters and tables. */
    private static final int LONGEST_DETAIL = 2_000;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[0-9A-Za-z+/=]{1,200}");
    private static final Pattern RENEWAL = Pattern.compile("/api/v1/agents/([0-9a-f]{64})/renew");

    private final Ingest ingest;
    private final ReceivedHeartbeats heartbeats;
    private final AgentActions actions;
    private final AgentKeys keys;
    private final BodyBudget budget;
    private final ParkedRecords parked;
    private final ParkedSequences sequences;
    private final Clock clock;
    private final LedgerTraces traces;

    KafkaRequests(
            Ingest ingest, ReceivedHeartbeats heartbeats, AgentActions actions, AgentKeys keys, BodyBudget budget,
            ParkedRecords parked, ParkedSequences sequences, Clock clock,
            LedgerTraces traces) {
        this.ingest = ingest;
        this.heartbeats = heartbeats;
        this.actions = actions;
        this.keys = keys;
        this.budget = budget;
        this.parked = parked;
        this.sequences = sequences;
        this.clock = clock;
        this.traces = traces;
    }

    /**
     * What came of a record.
     *
     * @param key under which the answer is kept: a later answer with the same key replaces it
     * @param status as over HTTP
     * @param body of the answer
     * @param deadLetter why people should look at the record; absent: they need not
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Handled(String key, int status, byte[] body, @Nullable Problem deadLetter) {

        private static Handled done(String key, HttpStatus status, byte[] body) {
            return new Handled(key, status.value(), body, null);
        }

        private static Handled refused(String key, Problem problem, boolean isDeadLetter) {
            Problem shown = storable(problem);
            return new Handled(key, shown.status(), ContractJson.write(shown), isDeadLetter ? shown : null);
        }
    }

    /**
     * A batch that can be recorded together with others: nothing is wrong with it as far as one can see without the database.
     *
     * @param bytes of its JSON
     * @param traceParent as its sender gave it; absent: it gave none
     */
    record Prepared(Environment place, SignedBatch signed, int bytes, @Nullable String traceParent) {}

    /** Absent: the record is something else, or needs to be handled alone. */
    Optional<Prepared> prepared(ConsumerRecord<String, byte[]> request) {
        if (!BATCH.equals(text(request, LedgerHeaders.PATH)) || request.value() == null) {
            return Optional.empty();
        }
        // Together they have some megabytes at most, so they may outlive their share of the budget.
        try (BodyBudget.Share share = budget.share()) {
            Environment place = place(request);
            byte[] body = RequestBody.read(new ByteArrayInputStream(request.value()),
                    text(request, HttpHeaders.CONTENT_ENCODING), share);
            EventBatch batch = RequestFields.readLarge(body, EventBatch.class);
            return belongs(batch, place)
                    ? Optional.of(new Prepared(place, SignedBatch.of(batch, body, proof(request)), body.length,
                            text(request, LedgerTraces.HEADER)))
                    : Optional.empty();
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Environments whose batches have to be handled alone. */
    Set<Environment> parkedPlaces() {
        return parked.places();
    }

    /** Records batches in one transaction. A batch without an answer is still to be handled. */
    List<Optional<Handled>> record(List<Prepared> batches) {
        Instant began = clock.instant();
        return ingest.recordAll(batches.stream().map(Prepared::signed).toList())
                .map(results -> IntStream.range(0, batches.size()).mapToObj(i -> switch (results.get(i)) {
                    case Accepted(var receipt) -> {
                        Prepared one = batches.get(i);
                        traces.together(BatchSpan.traced(one.traceParent(), one.signed().batch()), began);
                        yield Optional.of(receipt(one.place(), one.signed().batch(), receipt));
                    }
                    case Rejection _ -> Optional.<Handled>empty();
                }).toList())
                .orElseGet(() -> batches.stream().map(_ -> Optional.<Handled>empty()).toList());
    }

    private static boolean belongs(EventBatch batch, Environment place) {
        return batch.events().stream()
                .allMatch(it -> KafkaTopics.key(it.project(), it.environment()).equals(place.toString()));
    }

    private static Handled receipt(Environment place, EventBatch batch, Receipt receipt) {
        AgentEnvelope first = batch.events().getFirst();
        return Handled.done(key(place, first.agent(), first.epoch().toString()), HttpStatus.OK,
                ContractJson.write(receipt));
    }

    /** @throws Refusal with a time to wait if nothing can be recorded now; the same record may be a moment later */
    Handled handle(ConsumerRecord<String, byte[]> request) {
        String key = "request/" + shownKey(request);
        try {
            return handle(request, key);
        } catch (Refusal e) {
            if (e.retryAfter() != null) {
                throw e;
            }
            // The sender renews its key, or sends events first. Everything else is a mistake, or an attempt.
            String code = e.problem().code();
            return Handled.refused(key, e.problem(),
                    !code.equals(AgentKey.OUTDATED_STATE) && e.problem().status() != HttpStatus.NOT_FOUND.value());
        }
    }

    /** The answer to a record that the ledger fails to handle however often it tries. Its agent keeps what it sent. */
    static Handled failed(ConsumerRecord<String, byte[]> request) {
        return Handled.refused("request/" + shownKey(request),
                Refusal.problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal",
                        "The ledger failed to handle the record; its log says why. Acknowledged events are safe.",
                        null),
                true);
    }

    private Handled handle(ConsumerRecord<String, byte[]> request, String key) {
        AgentProof proof = proof(request);
        Environment place = place(request);
        String path = String.valueOf(text(request, LedgerHeaders.PATH));
        byte[] value = request.value() == null ? new byte[0] : request.value();
        try (BodyBudget.Share share = budget.share()) {
            byte[] body = RequestBody.read(new ByteArrayInputStream(value),
                    text(request, HttpHeaders.CONTENT_ENCODING), share);
            return switch (path) {
                case BATCH -> batch(body, proof, place, key, text(request, LedgerTraces.HEADER));
                case "/api/v1/heartbeat" -> {
                    var answer = heartbeats.record(body, proof, time(request));
                    yield Handled.done("heartbeat/" + place, HttpStatus.OK, ContractJson.write(answer));
                }
                default -> {
                    Matcher renewal = RENEWAL.matcher(path);
                    if (!renewal.matches()) {
                        throw refusal("unknown-path",
                                "No ledger takes '%s' over Kafka. Send it over HTTP.".formatted(path));
                    }
                    actions.renew(renewal.group(1), body, proof, "Kafka");
                    yield Handled.done("key/" + renewal.group(1), HttpStatus.NO_CONTENT, new byte[0]);
                }
            };
        }
    }

    private Handled batch(byte[] body, AgentProof proof, Environment place, String key,
            @Nullable String traceParent) {
        Problem earlier = sequences.redrive(place).problem();
        if (earlier != null) {
            checkSignature(body, proof, place);
            return parked(body, proof, place, key, null, earlier);
        }
        try {
            EventBatch batch = RequestFields.readLarge(body, EventBatch.class);
            if (!belongs(batch, place)) {
                throw new Refusal(Refusal.problem(HttpStatus.UNPROCESSABLE_CONTENT, "wrong-key",
                        "The key of the record is '%s', and its events are of another environment. Send them with its key."
                                .formatted(place),
                        "events"));
            }
            return switch (BatchSpan.of(traces, traceParent, batch,
                    () -> ingest.record(SignedBatch.of(batch, body, proof)))) {
                case Accepted(var receipt) -> receipt(place, batch, receipt);
                case Rejection rejection -> throw IngestRefusals.of(rejection);
            };
        } catch (Refusal e) {
            return refused(body, proof, place, key, e);
        }
    }

    private Handled refused(byte[] body, AgentProof proof, Environment place, String key, Refusal e) {
        Problem problem = e.problem();
        return switch (HttpStatus.resolve(problem.status())) {
            case CONFLICT -> Handled.refused(key, problem, false);
            case BAD_REQUEST, UNPROCESSABLE_CONTENT, CONTENT_TOO_LARGE -> {
                checkSignature(body, proof, place);
                yield OF_VERSIONS.contains(problem.code()) && !parked.refuses(place, clock.instant())
                        ? parked(body, proof, place, key, problem, problem)
                        : Handled.refused(key, problem, true);
            }
            case null, default -> throw e;
        };
    }

    /** Only who may send for an environment can stop it. */
    private void checkSignature(byte[] body, AgentProof proof, Environment place) {
        if (keys.check(proof, Purpose.BATCH, Sha256.hex(body), place.project(),
                place.environment()) instanceof AgentKeys.Check.Refused(String code, String detail)) {
            throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, code, detail, null));
        }
    }

    /**
     * Parks a batch.
     *
     * @param own problem of this batch; absent: it waits behind another
     * @param first problem of the first that is parked
     */
    private Handled parked(byte[] body, AgentProof proof, Environment place, String key, @Nullable Problem own,
            Problem first) {
        Span span = span(body).orElse(null);
        if (span == null) {
            return Handled.refused(key, own == null ? first : own, true);
        }
        Problem stored = own == null ? null : storable(own);
        parked.add(place, span, body, proof.signature(), stored, clock.instant());
        Problem answer = Refusal.problem(HttpStatus.CONFLICT, PARKED,
                "Events of %s are parked. The first is refused: %s Upgrade the ledger, or run its command redrive."
                        .formatted(place, sentence(storable(first).detail())),
                null);
        return new Handled(key(place, span.agent(), span.epoch()), answer.status(), ContractJson.write(answer), stored);
    }

    /** As tables and other topics can hold it: what is refused may quote what was sent. */
    static Problem storable(Problem problem) {
        String field = problem.field();
        return new Problem(problem.type(), problem.title(), problem.status(),
                shortened(PlainText.of(problem.detail()), LONGEST_DETAIL), problem.code(),
                field == null ? null : shortened(PlainText.of(field), LONGEST_DETAIL), problem.expected());
    }

    /** The key of a record, which may be anything, in logs and answers. */
    static String shownKey(ConsumerRecord<String, byte[]> request) {
        return PlainText.of(shortened(String.valueOf(request.key()), LONGEST_KEY));
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static String sentence(String detail) {
        return detail.endsWith(".") ? detail : detail + ".";
    }

    /** Where a batch belongs; absent: nothing of it can be read. */
    private static Optional<Span> span(byte[] body) {
        try {
            JsonNode first = ContractJson.read(body, JsonNode.class).path("events").path(0);
            String agent = first.path("agent").asString("");
            String epoch = first.path("epoch").asString("");
            long sequence = first.path("sequence").asLong(0);
            PlainNames.check("agent", agent);
            return sequence <= 0
                    ? Optional.empty()
                    : Optional.of(new Span(agent, UUID.fromString(epoch).toString(), sequence));
        } catch (WireException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String key(Environment place, String agent, String epoch) {
        return "%s/%s/%s".formatted(place, agent, epoch);
    }

    private static Refusal refusal(String code, String detail) {
        return new Refusal(Refusal.problem(HttpStatus.BAD_REQUEST, code, detail, null));
    }

    private static Environment place(ConsumerRecord<String, byte[]> request) {
        String[] names = String.valueOf(request.key()).split("/", 3);
        if (names.length != 2 || !PlainNames.isName(names[0]) || !PlainNames.isName(names[1])) {
            throw refusal("wrong-key",
                    "The key of the record is '%s'. Use project/environment.".formatted(shownKey(request)));
        }
        return new Environment(names[0], names[1]);
    }

    /** When the brokers got it. Where the topic keeps the senders' times, they may be anything. */
    private Instant time(ConsumerRecord<String, byte[]> request) {
        Instant now = clock.instant();
        Instant sent = Instant.ofEpochMilli(Math.max(0, request.timestamp()));
        return sent.isAfter(now) ? now : sent;
    }

    private static AgentProof proof(ConsumerRecord<String, byte[]> request) {
        String key = text(request, Ed25519Signature.KEY_HEADER);
        String signature = text(request, Ed25519Signature.SIGNATURE_HEADER);
        String state = text(request, KeyState.HEADER);
        if (key == null || signature == null) {
            throw refusal("unsigned", "The record has no signature. Enroll the agent, or send over HTTP.");
        }
        if (!KEY.matcher(key).matches() || !BASE64.matcher(signature).matches()) {
            throw refusal("malformed", "The signature of the record, or its key, cannot be one. Sign it again.");
        }
        return new AgentProof(new Ed25519Signature(key, signature), state == null ? "" : state);
    }

    /** A header's last value; absent: it has none. */
    static @Nullable String text(ConsumerRecord<String, byte[]> request, String name) {
        Header header = request.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8).strip();
    }
}
