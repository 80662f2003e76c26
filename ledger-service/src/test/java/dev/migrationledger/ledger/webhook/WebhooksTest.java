package dev.migrationledger.ledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingFound;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingRepaired;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.GateEvent.DeployAllowed;
import dev.migrationledger.contracts.event.GateEvent.DeployBlocked;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeySuspended;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.contracts.policy.GateReason.NoPipeline;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery.State;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import dev.migrationledger.contracts.webhook.WebhookMessage.Notice;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.TestAgent;
import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.automation.EventFollower;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.ledger.webhook.TestReceiver.Received;
import dev.migrationledger.ledger.webhook.delivery.Deliveries;
import dev.migrationledger.ledger.webhook.delivery.DeliverWebhooks;
import dev.migrationledger.ledger.webhook.delivery.ReceiverAddress;
import dev.migrationledger.ledger.webhook.delivery.ReceiverClient;
import dev.migrationledger.ledger.webhook.delivery.WebhookSecrets;
import dev.migrationledger.ledger.webhook.matter.MatterFollower;
import dev.migrationledger.ledger.webhook.matter.Matters;
import dev.migrationledger.testsupport.time.MovableClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From an event to a receiver that fails, is away, and comes back. Time passes by a clock that the test moves. */
@LedgerTest
@TestPropertySource(properties = "ledger.webhooks.internal-hosts=127.0.0.1")
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class WebhooksTest {

    private static final Finding HEADS = Finding.error(DivergenceCode.MULTIPLE_HEADS, "The history has 2 heads.");

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands environments;

    @Autowired
    EventLog log;

    @Autowired
    Automations automations;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    WebhooksView view;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    Merges merges;

    @Autowired
    AgentsView agents;

    @Autowired
    EnvironmentViews environmentViews;

    @Autowired
    Matters matters;

    @Autowired
    Deliveries deliveries;

    @Autowired
    WebhookSecrets secrets;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Value("${spring.datasource.url}")
    String database;

    private final MovableClock clock = new MovableClock();
    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);
    private final TestReceiver receiver = receiver();
    private long chance;

    private static TestReceiver receiver() {
        try {
            return new TestReceiver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void now() {
        clock.move(Duration.between(clock.instant(), Instant.now()));
    }

    @AfterEach
    void close() {
        assertThat(rebuild.check().differing()).isEmpty();
        jdbc.update("delete from ledger.webhook_matter");
        receiver.close();
        view.all().forEach(this::remove);
    }

    @Test
    void a_divergence_is_reported_once_when_it_begins_gets_worse_and_ends() throws Exception {
        Webhook.Added added = add(wanted("{}"));
        found("production", Finding.warning(DivergenceCode.MULTIPLE_HEADS, "The history has 2 heads."));
        pass(Duration.ofSeconds(10));
        assertThat(receiver.next()).as("others may belong to it").isEmpty();
        pass(Duration.ofSeconds(30));

        Received first = only();
        assertThat(first.path()).isEqualTo("/hook/s3cretPath");
        assertThat(first.signature()).isEqualTo(signature(added.secret(), first));
        WebhookMessage message = first.message();
        assertThat(message.type()).isEqualTo("migration-ledger.changes");
        assertThat(message.data().project()).isEqualTo(project);
        assertThat(message.data().summary()).isEqualTo(project + ": 1 new.");
        assertThat(message.data().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.change()).isEqualTo(Change.BEGAN);
            assertThat(notice.environment()).isEqualTo("production");
            assertThat(notice.code()).isEqualTo("multiple-heads");
            assertThat(notice.severity()).isEqualTo(Severity.WARNING);
            assertThat(notice.sentence()).isEqualTo("The history has 2 heads.");
            assertThat(notice.link())
                    .isEqualTo("https://ledger.example.org/projects/%s/environments/production".formatted(project));
            assertThat(log.after(notice.position() - 1, 1)).singleElement()
                    .satisfies(event -> assertThat(event.position()).isEqualTo(notice.position()));
        });

        found("production", Finding.warning(DivergenceCode.MULTIPLE_HEADS, "The history has 3 heads."));
        pass(Duration.ofMinutes(10));
        assertThat(receiver.next()).as("it is the same divergence").isEmpty();
        found("production", HEADS);
        pass(Duration.ofMinutes(10));
        assertThat(changes()).containsExactly(Change.WORSENED);
        found("production");
        pass(Duration.ofMinutes(10));
        assertThat(changes()).containsExactly(Change.ENDED);
        pass(Duration.ofHours(10));
        assertThat(receiver.next()).isEmpty();
        assertThat(deliveries(added)).hasSize(3).allMatch(one -> one.state() == State.ACCEPTED);
    }

    @Test
    void what_was_found_before_the_webhook_was_added_and_information_is_no_message() throws Exception {
        found("production", HEADS);
        clock.move(Duration.ofSeconds(1));
        add(wanted("{}"));
        found("production", Finding.error(DivergenceCode.MULTIPLE_HEADS, "The history has 3 heads."),
                new Finding(DivergenceCode.BEHIND_HEAD, Severity.INFO, "", "One revision is pending.", List.of(),
                        List.of()));
        pass(Duration.ofMinutes(1));
        assertThat(receiver.next()).isEmpty();
    }

    @Test
    void a_deploy_to_300_environments_is_one_message_and_so_are_40_findings_of_one() throws Exception {
        add(wanted("{}"));
        Webhook.Added chat = add(wanted("{\"format\":\"chat\"}"));
        for (int i = 0; i < 300; i++) {
            found("tenant-%03d".formatted(i), HEADS);
        }
        pass(Duration.ofSeconds(31));
        List<Received> got = receiver.next();
        assertThat(got).hasSize(2);
        WebhookMessage message = got.stream().filter(one -> !one.body().startsWith("{\"text\"")).findFirst()
                .orElseThrow().message();
        assertThat(message.data().notices()).hasSize(100);
        assertThat(message.data().omitted()).isEqualTo(200);
        String text = got.stream().map(Received::body).filter(one -> one.startsWith("{\"text\"")).findFirst()
                .orElseThrow();
        assertThat(text).hasSizeLessThan(400).contains(
                project + ": 300 new.\\n✕ multiple-heads (error) in tenant-000, ",
                "The history has 2 heads. (300 times)\\nhttps://ledger.example.org/projects/" + project);

        remove(chat.webhook());
        found("tenant-000", IntStream.range(0, 40).mapToObj(i -> new Finding(DivergenceCode.UNTRACKED_OBJECTS,
                Severity.WARNING, "table t" + i, "Table t%d is untracked.".formatted(i), List.of(), List.of()))
                .toArray(Finding[]::new));
        pass(Duration.ofSeconds(31));
        assertThat(only().message().data().notices()).hasSize(41).extracting(Notice::change)
                .containsOnly(Change.BEGAN, Change.ENDED);
    }

    @Test
    void a_finding_that_comes_and_goes_is_reported_less_and_less() throws Exception {
        add(wanted("{}"));
        for (int minute = 0; minute < 240; minute++) {
            found("production", minute % 2 == 0 ? new Finding[]{HEADS} : new Finding[0]);
            pass(Duration.ofMinutes(1));
        }
        assertThat(receiver.next()).hasSizeBetween(3, 12);
    }

    @Test
    void a_message_that_fails_holds_back_those_of_its_environment_and_no_others() throws Exception {
        Webhook.Added added = add(wanted("{}"));
        receiver.answers(got -> got.body().contains("\"bad\"") ? 500 : 200);
        found("bad", HEADS);
        pass(Duration.ofSeconds(31));
        found("good", HEADS);
        found("bad");
        pass(Duration.ofSeconds(31));
        assertThat(receiver.next()).filteredOn(got -> !got.body().contains("\"bad\"")).hasSize(1);
        found("bad", HEADS, Finding.warning(DivergenceCode.UNTRACKED_OBJECTS, "Table t is untracked."));
        pass(Duration.ofMinutes(5));
        assertThat(receiver.next()).as("always the first one").isNotEmpty().extracting(Received::id)
                .containsOnly(waiting(added).getFirst().id());

        receiver.answers(_ -> 200);
        pass(Duration.ofHours(1));
        List<Received> got = receiver.next();
        assertThat(got).hasSize(2);
        assertThat(got.getFirst().message().data().notices()).extracting(Notice::code)
                .containsExactly("multiple-heads");
        assertThat(got.getLast().message().data().notices()).as("what ended and began again is no news")
                .extracting(Notice::code).containsExactly("untracked-objects");
    }

    @Test
    void a_receiver_that_is_away_for_hours_gets_what_it_missed_and_after_three_days_only_by_a_replay(
            CapturedOutput output) throws Exception {
        Webhook.Added added = add(wanted("{}"));
        receiver.answers(_ -> 503);
        found("production", HEADS);
        pass(Duration.ofSeconds(31));
        String id = only().id();
        for (int hour = 0; hour < 8; hour++) {
            pass(Duration.ofHours(1));
        }
        assertThat(receiver.next()).hasSizeBetween(5, 9).allMatch(got -> got.id().equals(id));
        receiver.answers(_ -> 200);
        pass(Duration.ofHours(5));
        assertThat(only().id()).isEqualTo(id);

        receiver.answers(_ -> 503);
        found("production");
        for (int hour = 0; hour < 80; hour++) {
            pass(Duration.ofHours(1));
        }
        String lost = receiver.next().getFirst().id();
        assertThat(deliveries(added).getFirst()).satisfies(one -> {
            assertThat(one.id()).isEqualTo(lost);
            assertThat(one.state()).isEqualTo(State.GIVEN_UP);
            assertThat(one.lastAnswer()).isEqualTo("status 503");
            assertThat(one.nextAttempt()).isNull();
        });
        assertThat(output.getAll()).contains("message given up").doesNotContain("s3cretPath", added.secret());

        receiver.answers(_ -> 200);
        WebhookDelivery.Replay replay = TestClient.read(post("/%s/replay?from=%d".formatted(added.webhook().webhook(),
                deliveries(added).getLast().firstPosition()), ""), WebhookDelivery.Replay.class);
        assertThat(replay.messages()).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(receiver.next()).as("in their order").extracting(Received::id).containsExactly(id, lost);
    }

    /** The first ledger is killed between sending and recording. */
    @Test
    void a_message_that_was_sent_and_not_recorded_comes_again_with_its_id() throws Exception {
        add(wanted("{}"));
        found("production", HEADS);
        AtomicBoolean killed = new AtomicBoolean();
        receiver.answers(_ -> {
            killed.set(true);
            return 200;
        });
        DeliverWebhooks dying = delivery(new Clock() {
            @Override
            public Instant instant() {
                if (killed.get()) {
                    throw new IllegalStateException("killed");
                }
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        follow();
        clock.move(Duration.ofSeconds(31));
        assertThatThrownBy(() -> dying.due().forEach(dying::run)).hasMessage("killed");
        Received first = only();

        pass(Duration.ofSeconds(1));
        Received again = only();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.body()).isEqualTo(first.body());
        pass(Duration.ofHours(1));
        assertThat(receiver.next()).isEmpty();
    }

    @Test
    void a_ledger_that_stops_sends_no_further_message_and_the_next_one_sends_the_rest() throws Exception {
        Webhook.Added added = add(wanted("{}"));
        found("production", HEADS);
        found(project + "-2", "production", HEADS);
        follow();
        clock.move(Duration.ofSeconds(31));
        AtomicBoolean stopping = new AtomicBoolean();
        receiver.answers(_ -> {
            stopping.set(true);
            return 200;
        });
        StreamId.Webhook target = new StreamId.Webhook(added.webhook().webhook());

        delivery(clock).run(target, stopping::get);
        Received first = only();
        delivery(clock).run(target);

        assertThat(only().id()).isNotEqualTo(first.id());
        assertThat(deliveries(added)).extracting(WebhookDelivery::state).containsOnly(State.ACCEPTED);
    }

    @Test
    void events_that_are_handed_over_again_after_a_crash_are_no_second_message() throws Exception {
        add(wanted("{\"project\":\"%s\"}".formatted(project)));
        found("production", HEADS);
        pass(Duration.ofSeconds(31));
        assertThat(receiver.next()).hasSize(1);
        jdbc.update("update ledger.automation_cursor set position = 0 where automation = 'follow-for-webhooks'");
        pass(Duration.ofMinutes(10));
        assertThat(receiver.next()).isEmpty();
    }

    /** Real loops in two ledgers on one database: each message is sent once. */
    @Test
    void two_ledgers_share_the_work_and_send_nothing_twice() throws Exception {
        add(wanted("{}"));
        for (int i = 0; i < 20; i++) {
            found(project + "-" + i, "production", HEADS);
        }
        follow();
        receiver.answers(_ -> {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return 200;
        });
        try (ConfigurableApplicationContext second = new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run("--spring.datasource.url=" + database, "--spring.datasource.hikari.maximum-pool-size=4",
                        "--ledger.webhooks.internal-hosts=127.0.0.1")) {
            assertThat(second.isRunning()).isTrue();
            automations.start();
            jdbc.update("update ledger.webhook_matter set due_at = now()");
            List<Received> got = new ArrayList<>();
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                got.addAll(receiver.next());
                assertThat(got).hasSizeGreaterThanOrEqualTo(20);
            });
            await().pollDelay(Duration.ofSeconds(2)).untilAsserted(() -> got.addAll(receiver.next()));
            assertThat(got).extracting(Received::id).doesNotHaveDuplicates().hasSize(20);
        } finally {
            automations.stop();
        }
    }

    @Test
    void the_copied_key_of_an_agent_is_reported_to_webhooks_of_its_projects() throws Exception {
        add(wanted("{\"project\":\"%s\"}".formatted(project)));
        add(wanted("{\"project\":\"elsewhere\"}"));
        String key = TestAgent.enrolled(ledger, project, "*").key();
        follower().take(List.of(new PositionedEvent(log.end() + ++chance,
                new RecordedEvent(UUID.randomUUID(), null, null, null, Occurrence.exactly(clock.instant()),
                        clock.instant(), new AgentKeySuspended(key, 41, 43)))));
        pass(Duration.ofSeconds(31));
        assertThat(only().message().data().notices()).singleElement().satisfies(notice -> assertThat(notice.sentence())
                .isEqualTo("The key of agent 'db-1' seems to be copied, and is refused. Decide who may use it."));
    }

    @Test
    void a_changed_database_is_reported_to_webhooks_of_all_projects_until_it_is_repaired() throws Exception {
        add(wanted("{\"project\":\"%s\"}".formatted(project)));
        tampering(TamperingFound::new);
        pass(Duration.ofSeconds(31));
        assertThat(receiver.next()).as("it may name other projects").isEmpty();
        add(wanted("{\"kinds\":[\"tampering-found\"]}"));
        tampering(TamperingFound::new);
        pass(Duration.ofSeconds(31));
        assertThat(only().message().data().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(WebhookKind.TAMPERING_FOUND);
            assertThat(notice.sentence()).isEqualTo("Someone changed the ledger's database:"
                    + " The event at position 7 was changed in the database (stream navbot/production).");
            assertThat(notice.link()).isEqualTo("https://ledger.example.org/audit?q=kind:tampering-found");
        });
        tampering(TamperingRepaired::new);
        pass(Duration.ofSeconds(31));
        assertThat(changes()).containsExactly(Change.ENDED);
    }

    private void tampering(Function<Tampering, EvidenceEvent> event) {
        follower().take(List.of(new PositionedEvent(log.end() + ++chance, new RecordedEvent(UUID.randomUUID(), null,
                null, null, Occurrence.exactly(clock.instant()), clock.instant(),
                event.apply(new Tampering(Tampering.Kind.EVENT_CHANGED, 7, 7, "navbot/production"))))));
    }

    @Test
    void a_blocked_deploy_is_reported_with_its_reason_until_one_is_allowed() throws Exception {
        add(wanted("{}"));
        found("production");
        gate(new DeployBlocked(UUID.randomUUID(), deploy("1"), reasons(), 1, null));
        gate(new DeployBlocked(UUID.randomUUID(), deploy("1"), reasons(), 1, null));
        pass(Duration.ofSeconds(31));
        assertThat(only().message().data().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(WebhookKind.DEPLOY_BLOCKED);
            assertThat(notice.sentence()).isEqualTo(
                    "The gate blocked the deploy of r2 and r3. Only a pipeline deploys here. Deploy with the pipeline.");
        });
        gate(new DeployBlocked(UUID.randomUUID(), deploy("2"), reasons(), 1, null));
        pass(Duration.ofMinutes(3));
        assertThat(changes()).as("other scripts").containsExactly(Change.WORSENED);
        gate(new DeployAllowed(UUID.randomUUID(), deploy("2"), List.of(), 1, null, clock.instant(), null));
        pass(Duration.ofMinutes(3));
        assertThat(changes()).containsExactly(Change.ENDED);
    }

    private static List<GateReason> reasons() {
        return List.of(new NoPipeline(RuleMode.ENFORCE, new PolicyPlace(PolicyPlace.Section.PIPELINE, 0)));
    }

    private static Deploy deploy(String digest) {
        return new Deploy("ci", Asker.PIPELINE, new ObservedScripts("git:main", 1, digest, List.of("r3")),
                List.of("r1"), new Fingerprint(1, "f"), List.of("r2", "r3"), Instant.EPOCH, null);
    }

    private void gate(GateEvent event) {
        follower().take(List.of(new PositionedEvent(log.end() + ++chance, new RecordedEvent(UUID.randomUUID(), project,
                "production", null, Occurrence.exactly(clock.instant()), clock.instant(), event))));
    }

    @Test
    void an_override_is_reported_when_it_opens_and_when_it_ends() throws Exception {
        add(wanted("{\"kinds\":[\"override\"]}"));
        found("production", HEADS);
        String path = "/api/v1/projects/%s/environments/production/overrides".formatted(project);
        String opening = ContractJson.pretty(Map.of("reason", "checkout is down", "until",
                Instant.now().plus(Duration.ofHours(1)).toString()));
        assertThat(ledger.post(path, opening.getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(201);
        pass(Duration.ofSeconds(32));
        assertThat(only().message().data().notices()).singleElement().satisfies(notice -> assertThat(notice.sentence())
                .startsWith("local lets deploys run until ").endsWith(": checkout is down"));
    }

    @Test
    void a_merge_that_waits_for_approval_is_reported_until_it_is_approved() throws Exception {
        add(wanted("{\"kinds\":[\"merge-waiting\"]}"));
        Story staging = new Story(project, "staging");
        Story production = new Story(project, "production");
        staging.scripts("a b<a c<a").files("versions", "a", "b", "c").applied("a", "b").table("b")
                .recordIn(environments);
        production.scripts("a b<a c<a").files("versions", "a", "b", "c").applied("a", "c").table("c")
                .recordIn(environments);
        automations.round();
        now(); // The ledger's own automations ran by its clock.
        pass(Duration.ofSeconds(32));
        Notice waits = only().message().data().notices().getFirst();
        assertThat(waits.sentence()).isEqualTo("The merge of 'b' and 'c' waits for approval: 0 of 1 given.");
        String merge = waits.link().substring(waits.link().lastIndexOf('/') + 1);
        assertThat(ledger.post("/api/v1/projects/%s/merges/%s/approve".formatted(project, merge), new byte[0])
                .statusCode()).isEqualTo(200);
        pass(Duration.ofSeconds(32));
        assertThat(changes()).containsExactly(Change.ENDED);
    }

    @Test
    void an_agent_that_is_silent_is_its_own_kind() throws Exception {
        add(wanted("{\"kinds\":[\"agent-silent\"]}"));
        found("production", HEADS, Finding.warning(DivergenceCode.OBSERVATION_STALE, "No heartbeat."));
        pass(Duration.ofSeconds(31));
        assertThat(only().message().data().notices()).extracting(Notice::kind)
                .containsExactly(WebhookKind.AGENT_SILENT);
    }

    @Test
    void a_webhook_is_about_the_projects_environments_and_labels_that_it_names() throws Exception {
        add(wanted("{\"project\":\"elsewhere\"}"));
        add(wanted("{\"environment\":\"tenant-*\"}"));
        add(wanted("{\"labels\":{\"tier\":\"test\"}}"));
        found("production", HEADS);
        pass(Duration.ofSeconds(31));
        assertThat(receiver.next()).isEmpty();
        add(wanted("{\"project\":\"%s\",\"environment\":\"prod*\",\"labels\":{\"tier\":\"prod\"}}"
                .formatted(project)));
        clock.move(Duration.ofSeconds(1));
        found("production", Finding.warning(DivergenceCode.UNTRACKED_OBJECTS, "Table t is untracked."));
        pass(Duration.ofSeconds(31));
        assertThat(changes()).containsExactly(Change.BEGAN);
    }

    @Test
    void secrets_are_shown_once_and_are_in_no_event_answer_table_or_line_of_the_log(CapturedOutput output)
            throws Exception {
        Webhook.Added added = add(wanted("{}"));
        assertThat(added.secret()).startsWith("whsec_");
        assertThat(added.webhook().origin()).isEqualTo(receiver.address());
        WebhookDelivery tried = TestClient.read(post("/%s/test".formatted(added.webhook().webhook()), ""),
                WebhookDelivery.class);
        assertThat(tried.state()).isEqualTo(State.ACCEPTED);
        assertThat(only().message().type()).isEqualTo("migration-ledger.test");
        String shown = ledger.body("/api/v1/webhooks") + ledger.body("/api/v1/webhooks/" + added.webhook().webhook()
                + "/deliveries");
        assertThat(shown).contains(receiver.address()).doesNotContain("s3cretPath", added.secret());
        for (String table : jdbc.query("select table_name from information_schema.tables"
                + " where table_schema = 'ledger' and table_name <> 'webhook_secret'", (row, _) -> row.getString(1))) {
            List<String> rows = jdbc.query("select t::text from ledger.%s t".formatted(table),
                    (row, _) -> row.getString(1));
            assertThat(String.join("\n", rows)).as(table).doesNotContain("s3cretPath", added.secret());
        }
        for (PositionedEvent event : log.after(0, 10_000)) {
            assertThat(new String(ContractJson.write(event.event()), StandardCharsets.UTF_8))
                    .doesNotContain("s3cretPath", added.secret());
        }
        assertThat(output.getAll()).doesNotContain("s3cretPath", added.secret());
        remove(added.webhook());
        assertThat(jdbc.queryForObject("select count(*) from ledger.webhook_secret", Long.class)).isZero();
    }

    @Test
    void an_administrator_of_one_project_has_webhooks_of_that_project() throws Exception {
        String path = "/api/v1/projects/%s/webhooks".formatted(project);
        HttpResponse<String> answer = ledger.post(path, wanted("{}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Webhook.Added added = ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), Webhook.Added.class);
        assertThat(added.webhook().project()).isEqualTo(project);
        assertThat(ledger.read(path, Webhook[].class)).containsExactly(added.webhook());
        assertThat(ledger.read("/api/v1/projects/elsewhere/webhooks", Webhook[].class)).isEmpty();
        String one = "/" + added.webhook().webhook();
        assertThat(ledger.status("/api/v1/projects/elsewhere/webhooks" + one + "/deliveries")).isEqualTo(404);
        assertThat(ledger.status(path + one + "/deliveries")).isEqualTo(200);
        assertThat(TestClient.problem(ledger.post(path, wanted("{\"project\":\"*\"}")), 422).detail())
                .isEqualTo("The project is '*', and the address names '%s'. Name one of them.".formatted(project));
        assertThat(log.of(new StreamId.Webhook(added.webhook().webhook())).map(RecordedEvent::project))
                .containsExactly(project);
    }

    @Test
    void what_cannot_be_added_is_refused_with_what_to_do() throws Exception {
        assertThat(refusal("{\"name\":\"a\",\"url\":\"https://169.254.169.254/latest\"}"))
                .isEqualTo("169.254.169.254 is never called. Use another host.");
        assertThat(refusal("{\"name\":\"a\",\"url\":\"http://example.org\"}"))
                .isEqualTo(
                        "'example.org' is called with https only. For http, list it in ledger.webhooks.internal-hosts.");
        assertThat(refusal("{\"name\":\"a\",\"url\":\"https://example.org\",\"secret\":\"short\"}"))
                .startsWith("The secret is not 'whsec_'");
        assertThat(refusal("{\"name\":\"a\",\"url\":\"https://example.org\",\"kinds\":[]}"))
                .startsWith("The list of kinds is empty.");
        assertThat(view.all()).isEmpty();
    }

    private String refusal(String wanted) throws Exception {
        return TestClient.problem(post("", wanted), 422).detail();
    }

    private byte[] wanted(String more) {
        String rest = more.equals("{}") ? "}" : "," + more.substring(1);
        return "{\"name\":\"ops\",\"url\":\"%s/hook/s3cretPath\"%s".formatted(receiver.address(), rest)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Webhook.Added add(byte[] wanted) throws Exception {
        HttpResponse<String> answer = ledger.post("/api/v1/webhooks", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        now();
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), Webhook.Added.class);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return ledger.post("/api/v1/webhooks" + path, body.getBytes(StandardCharsets.UTF_8));
    }

    private void remove(Webhook webhook) {
        try {
            assertThat(ledger.send(ledger.request("/api/v1/webhooks/" + webhook.webhook()).DELETE()).statusCode())
                    .isEqualTo(204);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that is found in an environment now. */
    private void found(String environment, Finding... findings) throws Exception {
        found(project, environment, findings);
    }

    private void found(String of, String environment, Finding... findings) throws Exception {
        if (environmentViews.find(of, environment).isEmpty()) {
            byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events(of, environment, 1, 1)));
            assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
        }
        environments.recordDivergences(new RecordDivergences(of, environment, List.of(findings),
                EnumSet.allOf(DivergenceCode.class), Set.of(), clock.instant(), null, clock.instant(), ++chance));
    }

    /** Time passes, and automations run. */
    private void pass(Duration time) {
        follow();
        clock.move(time);
        DeliverWebhooks delivery = delivery(clock);
        for (int i = 0; i < 5; i++) {
            delivery.due().forEach(delivery::run);
        }
    }

    private void follow() {
        new EventFollower("follow-for-webhooks", log, JdbcClient.create(jdbc), follower()::take)
                .run(new StreamId.Organisation());
    }

    private MatterFollower follower() {
        return new MatterFollower(divergences, merges, agents, environmentViews, view::all, matters, clock);
    }

    private DeliverWebhooks delivery(Clock time) {
        try {
            return new DeliverWebhooks(view::find, matters, deliveries, secrets,
                    new ReceiverClient(new ReceiverAddress(List.of("127.0.0.1")), SSLContext.getDefault(),
                            Duration.ofSeconds(5)),
                    "https://ledger.example.org", new TransactionTemplate(transactions), time, new Random(1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Received only() {
        List<Received> got = receiver.next();
        assertThat(got).hasSize(1);
        return got.getFirst();
    }

    private List<Change> changes() {
        return only().message().data().notices().stream().map(Notice::change).toList();
    }

    private List<WebhookDelivery> deliveries(Webhook.Added added) throws Exception {
        return Arrays.asList(ledger.read("/api/v1/webhooks/" + added.webhook().webhook() + "/deliveries",
                WebhookDelivery[].class));
    }

    private List<WebhookDelivery> waiting(Webhook.Added added) throws Exception {
        return deliveries(added).stream().filter(one -> one.state() == State.WAITING).toList();
    }

    /** As a receiver computes it, from the text of the secret and the request alone. */
    private static String signature(String secret, Received got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(
                (got.id() + "." + got.timestamp() + "." + got.body()).getBytes(StandardCharsets.UTF_8)));
    }
}
