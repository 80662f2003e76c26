package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.ledger.ingest.IngestResult.Kind;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What makes some events a batch: they are few, of one sender about one environment, and in sequence. Pure. */
final class BatchRules {

    /** Times that every part of the ledger, and every reader of its answers, can write down. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private BatchRules() {}

    /** The first thing that is wrong with a batch, if anything is. */
    static Optional<Rejection> firstProblem(EventBatch batch) {
        List<AgentEnvelope> events = batch.events();
        if (events.isEmpty()) {
            return Optional.of(invalid("empty-batch", "events", "the batch has no events; send at least one."));
        }
        if (events.size() > EventBatch.MAX_EVENTS) {
            return Optional.of(new Rejection(
                    Kind.TOO_LARGE,
                    "too-large",
                    "events: the batch has %,d events; send at most %d at once.".formatted(events.size(),
                            EventBatch.MAX_EVENTS),
                    "events"));
        }
        Optional<Rejection> sent = time(batch.sentAt(), "sentAt");
        if (sent.isPresent()) {
            return sent;
        }
        return IntStream.range(0, events.size())
                .mapToObj(i -> Stream.concat(belongs(events, i), times(events.get(i), i)))
                .flatMap(problems -> problems)
                .findFirst();
    }

    private static Stream<Rejection> belongs(List<AgentEnvelope> events, int i) {
        return Stream.of(
                same(events, i, "project", AgentEnvelope::project),
                same(events, i, "environment", AgentEnvelope::environment),
                same(events, i, "agent", AgentEnvelope::agent),
                same(events, i, "epoch", AgentEnvelope::epoch),
                inSequence(events, i))
                .flatMap(Optional::stream);
    }

    private static Optional<Rejection> same(
            List<AgentEnvelope> events, int i, String field, Function<AgentEnvelope, Object> of) {
        Object first = of.apply(events.getFirst());
        Object here = of.apply(events.get(i));
        return first.equals(here)
                ? Optional.empty()
                : Optional.of(invalid(
                        "mixed-batch",
                        "events[%d].%s".formatted(i, field),
                        "'%s' differs from '%s' in the first event; send one batch for each %s."
                                .formatted(here, first, field)));
    }

    private static Optional<Rejection> inSequence(List<AgentEnvelope> events, int i) {
        long expected = events.getFirst().sequence() + i;
        long here = events.get(i).sequence();
        return here == expected
                ? Optional.empty()
                : Optional.of(invalid(
                        "sequence-gap",
                        "events[%d].sequence".formatted(i),
                        "%d is not the next sequence; send %d, without holes.".formatted(here, expected)));
    }

    private static Stream<Rejection> times(AgentEnvelope event, int i) {
        Occurrence occurred = event.occurredAt();
        return Stream.of(
                time(event.observedAt(), "events[%d].observedAt".formatted(i)),
                time(occurred.at(), "events[%d].occurredAt.at".formatted(i)),
                time(occurred.notBefore(), "events[%d].occurredAt.notBefore".formatted(i)),
                between(occurred, "events[%d].occurredAt.notBefore".formatted(i)))
                .flatMap(Optional::stream);
    }

    /** Between two moments needs both, the earlier one first; anything else has but one. */
    private static Optional<Rejection> between(Occurrence occurred, String field) {
        Instant from = occurred.notBefore();
        if (occurred.precision() != Occurrence.Precision.BETWEEN) {
            return from == null
                    ? Optional.empty()
                    : Optional
                            .of(invalid("invalid-field", field, "only the precision 'between' has it; leave it out."));
        }
        if (from == null) {
            return Optional.of(invalid("invalid-field", field, "the precision 'between' needs it; add it."));
        }
        return from.isAfter(occurred.at())
                ? Optional.of(invalid("invalid-field", field,
                        "%s is later than 'at', which is %s; send the earlier time.".formatted(from, occurred.at())))
                : Optional.empty();
    }

    private static Optional<Rejection> time(@Nullable Instant time, String field) {
        return time == null || !(time.isBefore(EARLIEST) || time.isAfter(LATEST))
                ? Optional.empty()
                : Optional.of(invalid(
                        "invalid-field", field,
                        "%s is not valid; use a time between the years 1 and 9999.".formatted(time)));
    }

    private static Rejection invalid(String code, String field, String detail) {
        return new Rejection(Kind.INVALID, code, field + ": " + detail, field);
    }
}
