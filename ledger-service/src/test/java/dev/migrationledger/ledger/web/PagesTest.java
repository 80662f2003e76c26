package dev.migrationledger.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
        new Story("staging").scripts("a b<a c<b").applied("b").table("b").recordIn(environmentCommands);
        if (Integer.valueOf(5_201)
                .equals(jdbc.queryForObject("select count(*) from ledger.environment_view", Integer.class))) {
            return;
        }
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
        assertThat(first.body()).contains("400 of 5201 environments of 301 projects have an error");
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
        assertThat(get("/?after=zz/zz").body()).contains("5201 environments");
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
