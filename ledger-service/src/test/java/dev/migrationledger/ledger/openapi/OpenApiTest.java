package dev.migrationledger.ledger.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.RandomStory;
import dev.migrationledger.testsupport.fuzz.FuzzSeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@LedgerTest
class OpenApiTest {

    @Autowired
    TestClient client;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping served;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Automations automations;

    private JsonNode api = JsonMapper.shared().nullNode();

    @BeforeEach
    void read() throws Exception {
        api = JsonMapper.shared().readTree(client.body("/api/v1/openapi"));
    }

    @Test
    void every_path_that_is_served_is_described_and_no_other() {
        TreeSet<String> paths = new TreeSet<>();
        served.getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/v1/") && !path.startsWith("/api/v1/openapi"))
                // OpenAPI has no word for a path of any length; C2SP describes these.
                .filter(path -> !path.equals("/api/v1/log/tile/**"))
                .forEach(paths::add));
        assertThat(paths).contains("/api/v1/events", "/api/v1/projects/{project}/compare");
        assertThat(new TreeSet<>(api.get("paths").propertyNames())).isEqualTo(paths);
    }

    @Test
    void every_operation_says_what_it_is_for_and_how_it_refuses() {
        for (JsonNode path : api.get("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.path("summary").asString()).as(operation.toString()).isNotBlank();
                assertThat(operation.at("/responses/503/content/application~1problem+json/schema/$ref").asString())
                        .isEqualTo("#/components/schemas/Problem");
            }
        }
        JsonNode environment = api.at("/paths/~1api~1v1~1projects~1{project}~1environments~1{environment}/get");
        assertThat(environment.at("/responses").propertyNames()).contains("200", "400", "404", "503");
        assertThat(environment.at("/responses/200/content/application~1json/schema/$ref").asString())
                .isEqualTo("#/components/schemas/EnvironmentReport");
    }

    @Test
    void enums_are_described_as_they_are_written() {
        assertThat(strings(schema("RevisionStatus").at("/properties/kind/enum")))
                .containsExactly("applied", "stamped", "implied");
        assertThat(strings(schema("Occurrence").at("/properties/precision/enum")))
                .containsExactly("exact", "between", "no-later-than");
        assertThat(strings(schema("Comparison").at("/properties/relation/enum"))).contains("left-behind", "forked");
        assertThat(strings(schema("Finding").at("/properties/code/enum"))).contains("multiple-heads");
    }

    @Test
    void what_may_be_absent_is_not_required() {
        assertThat(strings(schema("RevisionStatus").get("required")))
                .containsExactlyInAnyOrder("revision", "kind", "inferred");
        assertThat(schema("RevisionStatus").at("/properties").propertyNames())
                .containsExactly("revision", "kind", "inferred", "since", "evidence");
        assertThat(strings(schema("EnvironmentReport").get("required")))
                .contains("project", "events")
                .doesNotContain("versionTable", "observedAt");
    }

    @Test
    void an_event_is_one_of_those_that_an_agent_may_state_told_apart_by_its_type() {
        JsonNode event = schema("AgentEvent");
        List<String> names = EventCatalogue.all().entrySet().stream()
                .filter(entry -> AgentEvent.class.isAssignableFrom(entry.getValue()))
                .map(java.util.Map.Entry::getKey)
                .toList();
        assertThat(event.at("/discriminator/mapping").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(event.at("/discriminator/propertyName").asString()).isEqualTo("type");
        assertThat(event.get("oneOf")).hasSize(names.size());
        assertThat(strings(schema("RevisionApplied").at("/properties/type/enum")))
                .containsExactly("agent.revision-applied.v1");
    }

    @Test
    void every_reference_leads_to_a_schema() {
        for (String reference : api.findValuesAsString("$ref")) {
            assertThat(api.at(reference.substring(1)).isObject()).as(reference).isTrue();
        }
        assertThat(api.findValuesAsString("$ref")).isNotEmpty();
    }

    @Test
    void every_address_answers_any_names_and_parameters() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            RandomStory.of("random" + seed, seed, 80).recordIn(environmentCommands);
        }
        automations.round();
        AddressFuzzer fuzzer = new AddressFuzzer(client, served.getHandlerMethods());
        assertThat(fuzzer.addresses()).isGreaterThan(60);

        FuzzSeeds.of(10).forEach(fuzzer::get);

        assertThat(client.status("/projects/navbot/environments/random1")).isEqualTo(200);
    }

    private JsonNode schema(String name) {
        return api.at("/components/schemas/" + name);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asString()));
        return strings;
    }
}
