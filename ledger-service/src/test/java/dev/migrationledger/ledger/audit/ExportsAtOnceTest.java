package dev.migrationledger.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each export keeps a connection to the database as long as its reader takes, so the ledger writes two at once. */
@LedgerTest
class ExportsAtOnceTest {

    /** More bytes than the buffers between a ledger and a reader that does not read, several times. */
    private static final int EVENTS = 1_000;
    private static final String STATEMENT = "update alembic_version set version_num = 'b' -- " + "x".repeat(9_900);

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Test
    void a_third_export_is_refused_until_one_of_the_others_ends_or_its_reader_goes_away() throws Exception {
        Story story = new Story("large");
        Evidence evidence = new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(),
                new Attribution(new Actor("ada", "psql", null, 7, "9"), STATEMENT, List.of()));
        for (int i = 0; i < EVENTS; i++) {
            story.says(new RevisionStamped(List.of("r" + i), List.of(), evidence));
        }
        story.recordIn(commands, 100);
        automations.round();

        try (Export first = new Export(); Export second = new Export()) {
            HttpResponse<String> third = small();
            assertThat(TestClient.problem(third, 503).detail()).isEqualTo("2 exports are running; try again later.");
            assertThat(third.headers().firstValue("Retry-After")).contains("30");
            assertThat(ledger.status("/audit?q=env:none")).as("pages have connections").isEqualTo(200);
            assertThat(ledger.status("/api/v1/audit/export?format=xml")).as("takes no place").isEqualTo(400);

            first.goAway();
            Eventually.becomes("the place of the reader that went away is free", () -> small().statusCode(),
                    status -> status == 200);
            try (Export another = new Export()) {
                assertThat(small().statusCode()).isEqualTo(503);
                assertThat(second.rest()).contains("\"manifest\"", "\"count\":" + EVENTS);
                Eventually.becomes("the place of the export that ended is free", () -> small().statusCode(),
                        status -> status == 200);
                assertThat(another.rest()).contains("\"manifest\"");
            }
        }
    }

    private HttpResponse<String> small() throws IOException, InterruptedException {
        return ledger.get("/api/v1/audit/export?q=env:none");
    }

    /** One that the ledger has begun to write; nothing more is read until someone asks for the rest. */
    private final class Export implements AutoCloseable {
        private final Socket socket = new Socket();

        Export() throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write("""
                    GET /api/v1/audit/export?q=env:large%%20kind:stamped HTTP/1.1
                    Host: 127.0.0.1:%d
                    Connection: close

                    """.formatted(port).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }

        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        void goAway() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
