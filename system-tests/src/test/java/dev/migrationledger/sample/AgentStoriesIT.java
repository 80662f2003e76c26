package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.AgentKey.CodeWanted;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stories about agents that are not who they say: both executable jars, golden transcripts. */
@Order(7)
@ExtendWith(SharedLedger.class)
class AgentStoriesIT {

    /** Observes, and shows only what went wrong. */
    private static final String OBSERVE = "migration-agent observe $HERE 2>&1 | grep ^migration-agent:";

    private static final String OBSERVE_QUIETLY = "migration-agent observe $HERE >seen.txt 2>&1";

    @TempDir
    private Path home;

    private DeployProject project;
    private Path image;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        project = DeployProject.create(ledger, home);
        image = project.image("a", "b");
    }

    @Test
    void forged_events_are_refused() throws Exception {
        Transcript story = new Transcript(project, "Agents that are not who they say");
        enroll(story, "staging");
        story.type("staging", image, OBSERVE_QUIETLY, 0);
        List<Long> recorded = recorded();
        story.note("The agent sends events of an environment that is not its own.");
        story.type("production", image, OBSERVE, 3);
        story.note("Events are signed with a key that no administrator knows.");
        writeForgedKey(image.resolve("forged.pem"));
        story.type("staging", image, "MIGRATION_LEDGER_KEY=forged.pem " + OBSERVE, 3);
        story.note("A migration runs, and a proxy writes the row before it into the events on their way.");
        story.type("staging", image, "alembic upgrade head >seen.txt 2>&1", 0);
        try (LedgerProxy proxy = LedgerProxy.start(project.run().url(), new Forger())) {
            story.through(proxy.url());
            story.type("staging", image, "MIGRATION_LEDGER_KEY=$(ls ~/.migration-ledger/keys/*.pem) " + OBSERVE, 3);
        }
        assertThat(recorded()).as("nothing was recorded").isEqualTo(recorded);
        story.note("Without the proxy, the events arrive.");
        story.through(project.run().url());
        story.type("staging", image, OBSERVE_QUIETLY, 0);
        story.compare("forged-agents");
        assertThat(recorded().getFirst()).isGreaterThan(recorded.getFirst());
        assertThat(recorded().getLast()).isEqualTo(recorded.getLast());
    }

    private void enroll(Transcript story, String environment) throws Exception {
        HttpResponse<byte[]> code = post("/api/v1/agents/enrolment-codes",
                new CodeWanted(project.run().project(), environment, null, null));
        Files.writeString(image.resolve("code"), ContractJson.read(code.body(), AgentKey.Code.class).value());
        story.type(environment, image, "migration-agent enroll --ledger $LEDGER --code $(cat code) --agent db-1", 0);
    }

    private List<Long> recorded() throws Exception {
        SampleServer databases = project.run().databases();
        return List.of(databases.recorded(project.run().project() + "/staging"),
                databases.recorded(project.run().project() + "/production"));
    }

    /** Changes the rows of a version table, wherever they are. */
    private static final class Forger implements LedgerProxy.Interference {
        @Override
        public byte[] question(String path, byte[] body) throws IOException {
            if (!path.equals("/api/v1/events")) {
                return body;
            }
            String genuine = new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(),
                    StandardCharsets.UTF_8);
            String forged = genuine.replace("\"rows\":[\"b\"]", "\"rows\":[\"a\"]");
            if (forged.equals(genuine)) {
                throw new IOException("no rows to forge in " + genuine);
            }
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(forged.getBytes(StandardCharsets.UTF_8));
            }
            return compressed.toByteArray();
        }
    }

    private static void writeForgedKey(Path file) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pem("PRIVATE", pair.getPrivate()) + pem("PUBLIC", pair.getPublic()));
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n".formatted(kind,
                Base64.getEncoder().encodeToString(key.getEncoded()), kind);
    }

    @Test
    void of_two_holders_of_a_key_one_goes_on() throws Exception {
        Transcript story = new Transcript(project, "A key that was copied");
        enroll(story, "production");
        story.type("production", image, OBSERVE_QUIETLY, 0);
        story.note("The home directory is copied to another machine. Its agent has another name, and a new spool.");
        story.type("production", image,
                "mkdir other && cp -r ~/.migration-ledger other && rm -r other/.migration-ledger/agent",
                0);
        Path other = image.resolve("other");
        String copy = "HOME=$PWD/other migration-agent observe --agent db-2 $HERE 2>&1 | grep ^migration-agent:";
        story.note("An hour later both run. Who renews the key second is noticed.");
        makeStateOld(home);
        makeStateOld(other);
        story.type("production", image, OBSERVE_QUIETLY, 0);
        story.type("production", image, copy, 3);
        story.note("It is not known which of the two is genuine. Both are refused until an administrator decides.");
        story.type("production", image, OBSERVE, 3);
        story.note("The administrator stops the copy, and reinstates the key.");
        String key = keyId();
        assertThat(post("/api/v1/agents/" + key + "/reinstate", "").statusCode()).isEqualTo(200);
        story.type("production", image, OBSERVE_QUIETLY, 0);
        story.note("The copy runs again.");
        story.type("production", image, copy, 3);
        story.compare("cloned-agents");
    }

    private String keyId() {
        AgentKey[] keys = ContractJson.read(project.run().ledger().get("/api/v1/agents").orElseThrow(),
                AgentKey[].class);
        return Stream.of(keys).filter(key -> key.project().equals(project.run().project())).findFirst().orElseThrow()
                .key();
    }

    /** Lets the key of a home directory look as if it had been renewed more than an hour ago. */
    private static void makeStateOld(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(".migration-ledger/keys"))) {
            Path state = files.filter(file -> file.toString().endsWith(".state")).findFirst().orElseThrow();
            String before = Files.readString(state);
            String after = before.replaceAll("(\"noted\"\\s*:\\s*)\"[^\"]*\"", "$1\"2026-01-01T00:00:00Z\"");
            assertThat(after).isNotEqualTo(before);
            Files.writeString(state, after);
        }
    }

    private HttpResponse<byte[]> post(String path, Object body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(project.run().url() + path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(ContractJson.write(body))).build(), BodyHandlers.ofByteArray());
        }
    }
}
