package dev.migrationledger.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Clue.OtherTriggers;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.Declared;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.unread.ValueReason.Conditional;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An older or another agent sends what ours hides: no page, answer or line of the log repeats it. What is recorded stays as it came. */
@LedgerTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class RecordedSecretsTest {

    private static final String SECRET = "s3cr3tOfThem";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID RUN = new UUID(1, 2);

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    static List<String> forms() {
        return List.of(
                "postgresql://u:" + SECRET + "@db/app", "host=db password=" + SECRET,
                "PGPASSWORD=" + SECRET + " alembic", "CREATE USER x PASSWORD '" + SECRET + "'",
                "alembic --db-pass " + SECRET, "api_key: " + SECRET, "https://" + SECRET + "@github.com/a/b",
                "Authorization: Bearer " + SECRET);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nothing_shows_a_secret_that_an_event_holds(String planted, CapturedOutput log) throws Exception {
        String environment = "e" + Sha256.hex(planted).substring(0, 12);
        HttpResponse<String> taken = post(batch(environment, planted));
        assertThat(taken.body()).doesNotContain(SECRET);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        Finding finding = new Finding(DivergenceCode.UNKNOWN_REVISION, Severity.ERROR, planted, planted,
                List.of(Exhibit.file(planted, 1), Exhibit.detail(planted)),
                List.of(new PlanStep(planted, planted, planted)));
        environmentCommands.recordDivergences(new RecordDivergences("navbot", environment, List.of(finding),
                Set.of(DivergenceCode.UNKNOWN_REVISION), Set.of(), NOON, null, NOON, planted.hashCode()));

        automations.round();
        // The first round recorded findings.
        automations.round();

        List<String> shown = new ArrayList<>();
        Set<String> answered = new TreeSet<>();
        for (String pattern : patterns()) {
            HttpResponse<String> answer = client.get(address(pattern, environment));
            assertThat(answer.statusCode()).as(pattern).isLessThan(500);
            if (withoutRecords(answer.body()).contains(SECRET)) {
                shown.add(pattern);
            }
            if (answer.statusCode() == 200) {
                answered.add(pattern);
            }
        }
        assertThat(answered).contains("/", "/audit", "/divergences", "/projects/{project}",
                "/projects/{project}/compare", "/projects/{project}/environments/{environment}",
                "/projects/{project}/policy", "/projects/{project}/revisions/{revision}", "/api/v1/audit",
                "/api/v1/audit/export", "/api/v1/audit/stream",
                "/api/v1/projects/{project}/environments/{environment}/deploys");
        for (String address : addresses(environment, planted)) {
            if (withoutRecords(get(address)).contains(SECRET)) {
                shown.add(address);
            }
        }
        assertThat(shown).as("addresses that show the secret").isEmpty();
        assertThat(client.read("/api/v1/audit?q=" + SECRET, AuditPage.class).entries()).as("found by it").isEmpty();
        for (String address : List.of("/divergences", "/api/v1/divergences", "/audit",
                "/projects/navbot/environments/" + environment,
                "/api/v1/projects/navbot/environments/" + environment)) {
            assertThat(get(address)).as("shown at all: " + address).contains("***");
        }
        assertThat(log.getAll()).doesNotContain(SECRET);
    }

    /** Every address that answers without changing anything. */
    private Set<String> patterns() {
        Set<String> patterns = new TreeSet<>();
        mappings.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .forEach(mapping -> patterns.addAll(
                        Objects.requireNonNull(mapping.getPathPatternsCondition()).getPatternValues()));
        // It has no end, and names projects and environments alone: LiveTest.
        assertThat(patterns.remove("/api/v1/stream")).isTrue();
        return patterns;
    }

    /** An address with what stands there for its variables, and with the parameters that some addresses need. */
    private static String address(String pattern, String environment) {
        String path = pattern.replace("{project}", "navbot").replace("{environment}", environment)
                .replace("{revision}", "r1").replaceAll("\\{\\w+}", new UUID(5, 6).toString())
                .replaceAll("/\\*\\*$|/\\{\\*\\w+}$", "/entries/000");
        return path + switch (pattern) {
            case "/projects/{project}/compare", "/api/v1/projects/{project}/compare" ->
                "?left=%s&right=%s".formatted(environment, environment);
            // Who follows the audit would wait for events.
            case "/api/v1/audit/stream" -> "?wait=0";
            case "/api/v1/audit/export" -> "?format=csv";
            default -> "";
        };
    }

    /** An export has each event as it is stored, too: that is what is proved. */
    private static String withoutRecords(String text) {
        return text.lines().map(line -> line.replaceFirst(",\"record\":\\{.*", "")).collect(Collectors.joining("\n"));
    }

    private static List<String> addresses(String environment, String planted) {
        String of = "/api/v1/projects/navbot/";
        String asked = URLEncoder.encode(planted, StandardCharsets.UTF_8);
        return List.of("/api/v1/audit/export?format=ndjson", "/api/v1/audit/export?format=json",
                of + "environments/" + environment + "?at=2026-01-02T00:00:00Z",
                "/projects/navbot/environments/" + environment + "?at=2026-01-02T00:00:00Z",
                "/audit?q=env:" + environment, "/api/v1/divergences?state=all",
                // What is asked for is repeated in answers, too.
                "/api/v1/projects/" + asked, of + "environments/" + asked, of + "history/" + asked,
                of + "files/" + asked, "/projects/" + asked, "/projects/navbot/environments/" + asked,
                "/projects/navbot/revisions/" + asked, "/projects/navbot/compare?left=" + asked + "&right=" + asked,
                "/" + asked, "/api/v1/divergences?code=" + asked, "/api/v1/divergences?after=" + asked,
                "/api/v1/projects?limit=" + asked, "/api/v1/projects?retired=" + asked,
                of + "environments/" + environment + "?at=" + asked, of + "history?limit=" + asked);
    }

    private static EventBatch batch(String environment, String planted) {
        Evidence evidence = new Evidence(Method.TRIGGER, Certainty.CERTAIN,
                List.of(new OtherTriggers(List.of(planted))), new Attribution(
                        new Actor("deploy", RunClaim.applicationName(RUN), planted, 1, "2"), planted, List.of()));
        Evidence byHand = new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(new OtherTriggers(List.of(planted))),
                new Attribution(
                        new Actor(planted, planted, planted, 1, "2"), planted, List.of()));
        Revision revision = new Revision("r1", List.of(), List.of(), List.of(), planted, planted, "0".repeat(64));
        List<AgentEvent> events = List.of(
                new AgentStarted(planted, planted, planted, Map.of("password", SECRET, "note", planted)),
                new RunStarted(RUN, new RunClaim(List.of("alembic", "--password", SECRET, planted), planted, planted,
                        planted, planted, Map.of("token", SECRET, "url", planted))),
                new ScriptsScanned(planted, 1, "0".repeat(64), null, List.of(revision), List.of(),
                        List.of(new FileProblem.Unreadable(new Place(planted, 1), planted),
                                new FileProblem.DeclarationUnknown(new Place(planted, 1), Declared.REVISION, planted,
                                        new Conditional(planted))),
                        new ToolInvocation(Program.ALEMBIC, List.of(planted), planted, List.of(planted), false,
                                planted)),
                new RevisionApplied("r1", false, evidence),
                new VersionTableEdited(List.of("r1"), List.of("r1", planted), byHand),
                new VersionTableObserved(
                        new VersionTable(planted, VersionTable.State.PRESENT, List.of("r1", planted))),
                new ObservationGap(NOON, NOON.plusSeconds(60), new EventRefused(planted, planted)));
        List<AgentEnvelope> envelopes = new ArrayList<>();
        for (AgentEvent event : events) {
            long sequence = envelopes.size() + 1L;
            envelopes.add(new AgentEnvelope(
                    UUID.nameUUIDFromBytes((environment + sequence).getBytes(StandardCharsets.UTF_8)),
                    "navbot", environment, "old", new UUID(3, 4), sequence, Occurrence.exactly(NOON), NOON, event));
        }
        return new EventBatch(envelopes, null);
    }

    private HttpResponse<String> post(EventBatch batch) throws Exception {
        return client.post("/api/v1/events", ContractJson.write(batch));
    }

    private String get(String path) throws Exception {
        return client.get(path.replace("+", "%20")).body();
    }
}
