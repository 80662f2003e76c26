package dev.migrationledger.agent.send;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers every request with the same bytes, which need not be HTTP, and leaves the connection open. */
final class RawServer implements AutoCloseable {

    /** Writes an answer, perhaps without end. */
    interface Answer {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Answer answer;

    RawServer(Answer answer) throws IOException {
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            accepted.getInputStream().read(new byte[8192]);
            answer.writeTo(accepted.getOutputStream());
            accepted.getOutputStream().flush();
            accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // the agent has hung up
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
