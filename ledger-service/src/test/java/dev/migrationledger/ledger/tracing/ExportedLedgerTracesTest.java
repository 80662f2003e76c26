package dev.migrationledger.ledger.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.ledger.tracing.LedgerTraces.Outcome;
import dev.migrationledger.ledger.tracing.LedgerTraces.TracedBatch;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportedLedgerTracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";
    private static final TracedBatch STAGING = new TracedBatch("00-" + TRACE + "-" + SENDER + "-01", "navbot",
            "staging",
            2);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build()).build();
    private final ExportedLedgerTraces traces = new ExportedLedgerTraces(sdk, Clock.systemUTC());

    @AfterEach
    void end() {
        traces.close();
    }

    @Test
    void recording_and_views_are_in_the_trace_of_the_sender() {
        String result = traces.batch(STAGING, () -> {
            traces.views(3, () -> {});
            return new Outcome<>("receipt", "accepted", true);
        });

        assertThat(result).isEqualTo("receipt");
        SpanData recording = one("record events");
        assertThat(recording.getTraceId()).isEqualTo(TRACE);
        assertThat(recording.getParentSpanId()).isEqualTo(SENDER);
        assertThat(one("update views").getParentSpanId()).isEqualTo(recording.getSpanId());
    }

    @Test
    void a_refused_batch_is_an_error_and_nothing_follows_from_it() {
        traces.batch(STAGING, () -> new Outcome<>("", "sequence-ahead", false));
        assertThatThrownBy(() -> traces.batch(STAGING, () -> {
            throw new IllegalStateException("lost");
        })).hasMessage("lost");
        traces.automation("audit", null, null, () -> {});

        assertThat(exporter.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("record events");
            assertThat(span.getStatus()).isEqualTo(StatusData.error());
        });
    }

    @Test
    void the_first_run_of_each_automation_about_the_project_follows_from_a_batch() {
        traces.together(STAGING, Instant.now());
        SpanData recording = one("record events");
        for (int i = 0; i < 2; i++) {
            traces.automation("evaluate-divergences", "shop", null, () -> {});
            traces.automation("keep-past-views", "navbot", "production", () -> {});
            traces.automation("evaluate-divergences", "navbot", null, () -> {});
            traces.automation("audit", null, null, () -> {});
        }

        assertThat(exporter.getFinishedSpanItems()).extracting(SpanData::getName)
                .containsExactly("record events", "evaluate-divergences", "audit");
        assertThat(exporter.getFinishedSpanItems().subList(1, 3)).extracting(SpanData::getParentSpanId)
                .containsOnly(recording.getSpanId());
    }

    @Test
    void a_header_that_is_not_valid_begins_a_trace() {
        for (String header : new String[]{null, "", "00-0-0-01", "x".repeat(10_000)}) {
            exporter.reset();
            traces.batch(new TracedBatch(header, "navbot", "staging", 1), () -> new Outcome<>("", "accepted", true));

            assertThat(one("record events").getParentSpanContext().isValid()).as(header).isFalse();
        }
    }

    @Test
    void views_that_are_made_again_are_in_no_trace() {
        traces.views(3, () -> {});

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    private SpanData one(String name) {
        List<SpanData> found = exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
