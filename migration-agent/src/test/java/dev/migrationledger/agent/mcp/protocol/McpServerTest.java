package dev.migrationledger.agent.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages of clients of both generations, well-formed and not. */
class McpServerTest {

    private static final String CURRENT_META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"},\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final List<String> log = new ArrayList<>();

    record Echo(String summary, List<String> texts, @Nullable String absent, Map<String, String> labels) {}

    /** Answers what it is asked; some names make it fail. */
    private static final class EchoTool implements McpTool {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String title() {
            return "Echo";
        }

        @Override
        public String description() {
            return "Repeats a name.";
        }

        @Override
        public List<ToolParameter> parameters() {
            return List.of(ToolParameter.required("name", "A name."),
                    ToolParameter.choice("size", "A size.", List.of("small", "large")));
        }

        @Override
        public Class<Echo> answerType() {
            return Echo.class;
        }

        @Override
        public Echo answer(ToolArguments arguments) {
            return switch (arguments.required("name")) {
                case "refused" -> throw CommandFailure.unknown("No ledger answers at http://u:hunter2@127.0.0.1:1.");
                case "broken" -> throw new IllegalStateException("postgresql://u:hunter2@db/app\nat line 1");
                case "deep" -> throw new StackOverflowError();
                default -> new Echo(arguments.required("name"), List.of(arguments.optional("size").orElse("none")),
                        null, Map.of("a", "b"));
            };
        }
    }

    private final McpServer server = new McpServer("1.2.3", "Only reads.", List.of(new EchoTool()), log::add);

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
    void a_handshake_gets_the_version_that_it_wants(String version) throws Exception {
        JsonNode result = result("initialize", "{\"protocolVersion\":\"" + version
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}");
        assertThat(result.path("protocolVersion").asString()).isEqualTo(version);
        assertThat(result.at("/serverInfo/version").asString()).isEqualTo("1.2.3");
        assertThat(result.path("capabilities").propertyNames()).containsExactly("tools");
        assertThat(result.path("instructions").asString()).isEqualTo("Only reads.");
        assertThat(result.has("resultType")).isFalse();
    }

    @Test
    void a_handshake_for_an_unknown_version_gets_the_newest_with_a_handshake() throws Exception {
        assertThat(result("initialize", "{\"protocolVersion\":\"2031-01-01\"}").path("protocolVersion").asString())
                .isEqualTo("2025-11-25");
    }

    @Test
    void a_client_without_a_handshake_discovers_the_server() throws Exception {
        JsonNode result = result("server/discover", "{" + CURRENT_META + "}");
        assertThat(result.at("/supportedVersions/0").asString()).isEqualTo("2026-07-28");
        assertThat(result.path("resultType").asString()).isEqualTo("complete");
        assertThat(result.path("_meta").path("io.modelcontextprotocol/serverInfo").path("name").asString())
                .isEqualTo("migration-ledger");
    }

    @Test
    void a_request_of_an_unknown_version_learns_which_there_are() throws Exception {
        JsonNode error = answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/protocolVersion\":\"2031-01-01\"}}}").path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32022);
        assertThat(error.at("/data/supported/0").asString()).isEqualTo("2026-07-28");
        assertThat(error.at("/data/requested").asString()).isEqualTo("2031-01-01");
    }

    @Test
    void tools_say_that_they_only_read_and_what_they_are_asked() throws Exception {
        JsonNode tool = result("tools/list", "{}").at("/tools/0");
        assertThat(tool.path("name").asString()).isEqualTo("echo");
        assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isTrue();
        assertThat(tool.at("/annotations/destructiveHint").asBoolean(true)).isFalse();
        assertThat(tool.path("inputSchema").toString()).isEqualTo(
                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":\"A name.\"},"
                        + "\"size\":{\"type\":\"string\",\"description\":\"A size.\",\"enum\":[\"small\",\"large\"]}},"
                        + "\"required\":[\"name\"],\"additionalProperties\":false}");
        assertThat(tool.path("outputSchema").toString()).isEqualTo(
                "{\"type\":\"object\",\"properties\":{\"summary\":{\"type\":\"string\"},"
                        + "\"texts\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"absent\":{\"type\":\"string\"},"
                        + "\"labels\":{\"type\":\"object\"},\"cut\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},"
                        + "\"required\":[\"summary\",\"texts\",\"labels\"]}");
    }

    @Test
    void a_list_may_be_kept_by_clients_that_ask_in_the_current_version() throws Exception {
        assertThat(result("tools/list", "{}").propertyNames()).containsExactly("tools");
        assertThat(result("tools/list", "{" + CURRENT_META + "}").propertyNames())
                .containsExactly("tools", "ttlMs", "cacheScope", "resultType", "_meta");
    }

    @Test
    void an_answer_has_the_same_as_text_and_as_structure() throws Exception {
        JsonNode result = call("{\"name\":\"b2c3\",\"size\":\"large\"}");
        assertThat(result.path("isError").asBoolean(true)).isFalse();
        assertThat(result.at("/structuredContent/summary").asString()).isEqualTo("b2c3");
        assertThat(result.at("/structuredContent/texts/0").asString()).isEqualTo("large");
        assertThat(result.path("structuredContent").has("absent")).isFalse();
        assertThat(JsonMapper.shared().readTree(result.at("/content/0/text").asString()))
                .isEqualTo(result.path("structuredContent"));
    }

    @Test
    void wrong_arguments_are_named() throws Exception {
        assertThat(error("{}")).isEqualTo("The argument 'name' is missing: A name.");
        assertThat(error("{\"name\":\"a\",\"path\":\"/etc/passwd\"}"))
                .isEqualTo("The argument 'path' is unknown; this tool takes name and size.");
        assertThat(error("{\"name\":7}")).isEqualTo("The argument 'name' is not a text; write it in quotes.");
        assertThat(error("{\"name\":\" \"}")).isEqualTo("The argument 'name' has 0 characters; write 1 to 300.");
        assertThat(error("{\"name\":\"" + "x".repeat(301) + "\"}")).contains("has 301 characters");
        assertThat(error("{\"name\":\"a\",\"size\":\"huge\"}"))
                .isEqualTo("'huge' is not a value of 'size'; write small or large.");
    }

    @Test
    void a_failure_is_a_sentence_without_a_secret() throws Exception {
        assertThat(error("{\"name\":\"refused\"}")).startsWith("No ledger answers at").doesNotContain("hunter2");
        assertThat(log).isEmpty();
    }

    @Test
    void an_internal_error_goes_to_the_log_and_the_server_answers_on() throws Exception {
        assertThat(error("{\"name\":\"broken\"}"))
                .isEqualTo("The tool 'echo' failed. The log of this server says why.");
        assertThat(error("{\"name\":\"deep\"}")).contains("failed");
        assertThat(log).hasSize(2).first().asString().contains("IllegalStateException");
        assertThat(call("{\"name\":\"a\"}").path("isError").asBoolean(true)).isFalse();
    }

    @Test
    void what_is_no_request_is_refused_in_plain_words() throws Exception {
        assertThat(code("[]")).isEqualTo(-32600);
        assertThat(code("7")).isEqualTo(-32600);
        assertThat(code("{\"id\":1,\"method\":\"ping\"}")).isEqualTo(-32600);
        assertThat(code("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}")).isEqualTo(-32600);
        assertThat(code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}")).isEqualTo(-32601);
        assertThat(code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}")).isEqualTo(-32602);
        assertThat(code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"drop\"}}"))
                .isEqualTo(-32602);
        assertThat(code(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":\"x\"}}"))
                .isEqualTo(-32602);
        assertThat(McpServer.read("{} {}")).isEmpty();
        assertThat(McpServer.read("[".repeat(200))).isEmpty();
    }

    @Test
    void notifications_and_answers_of_clients_get_no_answer() throws Exception {
        assertThat(server.answer(JsonMapper.shared().readTree(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))).isEmpty();
        assertThat(server.answer(JsonMapper.shared().readTree("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")))
                .isEmpty();
        assertThat(result("ping", "{}").propertyNames()).isEmpty();
    }

    @Test
    void an_answer_is_one_line_without_characters_that_steer_a_terminal() throws Exception {
        String line = server.answer(JsonMapper.shared().readTree(request("tools/call",
                "{\"name\":\"echo\",\"arguments\":{\"name\":\"a\\u001b[2J\\n\\u202e\\u2028b\"}}"))).orElseThrow();
        assertThat(line).doesNotContain("\n", "\u001b", "\u202e", "\u2028");
    }

    private static String request(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private JsonNode answer(String message) throws Exception {
        return JsonMapper.shared().readTree(server.answer(McpServer.read(message).orElseThrow()).orElseThrow());
    }

    private int code(String message) throws Exception {
        JsonNode error = answer(message).path("error");
        assertThat(error.path("message").asString()).doesNotContain("Exception").matches("[A-Z'].*[.]");
        return error.path("code").asInt();
    }

    private JsonNode result(String method, String parameters) throws Exception {
        JsonNode answer = answer(request(method, parameters));
        assertThat(answer.path("id").asString()).isEqualTo("x");
        return answer.path("result");
    }

    private JsonNode call(String arguments) throws Exception {
        return result("tools/call", "{\"name\":\"echo\",\"arguments\":" + arguments + "}");
    }

    private String error(String arguments) throws Exception {
        JsonNode result = call(arguments);
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        return result.at("/content/0/text").asString();
    }
}
