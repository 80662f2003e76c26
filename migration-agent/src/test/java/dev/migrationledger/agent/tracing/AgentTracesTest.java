package dev.migrationledger.agent.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tracing.AgentTraces.Delivery;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentTracesTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final AgentTraces traces = new ExportedAgentTraces(OpenTelemetrySdk.builder().setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build()).build(),
            "navbot",
            "staging");
    private final UUID epoch = UUID.randomUUID();

    @AfterEach
    void end() {
        traces.close();
    }

    @Test
    void without_a_collector_there_are_no_traces() {
        assertThat(AgentTraces.of(Map.of(), "navbot", "staging")).isSameAs(AgentTraces.OFF);
        assertThat(AgentTraces.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "), "navbot", "staging"))
                .isSameAs(AgentTraces.OFF);
        assertThat(AgentTraces.OFF.delivery(epoch, 1, 2).traceParent()).isEmpty();
    }

    @Test
    void a_delivery_is_in_the_trace_of_the_first_poll_and_names_the_others() {
        poll(1, 2);
        poll(3, 3);
        poll(4, 9);

        Delivery delivery = traces.delivery(epoch, 2, 3);
        delivery.ended("received", true);

        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getName).containsExactly("poll", "poll", "poll", "deliver events");
        assertThat(spans.getLast().getParentSpanContext()).isEqualTo(spans.getFirst().getSpanContext());
        assertThat(spans.getLast().getLinks()).extracting(LinkData::getSpanContext)
                .containsExactly(spans.get(1).getSpanContext());
        // Flags follow.
        assertThat(delivery.traceParent().orElseThrow()).startsWith(
                "00-%s-%s-".formatted(spans.getFirst().getTraceId(), spans.getLast().getSpanId()));
    }

    @Test
    void a_poll_that_found_nothing_has_no_span() {
        assertThat(traces.polled(NOON, List::of)).isEmpty();

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void events_of_an_earlier_process_begin_a_trace() {
        poll(1, 2);

        traces.delivery(UUID.randomUUID(), 1, 2).ended("retry-later", false);

        assertThat(exporter.getFinishedSpanItems().getLast().getParentSpanContext().isValid()).isFalse();
    }

    private void poll(long first, long last) {
        traces.polled(NOON, () -> LongStream.rangeClosed(first, last).mapToObj(this::envelope).toList());
    }

    private AgentEnvelope envelope(long sequence) {
        return new AgentEnvelope(UUID.randomUUID(), "navbot", "staging", "watcher", epoch, sequence,
                Occurrence.exactly(NOON), NOON,
                new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP));
    }
}
