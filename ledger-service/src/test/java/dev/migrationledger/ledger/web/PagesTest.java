package dev.migrationledger.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason.FindingOpen;
import dev.migrationledger.contracts.policy.GateReason.FoundDivergence;
import dev.migrationledger.contracts.policy.GateReason.ObservationTooOld;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.StoredJson;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of a ledger with 5,000 environments: each answer is small, and all answers together are the list. */
@LedgerTest
class PagesTest {

    private static final int MOST_BYTES = 300_000;

    private static final Pattern NEXT = Pattern.compile("<(/[^>]*)>; rel=\"next\"");

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void many() {
        if (Integer.valueOf(5_201)
                .equals(jdbc.queryForObject("select count(*) from ledger.environment_view", Integer.class))) {
            return;
        }
        new Story("staging").scripts("a b<a c<b").applied("b").table("b").recordIn(environmentCommands);
        // Copies of what one environment has become: 4,900 in its project, and 300 projects of one.
        for (String names : List.of("'navbot', 'tenant-' || n from generate_series(1, 4900) n",
                "'project-' || n, 'staging' from generate_series(1, 300) n")) {
            jdbc.execute("""
                    insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item)
                    select new.project, new.environment, v.digest, v.facts, v.scripts,
                        replace(v.list_item::text, '"staging"', '"' || new.environment || '"')::json
                    from ledger.environment_view v, (select %s) as new(project, environment)
                    where v.project = 'navbot' and v.environment = 'staging' on conflict do nothing"""
                    .formatted(names));
        }
        jdbc.execute("""
                insert into ledger.divergence_view (id, project, environment, code, severity, first_seen, divergence)
                select gen_random_uuid(), 'navbot', 'tenant-' || (n % 400 + 1), 'unknown-revision', 'error',
                    timestamptz '2026-01-01 12:00:00Z' + (n / 7) * interval '1 second', '{}'
                from generate_series(1, 2500) n""");
        jdbc.execute("""
                update ledger.divergence_view set divergence = json_build_object('id', id, 'project', project,
                    'environment', environment, 'code', code, 'severity', severity, 'subject', id::text,
                    'message', repeat('The row names no revision. ', 10), 'evidence', json_build_array(),
                    'plan', json_build_array(), 'state', 'open',
                    'firstSeen', to_char(first_seen at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                    'lastSeen', to_char(first_seen at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))""");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/projects?limit=100, project, 301",
        "/api/v1/projects/navbot/environments, environment, 4901",
        "/api/v1/projects/navbot/environments?limit=999, environment, 4901",
        "/api/v1/divergences, id, 2500",
        "/api/v1/divergences?state=all&severity=error&limit=70, id, 2500",
        "/api/v1/projects/navbot/divergences?limit=333, id, 2500"})
    void pages_are_small_and_together_they_are_the_list(String first, String key, int all) throws Exception {
        List<String> seen = new ArrayList<>();
        String path = first;
        while (!path.isEmpty()) {
            HttpResponse<String> page = get(path);
            assertThat(page.body().length()).isLessThan(MOST_BYTES);
            for (JsonNode one : JsonMapper.shared().readTree(page.body())) {
                seen.add(one.get(key).asString());
            }
            path = page.headers().firstValue("Link").map(PagesTest::next).orElse("");
        }
        assertThat(seen).hasSize(all);
        assertThat(new HashSet<>(seen)).hasSize(all);
    }

    @Test
    void the_first_page_for_people_is_small_and_leads_to_the_others() throws Exception {
        HttpResponse<String> first = get("/");
        assertThat(first.body().length()).isLessThan(MOST_BYTES);
        assertThat(first.body()).contains("400 of 5,201 environments of 301 projects have an error");
        int pages = 1;
        for (Optional<String> next = link(first.body()); next.isPresent(); pages++) {
            HttpResponse<String> page = get(next.get());
            assertThat(page.body().length()).isLessThan(MOST_BYTES);
            next = link(page.body());
        }
        assertThat(pages).isEqualTo((301 + 19) / 20);
    }

    @Test
    void an_environment_that_is_asked_for_behind_the_last_is_no_error() throws Exception {
        assertThat(get("/api/v1/projects/navbot/environments?after=zz").body()).isEqualTo("[]");
        assertThat(get("/?after=zz/zz").body()).contains("5,201 environments");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/divergences?q=state:open|2500", "/divergences?q=state:open,resolved+environment:tenant-7,tenant-8|14",
        "/divergences|400", "/divergences?q=environment:tenant-1*|111",
        "/deploys|130", "/deploys?q=environment:TENANT-1+state:blocked|22", "/deploys?q=-state:blocked|65",
        "/deploys?q=reason:forked+until:2026-01-01T12:29Z|15",
        "/agents?q=environment:tenant-4*+-environment:tenant-48*+-project:project-*|901"})
    void lists_are_complete_page_by_page_and_in_one_order(String first, int all) throws Exception {
        deploys();
        List<String> seen = new ArrayList<>();
        for (Optional<String> path = Optional.of(first); path.isPresent();) {
            String page = get(path.get()).body();
            assertThat(page.length()).isLessThan(MOST_BYTES);
            Matcher keys = Pattern.compile(" data-key=\"([^\"]*)\"").matcher(page);
            while (keys.find()) {
                seen.add(keys.group(1));
            }
            path = link(page);
        }
        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void each_key_of_a_list_is_understood_and_mistakes_are_pointed_at_in_place() throws Exception {
        for (String list : List.of("/divergences", "/deploys", "/merges", "/agents")) {
            String help = get(list).body();
            List<String> keys = Pattern.compile("<dt><code>([a-z-]+)</code>").matcher(help).results()
                    .map(found -> found.group(1)).toList();
            assertThat(keys).as(list).contains("project", "environment", "state", "since");
            for (String key : keys) {
                String understood = "";
                for (String value : List.of("x", "yesterday", "resolved", "error", "schema-hole", "applied",
                        "blocked", "silent")) {
                    if (!get(list + "?q=project:x+" + key + ":" + value).body().contains("id=\"mistakes\"")) {
                        understood = value;
                        break;
                    }
                }
                assertThat(understood).as(list + " " + key).isNotEmpty();
                assertThat(get(list + "?q=project:x+-" + key + ":" + understood).body())
                        .doesNotContain("id=\"mistakes\"");
            }
            assertThat(get(list + "?q=navbot+stat:x").body()).contains("<mark>stat</mark>",
                    "The key &#39;stat&#39; is unknown. Did you mean &#39;state&#39;?", "value=\"navbot stat:x\"")
                    .doesNotContain("matches.", "data-key");
            assertThat(get(list + "?q=project:none-such").body()).contains("matches.", ">Clear<")
                    .containsPattern("name=\"q\" aria-label=\"Search projects and environments\"[^>]* value=\"\"");
        }
    }

    @Test
    void nothing_that_a_list_leaves_out_is_more_than_a_link_away() throws Exception {
        deploys();
        String first = get("/deploys?q=state:blocked").body();
        assertThat(first).contains("approved by ann, bob, cem", "and 2 more<span class=\"hidden\"> approvers",
                "and 2 more<span class=\"hidden\"> revisions", "and 2 more<span class=\"hidden\"> reasons")
                .containsPattern("href=\"/audit\\?q=id%3A[0-9a-f-]{36}\">audit<");
        Matcher more = Pattern.compile("href=\"(/deploys\\?q=id[^\"]*)\">and 2 more").matcher(first);
        assertThat(more.find()).isTrue();
        String one = get(more.group(1)).body();
        assertThat(Pattern.compile("<tr data-key").matcher(one).results()).hasSize(1);
        assertThat(one).contains("is older than 5d", "approved by ann, bob, cem, dan, eve", "/revisions/g\"")
                .doesNotContain("2 more", "its run");
        assertThat(get("/deploys?q=run:" + new UUID(1, 128)).body())
                .contains("href=\"/audit?q=run%3A" + new UUID(1, 128) + "\">its run<");

        String grouped = get("/divergences").body();
        Matcher others = Pattern.compile("and <a href=\"([^\"]*)\">(\\d) more<").matcher(grouped);
        assertThat(others.find()).isTrue();
        String all = get(others.group(1).replace("&amp;", "&")).body();
        assertThat(Pattern.compile("unknown-revision</code>").matcher(all).results().count())
                .isEqualTo(5 + Integer.parseInt(others.group(2)));
        assertThat(List.of(grouped, all, first)).allSatisfy(
                page -> assertThat(page).doesNotContainPattern("href=\"/api/v1/(?!openapi)"));
    }

    /** 130 deploys of three environments, a minute apart; each second one was blocked for five reasons. */
    private void deploys() {
        if (Integer.valueOf(130).equals(jdbc.queryForObject("select count(*) from ledger.deploy", Integer.class))) {
            return;
        }
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        List<GateReason> reasons = new ArrayList<>(List.of(
                new FindingOpen(RuleMode.ENFORCE, null,
                        new FoundDivergence(DivergenceCode.FORKED, "", Severity.ERROR))));
        for (int days = 2; days <= 5; days++) {
            reasons.add(new ObservationTooOld(RuleMode.ENFORCE, null, noon, Duration.ofDays(days)));
        }
        for (int n = 0; n < 130; n++) {
            boolean blocked = n % 2 == 1;
            DeployRecord it = new DeployRecord(new UUID(0, n), "navbot", "tenant-" + n % 3,
                    blocked ? Decision.BLOCKED : Decision.ALLOWED,
                    new Deploy("ci", Asker.PIPELINE, new ObservedScripts("versions", 1, "d" + n, List.of("c")),
                            List.of("b"), new Fingerprint(1, "f"), List.of("c", "d", "e", "f", "g"), noon,
                            blocked ? null : new UUID(1, n)),
                    blocked ? reasons : List.of(), 1, null, null, noon.plusSeconds(60L * n), null, null,
                    List.of("ann", "bob", "cem", "dan", "eve"), List.of(), null, null);
            jdbc.update("""
                    insert into ledger.deploy (project, environment, id, decided_at, facts) values (?, ?, ?, ?, ?::json)
                    on conflict do nothing""", it.project(), it.environment(), it.deploy(),
                    Timestamp.from(it.decidedAt()), StoredJson.write(it));
        }
    }

    private static String next(String link) {
        Matcher next = NEXT.matcher(link);
        assertThat(next.matches()).as(link).isTrue();
        return next.group(1);
    }

    private static Optional<String> link(String page) {
        Matcher link = Pattern.compile("<a rel=\"next\" href=\"([^\"]*)\">").matcher(page);
        return link.find() ? Optional.of(link.group(1).replace("&amp;", "&")) : Optional.empty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return answer;
    }
}
