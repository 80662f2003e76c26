package dev.migrationledger.ledger.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.GateEvent.OverrideClosed;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.testsupport.time.MovableClock;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class OverrideControllerTest {

    private static final String PATH = "/api/v1/projects/navbot/environments/staging/overrides";

    @Autowired
    TestClient ledger;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    Automations automations;

    @Autowired
    DeploysView deploys;

    @Autowired
    Recorder recorder;

    @Autowired
    EventLog log;

    @BeforeEach
    void an_environment() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "staging", 1, 1)));
        assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
    }

    @Test
    void an_override_is_opened_closed_listed_and_rebuilt_from_its_events() throws Exception {
        Instant until = Instant.now().plus(Duration.ofHours(1));
        int before = openOnTheFirstPage();
        GateOverride open = read(post(PATH, opening("checkout is down", until)), 201);
        assertThat(open.isOpen(Instant.now())).isTrue();
        assertThat(openOnTheFirstPage()).isEqualTo(before + 1);
        assertThat(open.by()).isEqualTo("local");
        assertThat(page()).contains("local lets deploys run until", "checkout is down",
                "/overrides/%s/close\">Close the override …".formatted(open.override()));
        assertThat(problem(post(PATH, opening("again", until)), 409).code()).isEqualTo("open-already");
        assertThat(problem(post(PATH + "/" + open.override() + "/close", "{\"comment\":\"PGPASSWORD=hunter2\"}"), 422)
                .field()).isEqualTo("comment");
        GateOverride closed = read(post(PATH + "/" + open.override() + "/close",
                "{\"comment\":\" checkout is back \"}"), 200);
        assertThat(closed.closingComment()).isEqualTo("checkout is back");
        // Who closes it again, without any body, changes nothing.
        assertThat(read(post(PATH + "/" + open.override() + "/close", ""), 200)).isEqualTo(closed);
        assertThat(closed.closedBy()).isEqualTo("local");
        assertThat(page()).doesNotContain("checkout is down");
        assertThat(openOnTheFirstPage()).isEqualTo(before);
        assertThat(ledger.read(PATH, GateOverride[].class)).contains(closed);
        GateOverride reviewed = read(post(PATH + "/" + open.override() + "/review", "{\"remark\":\"fine\"}"), 200);
        assertThat(reviewed.remark()).isEqualTo("fine");
        assertThat(problem(post(PATH + "/" + open.override() + "/review", "{\"remark\":\"fine\"}"), 404).detail())
                .contains("was reviewed");
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void pages_lead_to_the_oldest_override_and_a_place_finds_it_at_once() throws Exception {
        Instant until = Instant.now().plus(Duration.ofHours(1));
        List<GateOverride> opened = new ArrayList<>();
        for (int i = 0; i <= 50; i++) {
            ledger.post("/api/v1/events",
                    ContractJson.write(new EventBatch(SampleBatches.events("many", "tenant-" + i, 1, 1))));
            opened.add(read(post("/api/v1/projects/many/environments/tenant-%d/overrides".formatted(i),
                    opening("reason " + i, until)), 201));
        }
        try {
            String first = ledger.body("/deploys");
            assertThat(first).contains("many/tenant-50", "href=\"/deploys?overrides=50\">More overrides")
                    .doesNotContain(
                            ">many/tenant-0<");
            assertThat(ledger.body("/deploys?overrides=50")).contains(">many/tenant-0<");
            assertThat(ledger.body("/deploys?q=environment:tenant-0")).contains(">many/tenant-0<")
                    .doesNotContain("More overrides");
            assertThat(ledger.status("/deploys?overrides=abc")).isEqualTo(400);
        } finally {
            for (GateOverride one : opened) {
                String path = "/api/v1/projects/many/environments/%s/overrides/%s".formatted(one.environment(),
                        one.override());
                read(post(path + "/close", ""), 200);
                read(post(path + "/review", "{\"remark\":\"fine\"}"), 200);
            }
        }
    }

    @Test
    void an_override_closes_by_time_soon_after_its_end_without_another_command() throws Exception {
        GateOverride open = expiring(Instant.now().plusMillis(300));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            automations.round();
            assertThat(closed(open)).hasSize(1);
        });
        assertThat(ledger.read(PATH, GateOverride[].class)).contains(open.closed(open.until(), null, null));
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void two_ledgers_close_an_override_once_and_not_before_its_end() throws Exception {
        GateOverride open = expiring(Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
        MovableClock clock = new MovableClock();
        clock.move(Duration.between(clock.instant(), open.until().minusSeconds(1)));
        OverrideExpiry one = new OverrideExpiry(deploys, recorder, clock, new Random(1));
        OverrideExpiry other = new OverrideExpiry(deploys, recorder, clock, new Random(2));
        StreamId.Deploys staging = new StreamId.Deploys("navbot", "staging");
        assertThat(one.due()).isEmpty();
        one.run(staging);
        assertThat(closed(open)).as("its time is not over").isEmpty();

        clock.move(Duration.ofSeconds(61));
        assertThat(one.due()).containsExactly(staging);
        assertThat(other.due()).containsExactly(staging);
        one.run(staging);
        other.run(staging);
        assertThat(one.due()).isEmpty();
        assertThat(closed(open)).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(new OverrideClosed(open.override(), null, null));
            assertThat(event.occurredAt()).isEqualTo(Occurrence.exactly(open.until()));
            assertThat(event.recordedAt()).isEqualTo(open.until().plusSeconds(60));
        });
    }

    /** How many overrides the notice of the first page names. */
    private int openOnTheFirstPage() throws Exception {
        Matcher notice = Pattern.compile("(\\d+) overrides? runs? until").matcher(ledger.body("/"));
        return notice.find() ? Integer.parseInt(notice.group(1)) : 0;
    }

    private GateOverride expiring(Instant until) throws Exception {
        return read(post(PATH, opening("for a moment", until)), 201);
    }

    private List<RecordedEvent> closed(GateOverride override) {
        return log.of(new StreamId.Deploys("navbot", "staging"))
                .filter(event -> event.event() instanceof OverrideClosed it
                        && it.override().equals(override.override()))
                .toList();
    }

    @Test
    void what_is_wrong_with_an_opening_is_named() throws Exception {
        Instant now = Instant.now();
        assertThat(problem(post(PATH, opening(" ", now.plusSeconds(60))), 422).detail()).contains("0 characters");
        assertThat(problem(post(PATH, opening("x", now.minusSeconds(60))), 422).detail()).contains("is over");
        assertThat(problem(post(PATH, opening("x", now.plus(Duration.ofDays(8)))), 422).detail()).contains("7 days");
        assertThat(problem(post(PATH, opening("postgresql://ann:s3cret@db/app", now.plusSeconds(60))), 422).detail())
                .contains("password").doesNotContain("s3cret");
        assertThat(problem(post(PATH, "{}"), 422).field()).isEqualTo("reason");
        assertThat(problem(post(PATH.replace("staging", "stagng"), opening("x", now.plusSeconds(60))), 404).detail())
                .contains("'stagng'", "staging");
        assertThat(problem(post(PATH + "/" + new UUID(0, 1) + "/close", ""), 404).detail()).contains("no override");
    }

    private String page() throws Exception {
        return ledger.body("/deploys");
    }

    private static String opening(String reason, Instant until) {
        return new String(ContractJson.write(new GateOverride.Opening(reason, until)), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return ledger.post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    private static GateOverride read(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), GateOverride.class);
    }

    private static Problem problem(HttpResponse<String> answer, int status) {
        return TestClient.problem(answer, status);
    }
}
