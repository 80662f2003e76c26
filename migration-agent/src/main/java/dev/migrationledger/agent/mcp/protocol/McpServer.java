package dev.migrationledger.agent.mcp.protocol;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers messages of the Model Context Protocol. It remembers nothing between two of them, so clients of both generations are answered alike:
 * those that begin with {@code initialize}, and those that name their version in every request (since 2026-07-28).
 */
public final class McpServer {

    /** Of clients that name it in every request. */
    static final String CURRENT = "2026-07-28";

    /** Of clients that begin with a handshake, the newest first. */
    static final List<String> WITH_HANDSHAKE = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String SERVER = "io.modelcontextprotocol/serverInfo";

    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int UNKNOWN_METHOD = -32601;
    private static final int INVALID_PARAMETERS = -32602;
    private static final int UNSUPPORTED_VERSION = -32022;

    /** Tools are the same as long as the process runs, and their answers are never kept. */
    private static final long LIST_HOLDS_MS = 300_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final String version;
    private final String instructions;
    private final List<McpTool> tools;
    private final Consumer<String> log;

    /**
     * With these tools.
     *
     * @param version of this program
     * @param instructions for models: what the tools are about
     * @param log takes a line for people
     */
    public McpServer(String version, String instructions, List<McpTool> tools, Consumer<String> log) {
        this.version = version;
        this.instructions = instructions;
        this.tools = List.copyOf(tools);
        this.log = log;
    }

    /** A message that is not answered with a result. */
    private static final class ProtocolError extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final transient @Nullable ObjectNode data;

        ProtocolError(int code, String message, @Nullable ObjectNode data) {
            super(message);
            this.code = code;
            this.data = data;
        }

        ProtocolError(int code, String message) {
            this(code, message, null);
        }
    }

    /** Whether a message may take long: it asks a tool. */
    static boolean asksTool(JsonNode message) {
        return message.path("method").asString("").equals("tools/call");
    }

    /** A message of a client; empty if it is none, which {@link #unreadable} answers. */
    static Optional<JsonNode> read(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The answer to what is no message. */
    static String unreadable(String why) {
        return written(failed(JsonNodeFactory.instance.nullNode(), new ProtocolError(PARSE_ERROR, why)));
    }

    /** The answer in one line; empty for a notification, which has none. */
    Optional<String> answer(JsonNode message) throws InterruptedException {
        JsonNode id = message.path("id");
        boolean valid = message.path("jsonrpc").asString("").equals("2.0")
                && (id.isMissingNode() || id.isString() || id.isNumber());
        try {
            if (!valid) {
                throw new ProtocolError(INVALID_REQUEST,
                        "This is not a request of JSON-RPC 2.0. Send one request in each line.");
            }
            if (id.isMissingNode() || !message.path("method").isString()) {
                // A notification, or an answer: this server asks nothing.
                return Optional.empty();
            }
            ObjectNode answer = envelope(id);
            answer.set("result", result(message.path("method").asString(), parameters(message)));
            return Optional.of(written(answer));
        } catch (ProtocolError e) {
            return Optional.of(written(failed(valid ? id : JsonNodeFactory.instance.nullNode(), e)));
        }
    }

    private static ObjectNode parameters(JsonNode message) throws ProtocolError {
        JsonNode parameters = message.path("params");
        if (parameters instanceof ObjectNode object) {
            return object;
        }
        if (parameters.isMissingNode() || parameters.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw new ProtocolError(INVALID_PARAMETERS, "'params' is not an object.");
    }

    private ObjectNode result(String method, ObjectNode parameters) throws ProtocolError, InterruptedException {
        JsonNode named = parameters.path("_meta").path(VERSION);
        if (!named.isMissingNode() && !named.asString("").equals(CURRENT)) {
            throw unsupported(named.asString(""));
        }
        ObjectNode result = switch (method) {
            case "initialize" -> initialized(parameters.path("protocolVersion").asString(""));
            case "server/discover" -> discovered();
            case "ping" -> JsonNodeFactory.instance.objectNode();
            case "tools/list" -> listed(parameters);
            case "tools/call" -> called(parameters);
            default -> throw new ProtocolError(UNKNOWN_METHOD,
                    "This server does not have the method '%s'.".formatted(ToolArguments.shortened(method)));
        };
        if (!named.isMissingNode() || method.equals("server/discover")) {
            result.put("resultType", "complete").putObject("_meta").set(SERVER, program());
        }
        return result;
    }

    private static ProtocolError unsupported(String version) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putArray("supported").add(CURRENT);
        data.put("requested", ToolArguments.shortened(version));
        return new ProtocolError(UNSUPPORTED_VERSION,
                "This server does not have version '%s' of the protocol.".formatted(ToolArguments.shortened(version)),
                data);
    }

    /** A client that wants another version gets the newest one, and may leave. */
    private ObjectNode initialized(String wanted) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("protocolVersion", WITH_HANDSHAKE.contains(wanted) ? wanted : WITH_HANDSHAKE.getFirst());
        result.set("capabilities", capabilities());
        result.set("serverInfo", program());
        return result.put("instructions", instructions);
    }

    private ObjectNode discovered() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("supportedVersions").add(CURRENT);
        result.set("capabilities", capabilities());
        return held(result.put("instructions", instructions));
    }

    private ObjectNode listed(ObjectNode parameters) throws ProtocolError {
        if (parameters.path("cursor").isString()) {
            throw new ProtocolError(INVALID_PARAMETERS, "There is one page of tools only; leave out 'cursor'.");
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("tools");
        for (McpTool tool : tools) {
            ObjectNode entry = list.addObject().put("name", tool.name()).put("title", tool.title())
                    .put("description", tool.description());
            entry.set("inputSchema", JsonSchemas.of(tool.parameters()));
            entry.set("outputSchema", JsonSchemas.of(tool.answerType()));
            entry.putObject("annotations").put("title", tool.title()).put("readOnlyHint", true)
                    .put("destructiveHint", false).put("idempotentHint", true).put("openWorldHint", false);
        }
        return parameters.path("_meta").has(VERSION) ? held(result) : result;
    }

    /** How long a client may keep it. */
    private static ObjectNode held(ObjectNode result) {
        return result.put("ttlMs", LIST_HOLDS_MS).put("cacheScope", "private");
    }

    private ObjectNode called(ObjectNode parameters) throws ProtocolError, InterruptedException {
        String name = parameters.path("name").asString("");
        McpTool tool = tools.stream().filter(it -> it.name().equals(name)).findFirst()
                .orElseThrow(() -> new ProtocolError(INVALID_PARAMETERS,
                        "There is no tool '%s'. Call tools/list.".formatted(ToolArguments.shortened(name))));
        JsonNode arguments = parameters.path("arguments");
        if (!arguments.isObject() && !arguments.isMissingNode() && !arguments.isNull()) {
            throw new ProtocolError(INVALID_PARAMETERS, "'arguments' is not an object.");
        }
        try {
            Record answer = tool.answer(ToolArguments.of(
                    arguments.isObject() ? arguments : JsonNodeFactory.instance.objectNode(), tool.parameters()));
            ObjectNode bounded = AnswerBounds.of((ObjectNode) JSON.readTree(ContractJson.write(answer)));
            ObjectNode result = content(PlainText.inJson(bounded.toString()));
            result.set("structuredContent", bounded);
            return result.put("isError", false);
        } catch (CommandFailure e) {
            return content(ErrorLines.shown(String.valueOf(e.getMessage()))).put("isError", true);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            log.accept("internal error in the tool '%s', please report it: %s".formatted(name, e));
            return content("The tool '%s' failed. The log of this server says why.".formatted(name))
                    .put("isError", true);
        }
    }

    private static ObjectNode content(String text) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }

    private static ObjectNode capabilities() {
        ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
        capabilities.putObject("tools");
        return capabilities;
    }

    private ObjectNode program() {
        return JsonNodeFactory.instance.objectNode().put("name", "migration-ledger").put("title", "Migration Ledger")
                .put("version", version);
    }

    private static ObjectNode envelope(JsonNode id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        return answer;
    }

    private static ObjectNode failed(JsonNode id, ProtocolError e) {
        ObjectNode answer = envelope(id);
        ObjectNode error = answer.putObject("error").put("code", e.code)
                .put("message", PlainText.of(String.valueOf(e.getMessage())));
        if (e.data != null) {
            error.set("data", e.data);
        }
        return answer;
    }

    private static String written(ObjectNode answer) {
        return PlainText.inJson(answer.toString());
    }
}
