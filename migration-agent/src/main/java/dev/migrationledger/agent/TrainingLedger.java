package dev.migrationledger.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each request of a {@link TrainingRun} as a ledger that does not know the project. */
final class TrainingLedger implements AutoCloseable {

    private static final String ANSWER = """
            {"type":"about:blank","title":"Not Found","status":404,"detail":"The ledger has no project 'training'."}""";

    private final ServerSocket socket;

    private TrainingLedger(ServerSocket socket) {
        this.socket = socket;
    }

    static TrainingLedger start() throws IOException {
        TrainingLedger ledger = new TrainingLedger(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(ledger::answer);
        return ledger;
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void answer() {
        while (!socket.isClosed()) {
            try (Socket asked = socket.accept()) {
                skip(asked);
                asked.getOutputStream().write("""
                        HTTP/1.1 404 Not Found\r
                        Content-Type: application/problem+json\r
                        Content-Length: %d\r
                        Connection: close\r
                        \r
                        %s""".formatted(ANSWER.length(), ANSWER).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client gave up, or the run is over.
            }
        }
    }

    /** Reads the whole request: a connection that is closed before may lose the answer. */
    private static void skip(Socket asked) throws IOException {
        BufferedReader request = new BufferedReader(
                new InputStreamReader(asked.getInputStream(), StandardCharsets.ISO_8859_1));
        long body = 0;
        for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                body = Long.parseLong(line.substring(15).strip());
            }
        }
        while (body > 0 && request.read() >= 0) {
            body--;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
