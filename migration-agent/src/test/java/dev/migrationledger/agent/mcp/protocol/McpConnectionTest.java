package dev.migrationledger.agent.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines in, lines out. */
@Timeout(30)
class McpConnectionTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}\n";
    private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"wait\"}}\n";

    private final CountDownLatch released = new CountDownLatch(1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    record Done(String summary) {}

    private final McpTool waits = new McpTool() {
        @Override
        public String name() {
            return "wait";
        }

        @Override
        public String title() {
            return "Wait";
        }

        @Override
        public String description() {
            return "Waits.";
        }

        @Override
        public List<ToolParameter> parameters() {
            return List.of();
        }

        @Override
        public Class<Done> answerType() {
            return Done.class;
        }

        @Override
        public Done answer(ToolArguments arguments) throws InterruptedException {
            return new Done("" + released.await(20, TimeUnit.SECONDS));
        }
    };

    @Test
    void everything_that_was_asked_before_the_end_is_answered() throws Exception {
        released.countDown();
        serve(text("\n" + WAIT.formatted(1) + PING.formatted(2).strip()));
        assertThat(lines()).hasSize(2).anyMatch(it -> it.contains("\"id\":1")).anyMatch(it -> it.contains("\"id\":2"));
    }

    @Test
    void a_slow_tool_holds_up_nothing_else() throws Exception {
        PipedOutputStream client = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(client);
        Thread serving = Thread.startVirtualThread(() -> serve(in));
        client.write((WAIT.formatted(1) + PING.formatted(2)).getBytes(StandardCharsets.UTF_8));
        client.flush();
        while (lines().isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(lines()).singleElement().asString().contains("\"id\":2");
        released.countDown();
        client.close();
        serving.join();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void a_line_that_is_too_long_or_no_json_is_answered_and_the_next_one_too() {
        serve(text("x".repeat(McpConnection.LARGEST + 10) + "\nnot json\n\u00e9\n" + PING.formatted(3)));
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0)).contains("-32700", "more than 1048576 bytes");
        assertThat(lines().get(1)).contains("-32700", "not JSON", "\"id\":null");
        assertThat(lines().get(3)).contains("\"id\":3", "result");
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(InputStream in) {
        try {
            new McpConnection(new McpServer("1", "", List.of(waits), words -> {}), in, out).serve();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
