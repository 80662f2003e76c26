package dev.migrationledger.ledger.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceExpired;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.policy.baseline.BaselineView;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.MovableClock;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class BaselineControllerTest {

    private static final String PATH = "/api/v1/projects/navbot/policy/baseline";
    private final Instant until = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Autowired
    ProjectPolicies policies;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    BaselineView baselines;

    @Autowired
    Recorder recorder;

    @Autowired
    EventLog log;

    /** A row that no script declares. The same before each test: recorded again, nothing changes. */
    @BeforeEach
    void a_broken_production() {
        new Story("production").scripts("a b<a").table("zz").recordIn(environmentCommands);
        automations.round();
    }

    @Test
    void a_finding_is_accepted_found_gone_and_withdrawn() throws Exception {
        Story repaired = new Story("repaired").scripts("a b<a").table("zz");
        repaired.recordIn(environmentCommands);
        automations.round();
        Baseline accepted = TestClient.read(accept("repaired", List.of(DivergenceCode.UNKNOWN_REVISION), null),
                Baseline.class);
        assertThat(accepted.findings()).singleElement().satisfies(one -> {
            assertThat(one.environment()).isEqualTo("repaired");
            assertThat(one.code()).isEqualTo(DivergenceCode.UNKNOWN_REVISION);
            assertThat(one.owner()).isEqualTo("ann");
            assertThat(one.by()).isEqualTo("local");
            assertThat(one.status()).isEqualTo(Status.OPEN);
        });
        assertThat(repaired()).isEqualTo(accepted.findings());
        assertThat(TestClient.read(accept("repaired", List.of(DivergenceCode.UNKNOWN_REVISION), null), Baseline.class))
                .isEqualTo(accepted);
        assertThat(policies.of("navbot", "repaired").baseline()).extracting(AcceptedFinding::code)
                .containsExactly(DivergenceCode.UNKNOWN_REVISION);
        assertThat(policies.of("navbot", "other").baseline()).isEmpty();
        assertThat(rebuild.check().differing()).isEmpty();

        repaired.at(30).applied("b").table("b").recordIn(environmentCommands);
        automations.round();
        assertThat(repaired()).extracting(Entry::status).containsExactly(Status.GONE);

        String one = PATH + "/" + accepted.findings().getFirst().id();
        assertThat(ledger.send(ledger.request(one).DELETE()).statusCode()).isEqualTo(204);
        assertThat(repaired()).isEmpty();
        assertThat(TestClient.problem(ledger.send(ledger.request(one).DELETE()), 404).detail())
                .contains("withdrawn or replaced");
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void an_acceptance_that_ended_is_on_the_page_and_an_event_until_the_finding_is_gone() throws Exception {
        Story repaired = new Story("expiring").scripts("a b<a").table("zz");
        repaired.recordIn(environmentCommands);
        automations.round();
        Instant soon = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MICROS);
        Entry accepted = TestClient.read(accept("expiring", List.of(DivergenceCode.UNKNOWN_REVISION), null, soon),
                Baseline.class).findings().getFirst();
        String sentence = "The acceptance of unknown-revision (zz) by local ended on ";
        assertThat(ledger.body("/divergences")).doesNotContain(sentence);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            automations.round();
            assertThat(expired(accepted)).hasSize(1);
        });
        assertThat(ledger.body("/divergences")).contains("navbot/expiring", sentence,
                ": known since May. Ask ann to repair it, or accept it again.");
        assertThat(entry(accepted).status()).isEqualTo(Status.ENDED);
        assertThat(rebuild.check().differing()).isEmpty();

        repaired.at(30).applied("b").table("b").recordIn(environmentCommands);
        automations.round();
        assertThat(ledger.body("/divergences")).doesNotContain(sentence);
        assertThat(entry(accepted).status()).isEqualTo(Status.GONE);
        assertThat(expired(accepted)).hasSize(1);
    }

    @Test
    void two_ledgers_record_the_end_of_an_acceptance_once_and_not_before() throws Exception {
        Entry accepted = TestClient.read(accept("production", List.of(DivergenceCode.UNKNOWN_REVISION), null),
                Baseline.class).findings().getFirst();
        MovableClock clock = new MovableClock();
        clock.move(Duration.between(clock.instant(), accepted.until().minusSeconds(1)));
        AcceptanceExpiry one = new AcceptanceExpiry(baselines, recorder, clock, new Random(1));
        AcceptanceExpiry other = new AcceptanceExpiry(baselines, recorder, clock, new Random(2));
        StreamId.Project navbot = new StreamId.Project("navbot");
        one.run(navbot);
        assertThat(one.due()).isEmpty();
        assertThat(expired(accepted)).as("its time is not over").isEmpty();

        clock.move(Duration.ofSeconds(61));
        assertThat(one.due()).containsExactly(navbot);
        one.run(navbot);
        other.run(navbot);
        assertThat(one.due()).isEmpty();
        assertThat(expired(accepted)).singleElement().satisfies(event -> {
            assertThat(event.occurredAt()).isEqualTo(Occurrence.exactly(accepted.until()));
            assertThat(event.recordedAt()).isEqualTo(accepted.until().plusSeconds(60));
        });
        assertThat(ledger.send(ledger.request(PATH + "/" + accepted.id()).DELETE()).statusCode())
                .as("what ended can be withdrawn").isEqualTo(204);
        assertThat(rebuild.check().differing()).isEmpty();
    }

    private List<RecordedEvent> expired(Entry accepted) {
        return log.of(new StreamId.Project("navbot"))
                .filter(event -> event.event().equals(new AcceptanceExpired(accepted.id()))).toList();
    }

    private Entry entry(Entry accepted) throws Exception {
        return ledger.read(PATH, Baseline.class).findings().stream()
                .filter(one -> one.id().equals(accepted.id())).findFirst().orElseThrow();
    }

    @Test
    void all_open_findings_are_accepted_but_those_that_block_nothing() throws Exception {
        Baseline accepted = TestClient.read(accept("production", null, null), Baseline.class);
        assertThat(accepted.findings()).extracting(Entry::code).contains(DivergenceCode.UNKNOWN_REVISION)
                .doesNotContain(DivergenceCode.BEHIND_HEAD);
    }

    @Test
    void what_is_not_open_is_not_accepted() throws Exception {
        assertThat(TestClient.problem(accept("production", List.of(DivergenceCode.FORKED), null), 422).detail())
                .contains("No open finding of 'production' has 'forked'; open are ", "'unknown-revision'");
        assertThat(TestClient
                .problem(accept("production", List.of(DivergenceCode.UNKNOWN_REVISION), List.of("none")), 422).field())
                .isEqualTo("subjects");
        assertThat(TestClient.problem(accept("production", List.of(DivergenceCode.BEHIND_HEAD), null), 422).detail())
                .contains("'behind-head' is true before every deploy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"environment\":\"prod\",\"reason\":\"r\",\"owner\":\"o\",\"until\":\"UNTIL\"} | 404 | 'prod'",
        "{\"environment\":\"production\",\"reason\":\" \",\"owner\":\"o\",\"until\":\"UNTIL\"} | 422 | The reason has 0 characters; use 1 to 1,000.",
        "{\"environment\":\"production\",\"reason\":\"password=s3cret\",\"owner\":\"o\",\"until\":\"UNTIL\"} | 422 | The reason has a password",
        "{\"environment\":\"production\",\"reason\":\"r\",\"owner\":\"\",\"until\":\"UNTIL\"} | 422 | The owner has 0 characters",
        "{\"environment\":\"production\",\"reason\":\"r\",\"owner\":\"o\"} | 422 | until",
        "{\"environment\":\"production\",\"reason\":\"r\",\"owner\":\"o\",\"until\":\"2020-01-01T00:00:00Z\"} | 422 | '2020-01-01T00:00:00Z' is over",
        "{\"environment\":\"production\",\"reason\":\"r\",\"owner\":\"o\",\"until\":\"2999-01-01T00:00:00Z\"} | 422 | more than 366 days away",
        "{\"environment\":\"production\",\"codes\":[\"nonsense\"],\"reason\":\"r\",\"owner\":\"o\",\"until\":\"UNTIL\"} | 422 | codes",
        "{\"environment\" | 400 | JSON"})
    void a_wrong_request_is_refused_with_its_value(String body, int status, String words) throws Exception {
        Problem problem = TestClient.problem(ledger.post(PATH,
                body.replace("UNTIL", until.toString()).getBytes(StandardCharsets.UTF_8)), status);
        assertThat(problem.detail() + " " + problem.field()).contains(words).doesNotContain("s3cret");
    }

    @Test
    void a_project_that_does_not_exist_accepts_nothing() throws Exception {
        assertThat(ledger.problem("/api/v1/projects/navbt/policy/baseline", 404).detail()).contains("'navbt'");
        assertThat(TestClient.problem(ledger.send(ledger.request(
                "/api/v1/projects/navbt/policy/baseline/" + new UUID(0, 1)).DELETE()), 404).detail())
                .contains("'navbt'");
    }

    private List<Entry> repaired() throws Exception {
        return ledger.read(PATH, Baseline.class).findings().stream()
                .filter(one -> one.environment().equals("repaired")).toList();
    }

    private HttpResponse<String> accept(
            String environment, @Nullable List<DivergenceCode> codes, @Nullable List<String> subjects)
            throws Exception {
        return accept(environment, codes, subjects, until);
    }

    private HttpResponse<String> accept(
            String environment, @Nullable List<DivergenceCode> codes, @Nullable List<String> subjects, Instant end)
            throws Exception {
        return ledger.post(PATH, ContractJson.write(new Baseline.Acceptance(environment, codes, subjects,
                "known since May", "ann", end)));
    }
}
