package dev.migrationledger.sample;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.modern.client.transport.StdioMcpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official clients of the Model Context Protocol, of both generations, as a test asks them. */
final class McpClients {

    private McpClients() {}

    /** Which client. */
    enum Generation {
        /** It begins with {@code initialize}. */
        HANDSHAKE,
        /** It names its version in every request. */
        STATELESS
    }

    /** A server with one client. */
    interface Session extends AutoCloseable {

        List<Tool> tools();

        Answer call(String tool, Map<String, Object> arguments);

        @Override
        void close();
    }

    /** @param readOnly what the tool says of itself */
    record Tool(String name, String description, boolean readOnly, JsonNode input, JsonNode output) {}

    /**
     * What a tool answered.
     *
     * @param structured a missing node for an error
     */
    record Answer(boolean error, String text, JsonNode structured) {}

    /** Starts a server; the client checks each answer against the schema that the server has published for it. */
    static Session start(Generation generation, List<String> command, Map<String, String> variables) {
        ServerParameters server = ServerParameters.builder(command.getFirst())
                .args(command.subList(1, command.size())).env(variables).build();
        return switch (generation) {
            case HANDSHAKE -> handshake(server);
            case STATELESS -> stateless(server);
        };
    }

    private static Session handshake(ServerParameters server) {
        McpSyncClient client = McpClient.sync(new StdioClientTransport(server, McpJsonDefaults.getMapper()))
                .enableCallToolSchemaCaching(true).build();
        client.initialize();
        return new Session() {
            @Override
            public List<Tool> tools() {
                return client.listTools().tools().stream()
                        .map(it -> new Tool(it.name(), it.description(),
                                Boolean.TRUE.equals(it.annotations().readOnlyHint()), json(it.inputSchema()),
                                json(it.outputSchema())))
                        .toList();
            }

            @Override
            public Answer call(String tool, Map<String, Object> arguments) {
                McpSchema.CallToolResult result = client.callTool(
                        McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
                return new Answer(Boolean.TRUE.equals(result.isError()),
                        ((McpSchema.TextContent) result.content().getFirst()).text(),
                        json(result.structuredContent()));
            }

            @Override
            public void close() {
                client.closeGracefully();
            }
        };
    }

    private static Session stateless(ServerParameters server) {
        StdioMcpClientTransport transport = StdioMcpClientTransport.builder(server)
                .jsonMapper(McpJsonDefaults.getMapper()).start();
        io.modelcontextprotocol.modern.client.McpSyncClient client = io.modelcontextprotocol.modern.client.McpClient
                .sync(transport).build();
        return new Session() {
            @Override
            public List<Tool> tools() {
                return client.listTools().list().tools().stream()
                        .map(it -> new Tool(it.name(), it.description(),
                                Boolean.TRUE.equals(Objects.requireNonNull(it.annotations()).readOnlyHint()),
                                json(it.inputSchema()), json(it.outputSchema())))
                        .toList();
            }

            @Override
            public Answer call(String tool, Map<String, Object> arguments) {
                io.modelcontextprotocol.modern.McpSchema.CallToolResult result = client.tool(tool)
                        .arguments(arguments).call();
                return new Answer(Boolean.TRUE.equals(result.isError()),
                        ((io.modelcontextprotocol.modern.McpSchema.TextContent) result.content().getFirst()).text(),
                        json(result.structuredContent()));
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().valueToTree(value);
    }
}
