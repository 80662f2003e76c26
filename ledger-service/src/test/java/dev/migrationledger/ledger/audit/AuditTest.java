package dev.migrationledger.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditActor.Kind;
import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditManifest;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryRefusal;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditReader;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventWithdrawal;
import dev.migrationledger.ledger.view.Story;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happened to two databases, as someone finds it afterwards. */
@LedgerTest
class AuditTest {

    private static final UUID RUN = new UUID(1, 2);

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AuditSearch search;

    @Autowired
    AuditReader reader;

    @Autowired
    EventWithdrawal withdrawal;

    @Autowired
    PlatformTransactionManager transactions;

    private final String project = "audit-" + UUID.randomUUID();

    @BeforeEach
    void a_week_of_two_databases() {
        new Story(project, "production")
                .says(new AgentStarted("0.1.0", "alembic", "watch", Map.of("tier", "prod", "team", "a=b")))
                .at(1).scripts("a b<a c<b").applied("a").table("a")
                .at(2).says(new RevisionStamped(List.of("b"), List.of("a"), evidence("ada", "psql", "10.0.0.7",
                        "UPDATE alembic_version SET version_num = 'b'")))
                .at(3).says(new ObservationGap(Story.NOON.plusSeconds(130), Story.NOON.plusSeconds(170),
                        new GapReason.AgentNotRunning()))
                .at(4).says(new RevisionApplied("c", false,
                        evidence("deploy", RunClaim.applicationName(RUN), null, "ALTER TABLE users ADD name text")))
                .agent("run-1").at(5).says(new RunStarted(RUN, new RunClaim(List.of("alembic", "upgrade", "head"),
                        "grace", "laptop", null, null, Map.of(), "claude-code")))
                .recordIn(commands);
        new Story(project, "staging").says(new AgentStarted("0.1.0", "alembic", "watch", Map.of("tier", "test")))
                .at(1).scripts("a").applied("a").recordIn(commands);
        automations.round();
        // The first round recorded findings.
        automations.round();
    }

    @Test
    void who_stamped_production_last_week_is_one_query() throws Exception {
        AuditPage page = find("kind:stamped env:production at:2025-12-29..2026-01-04");

        AuditEntry entry = only(page);
        assertThat(entry.text()).isEqualTo("Stamped b in place of a.");
        assertThat(entry.actor()).isEqualTo(
                new AuditActor(Kind.DATABASE_USER, "ada", "ada via psql from 10.0.0.7", null, null));
        assertThat(entry.labels()).containsExactlyInAnyOrderEntriesOf(Map.of("tier", "prod", "team", "a=b"));
        assertThat(entry.revisions()).containsExactly("b", "a");
        assertThat(entry.evidence()).isNotNull();
        assertThat(entry.links()).extracting(link -> link.address())
                .contains("/projects/%s/revisions/b".formatted(project));
        assertThat(page.ended()).isEqualTo(Ended.ALL_SEARCHED);
        assertThat(page.older()).isNull();
        assertThat(page.completeThrough().behind()).isZero();
    }

    @Test
    void a_run_that_claims_an_ai_agent_is_shown_with_it_also_where_its_claim_comes_late() throws Exception {
        AuditEntry entry = only(find("kind:applied ai:*"));

        assertThat(entry.actor().words())
                .isEqualTo("deploy via run 00000000, run claims grace@laptop with claude-code");
        assertThat(entry.run()).isEqualTo(RUN);
        assertThat(only(find("actor:grace kind:applied"))).isEqualTo(entry);
        assertThat(find("run:" + RUN).entries()).extracting(AuditEntry::kind)
                .containsExactly("run-started", "revision-applied");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kind:applied                          | a, c, a
            kind:applied,stamped env:production   | c, b+a, a
            -env:staging kind:applied             | c, a
            revision:c kind:applied               | c
            rev:c* kind:applied                   | c
            user:ada                              | b+a
            actor:ADA                             | b+a
            address:10.0.0.7                      | b+a
            app:psql                              | b+a
            app:migration-ledger* kind:applied    | c
            evidence:trigger                      | c, b+a
            object:public.users                   | c
            object:users                          | c
            label:tier=prod kind:applied          | c, a
            label:tier kind:applied               | a, c, a
            label:team=a=b kind:stamped           | b+a
            "alter table users"                   | c
            "add nam"                             | c
            ALTER -deploy                         |
            lter                                  |
            actor-kind:database-user              | c, b+a
            kind:applied since:2026-01-01T12:03   | c
            kind:applied until:2026-01-01T12:03   | a, a
            kind:applied at:2026-01-02..          |
            kind:stamped -since:2026-01-01T12:02  |
            kind:stamped recorded:2026-01-01      | b+a
            id:none                               |
            """)
    void each_key_finds_what_it_names(String query, String revisions) throws Exception {
        assertThat(find(query).entries()).extracting(entry -> String.join("+", entry.revisions()))
                .containsExactlyElementsOf(revisions == null ? List.of() : List.of(revisions.split(", ")));
    }

    @Test
    void pages_are_stable_while_events_arrive() throws Exception {
        List<Long> all = find("").entries().stream().map(AuditEntry::position).toList();
        List<Long> paged = new ArrayList<>();
        AuditPage page = page("", "&limit=3");
        while (true) {
            paged.addAll(page.entries().stream().map(AuditEntry::position).toList());
            Long older = page.older();
            if (older == null) {
                break;
            }
            assertThat(page.ended()).isEqualTo(Ended.PAGE_FULL);
            new Story(project, "e" + older).says(new AgentStarted("0.1.0", "alembic", "watch", Map.of()))
                    .recordIn(commands);
            automations.round();
            page = page("", "&limit=3&before=" + older);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void an_answer_names_the_times_in_which_agents_were_blind() throws Exception {
        AuditPage nothing = find("kind:reverted env:production at:2026-01-01");

        assertThat(nothing.entries()).isEmpty();
        assertThat(nothing.blind()).contains(new BlindTime(project, "production", 1, "a1",
                Story.NOON.plusSeconds(130), Story.NOON.plusSeconds(170), "the agent was not running"))
                .extracting(BlindTime::environment).containsOnly("production");
        assertThat(find("kind:reverted env:staging since:2026-01-01T12:01:30").blind()).isEmpty();
        assertThat(find("kind:reverted env:production at:2026-01-02").blind()).isEmpty();

        jdbc.update(
                "insert into ledger.heartbeat (project, environment, agent, last_at) values (?, 'staging', 'a1', ?)",
                project, Timestamp.from(Story.NOON));
        assertThat(find("kind:reverted env:staging since:2026-01-01T12:01:30").blind()).containsExactly(
                new BlindTime(project, "staging", 1, "a1", Story.NOON, null, "no heartbeat since then"));
    }

    @Test
    void nothing_is_known_of_an_environment_before_its_first_observation() throws Exception {
        assertThat(find("env:staging at:2025-12-31").blind()).isEqualTo(find("env:staging until:2025-12-31").blind())
                .containsExactly(new BlindTime(project, "staging", 1, null, null, Story.NOON.plusSeconds(60),
                        "it was not observed before"));
    }

    @Test
    void only_an_agent_that_watches_sees_what_happens_between_observations() throws Exception {
        new Story(project, "observed").says(new AgentStarted("0.1.0", "alembic", "observe", Map.of()))
                .at(1).scripts("a").applied("a").table("a").at(9).table("a").recordIn(commands);
        new Story(project, "later").at(1).says(new AgentStarted("0.1.0", "alembic", "observe", Map.of()))
                .applied("a").at(7).says(new AgentStarted("0.1.0", "alembic", "watch", Map.of())).recordIn(commands);
        automations.round();

        String unwatched = "no agent watched it; only single observations are known";
        assertThat(find("kind:reverted env:observed since:2026-01-01T12:05").blind()).containsExactly(new BlindTime(
                project, "observed", 1, null, Story.NOON.plusSeconds(60), null, unwatched));
        assertThat(find("kind:reverted env:later since:2026-01-01T12:05").blind()).containsExactly(new BlindTime(
                project, "later", 1, null, Story.NOON.plusSeconds(60), Story.NOON.plusSeconds(420), unwatched));
        assertThat(find("kind:reverted env:later since:2026-01-01T12:08").blind()).isEmpty();
    }

    @Test
    void a_retired_environment_is_watched_by_no_agent() throws Exception {
        commands.retire(new RetireEnvironment(project, "staging", "ann", "moved", null, Story.NOON, 7));
        automations.round();
        assertThat(find("env:staging since:1h").blind()).filteredOn(blind -> blind.until() == null)
                .containsExactly(new BlindTime(project, "staging", 1, null, Story.NOON, null, "it is retired"));
        new Story(project, "staging").newSpool().at(20).says(new AgentStarted("0.1.0", "alembic", "watch", Map.of()))
                .recordIn(commands);
        automations.round();

        assertThat(find("env:staging since:2026-01-01T12:00").blind()).extracting(BlindTime::reason)
                .contains("the environment was retired").doesNotContain("it is retired");
    }

    @Test
    void environments_in_the_same_case_are_one_line() throws Exception {
        for (int i = 0; i < 30; i++) {
            new Story(project, "e" + i).at(i).table("a").recordIn(commands);
        }
        automations.round();

        AuditPage page = find("kind:reverted env:e* at:2025-12-31");
        assertThat(page.blind()).containsExactly(new BlindTime(project, null, 30, null, null,
                Story.NOON.plusSeconds(29 * 60), "it was not observed before"));
        assertThat(page.moreBlind()).isZero();
    }

    @Test
    void the_page_leads_to_the_earliest_time_in_which_agents_were_blind() throws Exception {
        Story gaps = new Story(project, "gaps");
        for (int i = 0; i < 45; i++) {
            gaps.at(i).says(new ObservationGap(Story.NOON.plusSeconds(60L * i), Story.NOON.plusSeconds(60L * i + 30),
                    new GapReason.AgentNotRunning()));
        }
        gaps.recordIn(commands);
        automations.round();
        String page = ledger.body("/audit?q=" + encoded("project:" + project + " env:gaps"));
        List<String> seen = new ArrayList<>(gaps(page));
        assertThat(seen).hasSize(20);
        Matcher more = MORE.matcher(page);
        while (more.find()) {
            page = ledger.body(Rest.of(page, more.group(1)));
            seen.addAll(gaps(page));
            more = MORE.matcher(page);
        }
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(45)
                .anyMatch(it -> it.contains("from 2026-01-01 12:00:00 UTC until 2026-01-01 12:00:30 UTC"));
        assertThat(gaps(ledger.body(Rest.of(page, "The latest")))).isEqualTo(seen.subList(0, 20));
    }

    private static final Pattern MORE = Pattern.compile(">(\\d+ more)</a>");

    private static List<String> gaps(String page) {
        String list = page.substring(page.indexOf("id=\"blind\""));
        return Pattern.compile("<li>(.*?)</li>").matcher(list.substring(0, list.indexOf("</details>"))).results()
                .map(it -> it.group(1).replaceAll("<[^>]*>", "")).toList();
    }

    @Test
    void a_name_that_no_entry_has_is_pointed_at_with_the_one_that_it_resembles() throws Exception {
        String query = "kind:stamped env:staging,prodution project:" + project + " by:nobdy agent:a9 -user:adaa";

        List<QueryWarning> warnings = page(query, "").warnings();
        assertThat(warnings).extracting(QueryWarning::name).containsExactly("prodution", "nobdy", "a9", "adaa");
        assertThat(warnings).allSatisfy(warning -> assertThat(query.substring(warning.from(), warning.to()))
                .isEqualTo(warning.name()));
        assertThat(warnings.getFirst().sentence())
                .isEqualTo("No environment is called 'prodution'. Did you mean 'production'?");
        assertThat(find("env:production,Staging by:ada agent:a* env:" + project + "/production").warnings()).isEmpty();
        assertThat(find("env:x*").warnings()).extracting(QueryWarning::sentence)
                .containsExactly("No environment begins with 'x'. Check the name.");
        assertThat(ledger.body("/audit?q=" + encoded("env:prodution"))).contains("<mark>prodution</mark>",
                "Did you mean &#39;production&#39;?", "Nothing found; the query has an unknown name.");
        for (String list : List.of("/divergences", "/deploys", "/merges", "/agents")) {
            String page = ledger.body(list + "?q=" + encoded("project:" + project + " env:prodution,staging"));
            assertThat(page).as(list).contains("<mark>prodution</mark>", "Did you mean &#39;production&#39;?")
                    .doesNotContain("<mark>staging", "id=\"mistakes\"");
            assertThat(ledger.body(list + "?q=" + encoded("env:staging -env:production"))).doesNotContain("is called");
        }
    }

    @Test
    void a_name_of_another_project_is_neither_known_nor_suggested() {
        new Story("other-" + project, "unheard").says(new AgentStarted("0.1.0", "alembic", "watch", Map.of()))
                .recordIn(commands);
        automations.round();
        SearchScope viewer = SearchScope.of(new Caller.Person("v", null,
                new Roles(null, new TreeMap<>(Map.of(project, Role.VIEWER)))));

        assertThat(search.page(new AuditQuestion(AuditKeys.LANGUAGE.parse("env:unheard,unherd,stagin").query(),
                ZoneOffset.UTC, Story.NOON, viewer), null, 10).warnings()).extracting(QueryWarning::sentence)
                .containsExactly("No environment that you may read is called 'unheard'. Check the name.",
                        "No environment that you may read is called 'unherd'. Check the name.",
                        "No environment that you may read is called 'stagin'. Did you mean 'staging'?");
    }

    @Test
    void a_viewer_of_one_project_finds_its_entries_and_none_about_all_projects() {
        SearchScope administrator = SearchScope.of(new Caller.LocalAdministrator());
        SearchScope viewer = SearchScope.of(new Caller.Person("v", null,
                new Roles(null, new TreeMap<>(Map.of(project, Role.VIEWER)))));
        SearchScope stranger = SearchScope.of(new Caller.Person("s", null, Roles.NONE));
        new Story("other-" + project, "production").says(new AgentStarted("0.1.0", "alembic", "watch", Map.of()))
                .recordIn(commands);
        jdbc.update("update ledger.audit_entry set project = null, environment = null where position ="
                + " (select min(position) from ledger.audit_entry where project = ?)", project);
        automations.round();

        assertThat(positions(administrator)).containsAll(positions(viewer)).hasSizeGreaterThan(
                positions(viewer).size() + 1);
        assertThat(positions(viewer)).isNotEmpty().containsExactlyElementsOf(jdbc.queryForList(
                "select position from ledger.audit_entry where project = ? order by 1 desc", Long.class, project));
        assertThat(positions(stranger)).isEmpty();
    }

    private List<Long> positions(SearchScope scope) {
        return search.page(new AuditQuestion(SearchQuery.EVERYTHING, ZoneOffset.UTC, Story.NOON, scope), null, 1_000)
                .entries().stream().map(AuditEntry::position).toList();
    }

    @Test
    void entries_of_another_form_are_made_again() throws Exception {
        List<AuditEntry> before = find("").entries();
        jdbc.update("update ledger.audit_state set form = 0");
        jdbc.update("delete from ledger.audit_block_token");
        automations.round();

        assertThat(find("").entries()).isEqualTo(before).isNotEmpty();
        jdbc.update("update ledger.audit_state set form = form + 1");
        automations.round();
        assertThat(find("").entries()).as("a newer ledger makes them").isEqualTo(before);
        jdbc.update("update ledger.audit_state set form = form - 1");
    }

    @Test
    void an_answer_says_what_is_not_in_it_yet() throws Exception {
        long before = find("").completeThrough().position();
        new Story(project, "later").says(new AgentStarted("0.1.0", "alembic", "watch", Map.of())).recordIn(commands);

        AuditPage page = find("");
        assertThat(page.completeThrough().position()).isEqualTo(before);
        assertThat(page.completeThrough().behind()).isPositive();
        assertThat(page.searched().last()).isEqualTo(before);
    }

    @Test
    void a_mistake_is_answered_with_its_place() throws Exception {
        HttpResponse<String> answer = ledger.get("/api/v1/audit?q=" + encoded("kind:stampd actr:x !!"));

        assertThat(answer.statusCode()).isEqualTo(400);
        QueryRefusal refusal = ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), QueryRefusal.class);
        assertThat(refusal.mistakes()).extracting(QueryRefusal.Mistake::code)
                .containsExactly("unknown-value", "unknown-key", "missing-text");
        assertThat(refusal.mistakes()).extracting(QueryRefusal.Mistake::from).containsExactly(5, 12, 19);
        assertThat(ledger.status("/api/v1/audit?zone=Mars")).isEqualTo(400);
        assertThat(ledger.status("/api/v1/audit/export?format=xml")).isEqualTo(400);
    }

    @Test
    void ndjson_has_each_event_as_it_is_stored_and_ends_with_its_manifest() throws Exception {
        String file = export("ndjson", "kind:stamped");

        List<String> lines = file.lines().toList();
        assertThat(lines).hasSize(2);
        AuditEntry entry = ContractJson.read(lines.getFirst().getBytes(StandardCharsets.UTF_8), AuditEntry.class);
        assertThat(entry).isEqualTo(only(find("kind:stamped")));
        LogRecord record = ContractJson.read(lines.getFirst().getBytes(StandardCharsets.UTF_8), Line.class).record();
        assertThat(record.position()).isEqualTo(entry.position());
        assertThat(record.stream()).isEqualTo(project + "/production");
        assertThat(record.payload()).contains("version_num = 'b'");
        AuditManifest manifest = manifest(
                lines.getLast().substring("{\"manifest\":".length(), lines.getLast().length() - 1));
        check(manifest, file, lines.getLast(), 1);
        assertThat(lines.getFirst()).contains("\"proof\":{\"leaf\":");
        assertThat(manifest.log()).isNotNull().satisfies(log -> assertThat(log.lines()).isEqualTo(1));
    }

    @Test
    void json_is_one_document_that_ends_with_its_manifest() throws Exception {
        String file = export("json", "kind:applied");

        String last = file.lines().toList().getLast();
        check(manifest(last.substring("\"manifest\":".length(), last.length() - 1)), file, last, 3);
        assertThat(ContractJson.read(file.getBytes(StandardCharsets.UTF_8), Document.class).entries())
                .extracting(AuditEntry::position).isSorted().hasSize(3);
    }

    record Line(LogRecord record) {}

    record Document(List<AuditEntry> entries, AuditManifest manifest) {}

    @Test
    void csv_makes_formulas_harmless_and_ends_with_its_manifest() throws Exception {
        new Story(project, "evil").says(new RevisionStamped(List.of("=1+1"), List.of(),
                evidence("@sum", "+cmd|' /C calc'!A0", null, "-- \"x\",\n=HYPERLINK(1)"))).recordIn(commands);
        automations.round();

        String file = export("csv", "env:evil kind:stamped");

        assertThat(file).contains(",'@sum,", ",'=1+1,", "\"'-- \"\"x\"\",\n'=HYPERLINK(1)\"")
                .doesNotContain(",=", ",@", "\n=");
        assertThat(file.split("\r\n")).hasSize(3);
        String last = file.substring(file.lastIndexOf("\r\n", file.length() - 3) + 2);
        assertThat(last).startsWith(",,,,,,,export-manifest,");
        String json = last.substring(last.indexOf("\"{") + 1, last.lastIndexOf("}\"") + 1).replace("\"\"", "\"");
        check(manifest(json), file, last, 1);
    }

    @Test
    void a_head_request_for_an_export_does_not_read_the_audit() {
        HttpResponse<String> answer = Objects.requireNonNull(
                new TransactionTemplate(transactions).execute(_ -> {
                    // Who reads an entry waits for the end of this, which waits for the answer.
                    jdbc.execute("lock table ledger.audit_entry in access exclusive mode");
                    try {
                        return ledger.send(ledger.request("/api/v1/audit/export?format=csv&q=kind:stamped")
                                .method("HEAD", BodyPublishers.noBody()));
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"audit.csv\"");
    }

    @Test
    void an_export_reads_entries_a_few_at_a_time() throws Exception {
        commands.record(SampleBatches.command(SampleBatches.events(project, "many", 1, 600)));
        automations.round();
        AtomicLong cursors = new AtomicLong();
        List<Integer> pages = new ArrayList<>();
        SearchQuery query = AuditKeys.LANGUAGE.parse("env:many project:" + project).query();

        reader.readAll(new AuditQuestion(query, ZoneOffset.UTC, Story.NOON,
                SearchScope.of(new Caller.LocalAdministrator())), Long.MAX_VALUE, page -> {
                    pages.add(page.size());
                    Long open = jdbc.queryForObject("select count(*) from pg_cursors where statement like"
                            + " '%audit_entry%' and statement not like '%pg_cursors%'", Long.class);
                    cursors.set(Math.max(cursors.get(), Objects.requireNonNull(open)));
                    return true;
                });

        assertThat(pages).hasSizeGreaterThan(1).allMatch(size -> size <= 500);
        assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(600);
        assertThat(cursors.get()).as("the others are still in the database").isEqualTo(1);
    }

    @Test
    void the_page_shows_entries_with_their_evidence_and_points_at_mistakes() throws Exception {
        String page = ledger.body("/audit?q=" + encoded("kind:stamped project:" + project));
        assertThat(page).contains("Stamped b in place of a.", "by <span>ada via psql from 10.0.0.7</span>",
                "UPDATE alembic_version SET version_num = &#39;b&#39;", "/projects/%s/revisions/b\"".formatted(project),
                "/api/v1/audit/export?q=kind%3Astamped");
        assertThat(page.replaceAll("</?time[^>]*>", "")).contains("1 entry. Searched 2026-01-01 12:00:00 UTC",
                "agent a1 was blind from 2026-01-01 12:02:10 UTC");

        String mistaken = ledger.body("/audit?q=" + encoded("kind:stampd <b>"));
        assertThat(mistaken).contains("kind:<mark>stampd</mark> &lt;b&gt;",
                "&#39;stampd&#39; is not a value of &#39;kind&#39;. Did you mean &#39;stamped&#39;?")
                .doesNotContain("Searched ");
        assertThat(ledger.body("/audit?q=" + encoded("kind:reverted project:" + project))).contains("Nothing found.");
    }

    @Test
    void a_stream_goes_on_where_its_reader_ended() throws Exception {
        String first = ledger.body("/api/v1/audit/stream?wait=0&q=" + encoded("kind:stamped project:" + project));
        assertThat(first.lines()).hasSize(2);
        String next = first.substring(first.lastIndexOf("{\"next\":") + 8).replaceAll("[^0-9].*\n?", "");
        String again = "/api/v1/audit/stream?wait=20&after=" + next + "&q=" + encoded("env:streamed kind:stamped");

        Thread.ofVirtual().start(() -> {
            new Story(project, "streamed")
                    .says(new RevisionStamped(List.of("z"), List.of(), Story.SEEN)).recordIn(commands);
            automations.round();
        });
        assertThat(ledger.body(again).lines().toList()).hasSize(2).first().asString().contains("Stamped z.");

        String events = ledger.send(ledger.request(again).header("Accept", "text/event-stream")
                .header("Last-Event-ID", next)).body();
        assertThat(events).startsWith("retry: ").contains("event: entry\ndata: {", "event: progress\ndata: {");
    }

    @Test
    void withdrawn_content_leaves_no_copy_and_what_was_known_of_it_stays() throws Exception {
        AuditEntry before = only(find("kind:stamped"));
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> withdrawal.withdraw(before.event(), "a secret", Instant.now()));
        assertThat(jdbc.queryForObject("select count(*) from ledger.audit_entry where facts like '%version_num%'"
                + " and project = ?", Long.class, project)).isZero();
        automations.round();

        AuditEntry after = only(find("kind:content-withdrawn env:production"));
        assertThat(after.position()).isEqualTo(before.position());
        assertThat(after.text())
                .isEqualTo("Withdrew the content of an event of type agent.revision-stamped.v1: a secret.");
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(find("version_num").entries()).isEmpty();
        assertThat(find("user:ada").entries()).isEmpty();
        assertThat(find("\"alter table\"").entries()).as("others of its block").hasSize(1);
        assertThat(export("ndjson", "kind:content-withdrawn")).contains("\"payloadDigest\":\"")
                .contains("\"type\":\"agent.revision-stamped\"");
    }

    private AuditEntry only(AuditPage page) {
        assertThat(page.entries()).hasSize(1);
        return page.entries().getFirst();
    }

    private AuditPage find(String query) throws Exception {
        return page(query, "");
    }

    /** Of this test's project: tests share a ledger. */
    private AuditPage page(String query, String more) throws Exception {
        return ledger.read("/api/v1/audit?q=" + encoded(query + " project:" + project) + more, AuditPage.class);
    }

    private String export(String format, String query) throws Exception {
        return ledger.body("/api/v1/audit/export?format=" + format + "&q=" + encoded(query + " project:" + project));
    }

    private static AuditManifest manifest(String json) {
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), AuditManifest.class);
    }

    private static void check(AuditManifest manifest, String file, String last, long count) {
        assertThat(manifest.count()).isEqualTo(count);
        assertThat(manifest.sha256()).isEqualTo(Sha256.hex(file.substring(0, file.indexOf(last))));
        assertThat(manifest.last()).isEqualTo(manifest.completeThrough().position());
    }

    private static Evidence evidence(String user, String application, @Nullable String address, String statement) {
        return new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(),
                new Attribution(new Actor(user, application, address, 7, "9"), statement,
                        statement.contains("users")
                                ? List.of(new TouchedObject(Touch.ALTERED, "table", "public.users"))
                                : List.of()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
