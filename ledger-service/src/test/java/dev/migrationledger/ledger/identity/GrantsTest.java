package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Person;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Administrators decide on the roles of others. */
@LedgerTest
@TestPropertySource(properties = "ledger.identity.required=true")
class GrantsTest {

    private static final String ADA = "https://id.example.org ada";
    private static final String EVE = "https://id.example.org eve";
    private static final String BOB = "https://id.example.org bob";

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    ViewRebuild rebuild;

    @BeforeEach
    void administrators() {
        identities.grant(ADA, Role.ADMINISTRATOR, null, "local");
        identities.grant(EVE, Role.ADMINISTRATOR, "navbot", "local");
        identities.withdraw(BOB, null, "local");
        identities.withdraw(BOB, "navbot", "local");
    }

    private HttpResponse<String> as(String person, HttpRequest.Builder request) throws Exception {
        return ledger.send(request.header("Content-Type", "application/json").header("Authorization",
                "Bearer " + identities.issueToken(person, "test", Role.ADMINISTRATOR, null, Duration.ofMinutes(1))
                        .orElseThrow().text()));
    }

    private HttpResponse<String> grant(String by, String path, String person, String role) throws Exception {
        return as(by, ledger.request(path).PUT(BodyPublishers.ofString(
                "{\"person\":\"%s\",\"role\":\"%s\"}".formatted(person, role))));
    }

    private HttpResponse<String> withdraw(String by, String path, String person) throws Exception {
        return as(by, ledger.request(path + "?person=" + URLEncoder.encode(person, StandardCharsets.UTF_8)).DELETE());
    }

    private List<Person> people(String by) throws Exception {
        return List.of(TestClient.read(as(by, ledger.request("/api/v1/people")), Person[].class));
    }

    private static Person person(String id, GrantedRole... granted) {
        return new Person(id, null, null, List.of(granted), List.of(), null);
    }

    @Test
    void an_administrator_grants_and_withdraws_roles() throws Exception {
        assertThat(TestClient.read(grant(ADA, "/api/v1/roles", BOB, "viewer"), GrantedRole.class))
                .isEqualTo(new GrantedRole(Role.VIEWER, null));
        assertThat(TestClient.read(grant(EVE, "/api/v1/projects/navbot/roles", BOB, "approver"), GrantedRole.class))
                .isEqualTo(new GrantedRole(Role.APPROVER, "navbot"));
        assertThat(people(ADA))
                .contains(person(BOB, new GrantedRole(Role.VIEWER, null), new GrantedRole(Role.APPROVER, "navbot")));
        assertThat(rebuild.check().differing()).isEmpty();
        assertThat(withdraw(EVE, "/api/v1/projects/navbot/roles", BOB).statusCode()).isEqualTo(204);
        assertThat(TestClient.problem(withdraw(EVE, "/api/v1/projects/navbot/roles", BOB), 404).detail())
                .isEqualTo("The person was granted no role in this project.");
        assertThat(withdraw(ADA, "/api/v1/roles", BOB).statusCode()).isEqualTo(204);
        assertThat(people(ADA)).extracting(Person::person).doesNotContain(BOB);
    }

    @Test
    void an_administrator_of_a_project_decides_on_it_alone() throws Exception {
        identities.grant(BOB, Role.VIEWER, "secret-project", "local");
        assertThat(grant(EVE, "/api/v1/projects/secret-project/roles", BOB, "approver").statusCode()).isEqualTo(403);
        assertThat(grant(EVE, "/api/v1/roles", BOB, "viewer").statusCode()).isEqualTo(403);
        assertThat(withdraw(EVE, "/api/v1/roles", ADA).statusCode()).isEqualTo(403);
        assertThat(people(EVE)).containsExactly(
                person(ADA, new GrantedRole(Role.ADMINISTRATOR, null)),
                person(EVE, new GrantedRole(Role.ADMINISTRATOR, "navbot")));
        identities.withdraw(BOB, "secret-project", "local");
    }

    @Test
    void the_list_of_people_comes_in_pages() throws Exception {
        List<Person> all = people(EVE);
        HttpResponse<String> first = as(EVE, ledger.request("/api/v1/people?limit=1"));
        assertThat(TestClient.read(first, Person[].class)).containsExactly(all.getFirst());
        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link).matches("</api/v1/people\\?limit=1&after=\\S+>; rel=\"next\"");
        HttpResponse<String> second = as(EVE, ledger.request(link.substring(1, link.indexOf('>'))));
        assertThat(TestClient.read(second, Person[].class)).containsExactly(all.get(1));
        assertThat(second.headers().firstValue("Link")).isEmpty();
        assertThat(TestClient.problem(as(EVE, ledger.request("/api/v1/people?limit=0")), 400).field())
                .isEqualTo("limit");
    }

    @Test
    void nobody_raises_themselves_and_the_last_administrator_stays() throws Exception {
        assertThat(TestClient.problem(grant(EVE, "/api/v1/projects/navbot/roles", EVE, "approver"), 409).code())
                .isEqualTo("own-role");
        assertThat(TestClient.problem(withdraw(ADA, "/api/v1/roles", ADA), 409).detail()).isEqualTo(
                "'%s' is the last administrator of all projects. Grant this role to another person first."
                        .formatted(ADA));
    }

    @Test
    void what_is_no_person_no_role_or_no_project_is_refused() throws Exception {
        for (String person : List.of("", "ada", "https://id.example.org", "https://id.example.org a b",
                "https://ann:s3cret@id.example.org 1", "https://id.example.org " + "x".repeat(500))) {
            assertThat(TestClient.problem(grant(ADA, "/api/v1/roles", person, "viewer"), 422).field())
                    .as(person).isEqualTo("person");
        }
        assertThat(TestClient.problem(grant(ADA, "/api/v1/roles", BOB, "agent"), 422).field()).isEqualTo("role");
        assertThat(TestClient.problem(grant(ADA, "/api/v1/projects/%20/roles", BOB, "viewer"), 422).field())
                .isEqualTo("project");
        assertThat(new String(ContractJson.write(people(ADA)), StandardCharsets.UTF_8)).doesNotContain("s3cret");
    }
}
