package dev.migrationledger.agent.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.agent.Main;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an untrusted ledger gets {@code show --write} to write. */
class WrittenRevisionTest {

    private static final String TEXT = "revision = 'a1'\ndown_revision = None\n";

    @TempDir
    Path folder;

    private HttpServer ledger;
    private String file = "versions/a1_users.py";
    private String sent = TEXT;

    WrittenRevisionTest() throws IOException {
        this.ledger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void answers() {
        ledger.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().contains("/files/")
                    ? sent.getBytes(StandardCharsets.UTF_8)
                    : ContractJson.write(new RevisionHistory("navbot", "a1", List.of(new RevisionVariant(
                            new Revision("a1", List.of(), List.of(), List.of(), null, file, digest(TEXT)), true,
                            new Sighting(Instant.EPOCH, "staging", "agent", "versions"),
                            new Sighting(Instant.EPOCH, "staging", "agent", "versions"), 1, null))));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        ledger.start();
    }

    @AfterEach
    void close() {
        ledger.stop(0);
    }

    @Test
    void a_script_with_its_digest_is_written() throws IOException {
        assertThat(show()).contains("Written: ");
        assertThat(Files.readString(folder.resolve("a1_users.py"))).isEqualTo(TEXT);
    }

    @Test
    void bytes_of_another_digest_are_not_written() throws IOException {
        sent = TEXT + "import os; os.system('true')\n";
        assertThat(show())
                .contains("another file than the one with digest " + digest(TEXT) + ", so nothing was written");
        assertThat(written()).isEmpty();
    }

    @Test
    void what_is_no_script_of_alembic_is_not_written() throws IOException {
        for (String name : List.of("env.py", "ENV.py", "conftest.py", "z.pth", "alembic.ini", "__init__.py",
                ".hidden.py",
                "sitecustomize.py", "a.pyc", "a.txt", "..", "a\u202eyp.py", "-c.py", "setup.py", "__main__.py")) {
            file = "versions/" + name;
            assertThat(show()).as(name).contains("which Alembic does not load as a script");
            assertThat(written()).as(name).isEmpty();
        }
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private String show() {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        Main.commandLineFor("show").setOut(writer).setErr(writer).execute("show", "a1", "--ledger",
                "http://127.0.0.1:" + ledger.getAddress().getPort(), "--project", "navbot", "--write",
                folder.toString());
        return output.toString();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
