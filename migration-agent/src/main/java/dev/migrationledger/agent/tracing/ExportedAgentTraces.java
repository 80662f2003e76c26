package dev.migrationledger.agent.tracing;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Exports spans by the SDK of OpenTelemetry, which reads its own variables. */
final class ExportedAgentTraces implements AgentTraces {

    /** Polls whose events may not be delivered yet. What an older one found begins a trace of its own. */
    private static final int REMEMBERED = 1_000;

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final AttributeKey<String> PROJECT = AttributeKey.stringKey("migration_ledger.project");
    private static final AttributeKey<String> ENVIRONMENT = AttributeKey.stringKey("migration_ledger.environment");
    private static final AttributeKey<Long> EVENTS = AttributeKey.longKey("migration_ledger.events");
    private static final AttributeKey<Long> FIRST = AttributeKey.longKey("migration_ledger.first_sequence");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("migration_ledger.outcome");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Attributes place;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Poll> polls = new ArrayDeque<>();

    private record Poll(UUID epoch, long first, long last, SpanContext span) {
        boolean foundOneOf(UUID others, long from, long to) {
            return epoch.equals(others) && first <= to && from <= last;
        }
    }

    ExportedAgentTraces(OpenTelemetrySdk sdk, String project, String environment) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("migration-agent");
        this.place = Attributes.of(PROJECT, project, ENVIRONMENT, environment);
    }

    static ExportedAgentTraces configured(String project, String environment) {
        return new ExportedAgentTraces(AutoConfiguredOpenTelemetrySdk.builder()
                // The agent says when it ends; variables win over these.
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", "migration-agent",
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
                .build().getOpenTelemetrySdk(), project, environment);
    }

    @Override
    public List<AgentEnvelope> polled(Instant asked, Supplier<List<AgentEnvelope>> recording) {
        lock.lock();
        try {
            List<AgentEnvelope> recorded = recording.get();
            if (!recorded.isEmpty()) {
                Span span = tracer.spanBuilder("poll").setNoParent().setStartTimestamp(asked).setAllAttributes(place)
                        .setAttribute(EVENTS, (long) recorded.size()).startSpan();
                span.end(clock.instant());
                remember(new Poll(recorded.getFirst().epoch(), recorded.getFirst().sequence(),
                        recorded.getLast().sequence(), span.getSpanContext()));
            }
            return recorded;
        } finally {
            lock.unlock();
        }
    }

    private void remember(Poll poll) {
        polls.addLast(poll);
        if (polls.size() > REMEMBERED) {
            polls.removeFirst();
        }
    }

    @Override
    public Delivery delivery(UUID epoch, long first, long last) {
        List<SpanContext> found;
        lock.lock();
        try {
            found = polls.stream().filter(poll -> poll.foundOneOf(epoch, first, last)).map(Poll::span).toList();
        } finally {
            lock.unlock();
        }
        SpanBuilder span = tracer.spanBuilder("deliver events").setSpanKind(SpanKind.CLIENT).setAllAttributes(place)
                .setAttribute(EVENTS, last - first + 1).setAttribute(FIRST, first);
        if (found.isEmpty()) {
            span.setNoParent();
        } else {
            span.setParent(Context.root().with(Span.wrap(found.getFirst())));
            found.stream().skip(1).forEach(span::addLink);
        }
        return new SpanDelivery(span.startSpan());
    }

    private record SpanDelivery(Span span) implements Delivery {

        @Override
        public Optional<String> traceParent() {
            Map<String, String> headers = new HashMap<>();
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers,
                    (carrier, name, value) -> {
                        if (carrier != null) {
                            carrier.put(name, value);
                        }
                    });
            return Optional.ofNullable(headers.get("traceparent"));
        }

        @Override
        public void ended(String outcome, boolean delivered) {
            span.setAttribute(OUTCOME, outcome);
            if (!delivered) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    @Override
    public void close() {
        sdk.shutdown().join(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
