package dev.migrationledger.ledger.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exports spans by the SDK of OpenTelemetry, which reads its own variables. */
final class ExportedLedgerTraces implements LedgerTraces, AutoCloseable {

    /** Batches whose automations may not have run yet. */
    private static final int REMEMBERED = 1_000;

    /** After this time, what an automation does has another cause. */
    private static final Duration FOLLOWED = Duration.ofMinutes(5);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final AttributeKey<String> PROJECT = AttributeKey.stringKey("migration_ledger.project");
    private static final AttributeKey<String> ENVIRONMENT = AttributeKey.stringKey("migration_ledger.environment");
    private static final AttributeKey<Long> EVENTS = AttributeKey.longKey("migration_ledger.events");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("migration_ledger.outcome");

    private static final TextMapGetter<String> ONE_HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String value) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String value, String name) {
            return name.equals(HEADER) ? value : null;
        }
    };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Clock clock;
    private final Deque<Followed> recent = new ArrayDeque<>();

    /** A recorded batch, and the automations that ran since. */
    private record Followed(TracedBatch batch, Context span, Instant recorded, Set<String> done) {
        boolean isAbout(@Nullable String project, @Nullable String environment) {
            return (project == null || project.equals(batch.project()))
                    && (environment == null || environment.equals(batch.environment()));
        }
    }

    ExportedLedgerTraces(OpenTelemetrySdk sdk, Clock clock) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("ledger-service");
        this.clock = clock;
    }

    /** @param settings of OpenTelemetry, beside its variables: {@code otel.exporter.otlp.endpoint} */
    static ExportedLedgerTraces configured(Map<String, String> settings, Clock clock) {
        Map<String, String> all = new HashMap<>(Map.of(
                "otel.service.name", "ledger-service",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        all.putAll(settings);
        return new ExportedLedgerTraces(AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook()
                .addPropertiesSupplier(() -> all).build().getOpenTelemetrySdk(), clock);
    }

    @Override
    public <R> R batch(TracedBatch batch, Supplier<Outcome<R>> recording) {
        Span span = start(batch).startSpan();
        Context context = parent(batch).with(span);
        String code = "failed";
        try (Scope _ = context.makeCurrent()) {
            Outcome<R> outcome = recording.get();
            code = outcome.code();
            if (outcome.accepted()) {
                remember(batch, context);
            } else {
                span.setStatus(StatusCode.ERROR);
            }
            return outcome.result();
        } catch (RuntimeException | Error e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.setAttribute(OUTCOME, code);
            span.end();
        }
    }

    @Override
    public void together(TracedBatch batch, Instant since) {
        Span span = start(batch).setStartTimestamp(since).setAttribute(OUTCOME, "accepted").startSpan();
        span.end(clock.instant());
        remember(batch, parent(batch).with(span));
    }

    private SpanBuilder start(TracedBatch batch) {
        return tracer.spanBuilder("record events").setSpanKind(SpanKind.SERVER).setParent(parent(batch))
                .setAttribute(PROJECT, batch.project()).setAttribute(ENVIRONMENT, batch.environment())
                .setAttribute(EVENTS, (long) batch.events());
    }

    private static Context parent(TracedBatch batch) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), batch.traceParent(), ONE_HEADER);
    }

    private synchronized void remember(TracedBatch batch, Context span) {
        recent.addLast(new Followed(batch, span, clock.instant(), new HashSet<>()));
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    @Override
    public void views(int events, Runnable update) {
        if (!Span.current().getSpanContext().isValid()) {
            update.run();
            return;
        }
        Span span = tracer.spanBuilder("update views").setAttribute(EVENTS, (long) events).startSpan();
        try {
            update.run();
        } finally {
            span.end();
        }
    }

    @Override
    public void automation(String name, @Nullable String project, @Nullable String environment, Runnable run) {
        Instant began = clock.instant();
        run.run();
        Instant ended = clock.instant();
        for (Followed one : firstRunFor(name, project, environment, began)) {
            tracer.spanBuilder(name).setParent(one.span()).setStartTimestamp(began)
                    .setAttribute(PROJECT, one.batch().project())
                    .setAttribute(ENVIRONMENT, one.batch().environment()).startSpan().end(ended);
        }
    }

    private synchronized List<Followed> firstRunFor(
            String name, @Nullable String project, @Nullable String environment, Instant began) {
        recent.removeIf(one -> one.recorded().plus(FOLLOWED).isBefore(began));
        return recent.stream().filter(one -> one.isAbout(project, environment) && !one.recorded().isAfter(began)
                && one.done().add(name)).toList();
    }

    @Override
    public void close() {
        sdk.shutdown().join(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
