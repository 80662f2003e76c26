package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.backup.BackupCommand;
import dev.migrationledger.ledger.backup.RestoreCommand;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.RebuildViews;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is recorded about divergences, once each, in spite of repeats, reordering and crashes. */
@LedgerTest
class DivergenceStoryTest {

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    EventLog log;

    @Autowired
    EnvironmentViews views;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${spring.datasource.url}")
    String database = "";

    @Test
    void a_divergence_is_recorded_when_events_make_it_and_resolved_when_events_end_it() {
        Story story = new Story("unknown").scripts("a b<a").table("zz");
        story.recordIn(environmentCommands);
        automations.round();
        assertThat(open("unknown")).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(DivergenceCode.UNKNOWN_REVISION);
            assertThat(one.firstSeen()).isEqualTo(Story.NOON);
        });

        story.at(30).applied("b").table("b").recordIn(environmentCommands);
        automations.round();

        assertThat(open("unknown")).isEmpty();
        assertThat(kinds("unknown")).containsExactly("detected unknown-revision", "resolved unknown-revision");
        assertThat(all("unknown")).singleElement().satisfies(one -> {
            assertThat(one.lastSeen()).isEqualTo(Story.NOON);
            assertThat(one.resolvedAt()).isEqualTo(Story.NOON.plusSeconds(30 * 60));
        });
    }

    @Test
    void what_the_version_table_says_by_itself_is_recorded_where_no_scripts_are_known() {
        new Story("rowsonly").table("a", "a").recordIn(environmentCommands);
        automations.round();
        assertThat(all("rowsonly")).extracting(Divergence::code).containsExactly(DivergenceCode.DUPLICATE_ROW);
    }

    @Test
    void what_only_the_schema_shows_stays_open_while_a_new_schema_is_incomplete() {
        Story story = new Story("halfread").scripts("a b<a").files("versions", "a", "b").noTable().schema("a", "b");
        story.recordIn(environmentCommands);
        automations.round();
        assertThat(all("halfread")).extracting(Divergence::code).contains(DivergenceCode.VERSION_TABLE_MISSING);

        SchemaSnapshot next = SchemaSnapshot.of(List.of());
        story.at(30).says(new SchemaObserved(next.fingerprint(), null, next.objects(), List.of(), "public", 1))
                .recordIn(environmentCommands);
        automations.round();
        assertThat(all("halfread")).filteredOn(one -> one.code() == DivergenceCode.VERSION_TABLE_MISSING)
                .singleElement().satisfies(one -> assertThat(one.state()).isEqualTo(Divergence.State.OPEN));
    }

    @Test
    void where_the_tool_writes_another_version_table_no_command_is_named() {
        Story story = new Story("beside").scripts("a b<a").tableBeside("ops.fleet_version", "a");
        story.recordIn(environmentCommands);
        automations.round();
        assertThat(all("beside")).extracting(Divergence::code)
                .containsExactlyInAnyOrder(DivergenceCode.BEHIND_HEAD, DivergenceCode.SEVERAL_VERSION_TABLES);
        assertThat(all("beside")).allSatisfy(one -> assertThat(one.plan()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.command()).isNull();
            assertThat(step.why()).contains("Alembic writes ops.fleet_version");
        }));

        story.at(30).table("a").recordIn(environmentCommands);
        automations.round();
        assertThat(all("beside")).filteredOn(one -> one.state() == Divergence.State.OPEN).singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo(DivergenceCode.BEHIND_HEAD));
    }

    @Test
    void a_row_whose_file_was_deleted_is_reported_with_the_file() {
        new Story("deleted").scripts("a b<a zz<b").table("zz").scripts("a b<a").table("zz")
                .recordIn(environmentCommands);
        automations.round();
        assertThat(open("deleted")).filteredOn(one -> one.code() == DivergenceCode.UNKNOWN_REVISION).singleElement()
                .satisfies(one -> {
                    assertThat(one.evidence()).extracting(Exhibit::value)
                            .anyMatch(it -> it.startsWith("The project had it in ")
                                    && it.endsWith(", with 'b' as parent."))
                            .anyMatch(it -> it.startsWith("It was last seen at ")
                                    && it.endsWith(" of environment 'deleted'."));
                    assertThat(one.evidence()).contains(new Exhibit(Exhibit.What.REMEMBERED_PARENT, "b"));
                });
    }

    @Test
    void an_open_one_was_last_seen_when_its_environment_was() {
        Story story = new Story("lasting").scripts("a b<a").table("zz");
        story.recordIn(environmentCommands);
        automations.round();
        story.at(45).table("zz").recordIn(environmentCommands);
        assertThat(open("lasting")).singleElement().satisfies(one -> {
            assertThat(one.firstSeen()).isEqualTo(Story.NOON);
            assertThat(one.lastSeen()).isEqualTo(Story.NOON.plusSeconds(45 * 60));
        });
    }

    @Test
    void what_is_delivered_again_or_judged_again_records_nothing() {
        Story story = new Story("again").scripts("a b<a").table("zz");
        story.recordIn(environmentCommands);
        automations.round();
        story.recordIn(environmentCommands);
        automations.round();
        jdbc.update("delete from ledger.evaluation_checkpoint");
        assertThat(AutomationRounds.recorded(automations, jdbc)).isZero();
        assertThat(kinds("again")).containsExactly("detected unknown-revision");
    }

    @Test
    void its_own_events_do_not_make_an_environment_due_for_ever() {
        new Story("quiet").scripts("a b<a").table("zz").recordIn(environmentCommands);
        automations.round();
        automations.round();
        assertThat(jdbc.queryForList(
                "select environment from ledger.environment_view v left join ledger.evaluation_checkpoint j"
                        + " using (project, environment) where j.view_digest is distinct from v.digest"))
                .isEmpty();
    }

    @Test
    void what_was_due_when_a_ledger_ended_is_judged_by_the_next() {
        new Story("orphan").scripts("a b<a").table("zz").recordIn(environmentCommands);
        try (ConfigurableApplicationContext next = ledger()) {
            next.getBean(Automations.class).round();
        }
        assertThat(kinds("orphan")).containsExactly("detected unknown-revision");
        assertThat(open("orphan")).hasSize(1);
    }

    @Test
    void two_ledgers_record_once() {
        new Story("both").scripts("a b<a").table("zz").recordIn(environmentCommands);
        try (ConfigurableApplicationContext second = ledger()) {
            Automations other = second.getBean(Automations.class);
            List<CompletableFuture<Void>> rounds = List.of(
                    CompletableFuture.runAsync(automations::round), CompletableFuture.runAsync(other::round));
            rounds.forEach(CompletableFuture::join);
            // Who found the other at it was sent away and comes again.
            automations.round();
            other.round();
        }
        assertThat(kinds("both")).containsExactly("detected unknown-revision");
    }

    @Test
    void a_rebuilt_view_of_divergences_is_the_live_one() {
        Story story = new Story("rebuilt").scripts("a b<a c<a").table("zz");
        story.recordIn(environmentCommands);
        automations.round();
        story.at(10).table("b").recordIn(environmentCommands);
        automations.round();
        List<Divergence> live = all("rebuilt");
        assertThat(live).hasSizeGreaterThanOrEqualTo(2);
        assertThat(rebuild("--check")).isZero();

        jdbc.update("update ledger.divergence_view set resolved_at = null where environment = 'rebuilt'");
        jdbc.update("delete from ledger.divergence_view where environment = 'rebuilt' and code = 'unknown-revision'");
        assertThat(rebuild("--check")).isEqualTo(1);
        assertThat(rebuild()).isZero();

        assertThat(all("rebuilt")).isEqualTo(live);
        assertThat(rebuild("--check")).isZero();
        assertThat(AutomationRounds.recorded(automations, jdbc)).isZero();
    }

    @Test
    void an_open_divergence_is_shown_in_the_words_of_today_and_quoted_in_those_of_its_time() {
        new Story("worded").scripts("a b<a").table("zz").recordIn(environmentCommands);
        automations.round();
        Divergence today = open("worded").getFirst();
        new Story("older").scripts("a b<a").table("zz").recordIn(environmentCommands);
        Finding older = new Finding(today.code(), today.severity(), today.subject(), "Something is not there.",
                today.evidence().stream().filter(exhibit -> !exhibit.isSentence()).toList(),
                today.plan().stream().map(step -> new PlanStep(step.command(), "Do it.", "It is done.")).toList());
        environmentCommands.recordDivergences(new RecordDivergences("navbot", "older", List.of(older),
                Set.of(older.code()), Set.of(), Story.NOON, null, Story.NOON, 1));
        assertThat(open("older")).extracting(Divergence::message).containsExactly(older.message());

        automations.round();
        shownAsToday(today);
        assertThat(kinds("older")).containsExactly("detected unknown-revision");
        assertThat(quoted("older")).containsExactly(older);

        // As after a rebuild: the next start of a ledger finds its words again.
        jdbc.update("update ledger.divergence_view set current_words = null where environment = 'older'");
        try (ConfigurableApplicationContext next = ledger()) {
            next.getBean(Automations.class).round();
        }
        shownAsToday(today);
        assertThat(rebuild("--check")).isZero();
        assertThat(kinds("older")).containsExactly("detected unknown-revision");
    }

    private void shownAsToday(Divergence today) {
        assertThat(open("older")).singleElement().satisfies(one -> {
            assertThat(one.message()).isEqualTo(today.message());
            assertThat(one.evidence()).isEqualTo(today.evidence());
            assertThat(one.plan()).isEqualTo(today.plan());
        });
        assertThat(Objects.requireNonNull(divergences.firstOpen("navbot", List.of("older"), 9).get("older")).first())
                .extracting(Divergence::message).contains(today.message());
    }

    private List<Finding> quoted(String environment) {
        return log.of(StreamId.of("navbot", environment))
                .flatMap(event -> event.event() instanceof DivergenceDetected it
                        && it.finding().code() == DivergenceCode.UNKNOWN_REVISION
                                ? Stream.of(it.finding())
                                : Stream.empty())
                .toList();
    }

    /** What is found in an environment of a busy project is recorded in 0.2 s, so that judging both takes at least 8 s. */
    @Test
    @Timeout(60)
    void a_quiet_project_is_judged_while_two_others_are_busy() throws Exception {
        jdbc.execute("create function ledger.slow() returns trigger language plpgsql as"
                + " $$ begin perform pg_sleep(0.2); return new; end $$");
        jdbc.execute("create trigger slow before insert on ledger.event for each row when (new.stream like 'busy%'"
                + " and new.payload_type like 'ledger.divergence%') execute function ledger.slow()");
        for (int i = 0; i < 80; i++) {
            record("busy" + i % 2, new Story("busy-" + i).scripts("a b<a").table("zz"));
        }
        automations.start();
        try {
            for (String busy : List.of("busy0", "busy1")) {
                Eventually.holds("the ledger evaluates",
                        () -> count("ledger.event where stream like ? and payload_type like 'ledger.divergence%'",
                                busy + "/%") > 0);
            }
            record("quiet", new Story("quiet-1").scripts("a b<a").table("zz"));
            record("quiet", new Story("quiet-2").scripts("a b<a").table("zz"));

            Eventually.holds("the ledger evaluates",
                    () -> count("ledger.evaluation_checkpoint where project = ?", "quiet") == 2);

            assertThat(count("ledger.evaluation_checkpoint where project like ?", "busy%"))
                    .as("they are under way still").isZero();
        } finally {
            automations.stop();
            jdbc.execute("drop function ledger.slow() cascade");
        }
        automations.round();
        assertThat(count("ledger.evaluation_checkpoint where project like ?", "busy%")).isEqualTo(80);
    }

    private int count(String rows, String parameter) {
        return Objects.requireNonNull(
                jdbc.queryForObject("select count(*)::int from " + rows, Integer.class, parameter));
    }

    private void record(String project, Story story) {
        story.batches(100).forEach(batch -> environmentCommands.record(new RecordEvents(batch.events().stream()
                .map(it -> new AgentEnvelope(it.eventId(), project, it.environment(), it.agent(), it.epoch(),
                        it.sequence(), it.occurredAt(), it.observedAt(), it.event()))
                .toList(), batch.now(), batch.decisionId())));
    }

    @Test
    void a_restored_ledger_knows_all_that_the_first_one_knew(@TempDir Path folder) {
        Story story = new Story("kept").scripts("a b<a").files("versions", "a", "b").schema("a").table("zz")
                .at(10).table("b");
        story.recordIn(environmentCommands);
        jdbc.update("delete from ledger.evaluation_checkpoint"); // as a ledger that starts judges all of it
        automations.round();
        String copy = folder.resolve("ledger.backup").toString();
        String restored = TestDatabase.create();
        assertThat(BackupCommand.run(new SpringApplication(LedgerService.class),
                List.of(copy, "--spring.datasource.url=" + database), System.out, System.err)).isZero();
        assertThat(RestoreCommand.run(new SpringApplication(LedgerService.class),
                List.of(copy, "--spring.datasource.url=" + restored), System.out, System.err)).isZero();

        try (ConfigurableApplicationContext next = ledger(restored, WebApplicationType.SERVLET)) {
            assertThat(rebuildViewsOf(restored, "--check")).isZero();
            EventLog nextLog = next.getBean(EventLog.class);
            assertThat(nextLog.of(StreamId.of("navbot", "kept")))
                    .containsExactlyElementsOf(log.of(StreamId.of("navbot", "kept")).toList());
            assertThat(next.getBean(EnvironmentViews.class).find("navbot", "kept"))
                    .isEqualTo(views.find("navbot", "kept"))
                    .isNotEmpty();
            assertThat(next.getBean(DivergenceViews.class).find(of("kept"), ProjectScope.ALL)).isEqualTo(all("kept"))
                    .isNotEmpty();
            assertThat(AutomationRounds.recorded(next.getBean(Automations.class), next.getBean(JdbcTemplate.class)))
                    .as("nothing is found that was not found before").isZero();

            story.at(20).table("a").batches(100).forEach(next.getBean(EnvironmentCommands.class)::record);
            assertThat(nextLog.of(StreamId.of("navbot", "kept")))
                    .hasSizeGreaterThan(log.of(StreamId.of("navbot", "kept")).toList().size());
        }
    }

    private int rebuild(String... arguments) {
        return rebuildViewsOf(database, arguments);
    }

    private static int rebuildViewsOf(String database, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=" + database);
        return RebuildViews.run(new SpringApplication(LedgerService.class), all,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private ConfigurableApplicationContext ledger() {
        return ledger(database, WebApplicationType.NONE);
    }

    private static ConfigurableApplicationContext ledger(String database, WebApplicationType web) {
        return new SpringApplicationBuilder(LedgerService.class)
                .web(web)
                .run("--server.port=0", "--spring.datasource.url=" + database,
                        "--spring.datasource.hikari.maximum-pool-size=4",
                        "--ledger.automations=false");
    }

    private List<Divergence> open(String environment) {
        return divergences.find(new DivergenceFilter(
                "navbot", environment, codes(), List.of(), true, null, null, null, 100), ProjectScope.ALL);
    }

    private List<Divergence> all(String environment) {
        return divergences.find(of(environment), ProjectScope.ALL);
    }

    private static DivergenceFilter of(String environment) {
        return new DivergenceFilter("navbot", environment, List.of(), List.of(), null, null, null, null, 100);
    }

    /** Stories about one code: the others of the same environment have theirs elsewhere. */
    private static List<DivergenceCode> codes() {
        return List.of(DivergenceCode.UNKNOWN_REVISION);
    }

    private List<String> kinds(String environment) {
        return log.of(StreamId.of("navbot", environment))
                .map(RecordedEvent::event)
                .flatMap(event -> switch (event) {
                    case DivergenceDetected it -> Stream.of("detected " + it.finding().code().code());
                    case DivergenceChanged it -> Stream.of("changed " + it.finding().code().code());
                    case DivergenceResolved it -> Stream.of("resolved " + it.code().code());
                    default -> Stream.empty();
                })
                .filter(output -> output.endsWith(" unknown-revision"))
                .toList();
    }
}
