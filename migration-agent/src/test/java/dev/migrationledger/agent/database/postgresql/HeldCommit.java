package dev.migrationledger.agent.database.postgresql;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and its server, for one connection, and lets the first COMMIT pass only after a check ran: what
 * a transaction holds at its very end is seen without any luck with timing.
 *
 * @param seen what was seen then
 */
record HeldCommit<T>(ServerSocket door, CompletableFuture<T> seen) implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    static <T> HeldCommit<T> before(int server, Callable<T> poll) throws IOException {
        HeldCommit<T> held = new HeldCommit<>(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()),
                new CompletableFuture<>());
        Thread.ofVirtual().start(() -> held.serve(server, poll));
        return held;
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve(int server, Callable<T> poll) {
        try (Socket client = door.accept(); Socket there = new Socket(InetAddress.getLoopbackAddress(), server)) {
            Thread.ofVirtual().start(() -> answer(there, client));
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(there.getOutputStream()));
            int asked = SSL_REQUEST;
            while (asked == SSL_REQUEST || asked == GSS_REQUEST) {
                asked = ByteBuffer.wrap(pass(in, out, null)).getInt();
            }
            while (true) {
                pass(in, out, poll);
            }
        } catch (IOException gone) {
            seen.completeExceptionally(gone);
        }
    }

    /** One message. Only those after the first have a type. */
    private byte[] pass(DataInputStream in, DataOutputStream out, @Nullable Callable<T> poll) throws IOException {
        if (poll != null) {
            out.writeByte(in.readByte());
        }
        int length = in.readInt();
        byte[] body = new byte[length - 4];
        in.readFully(body);
        if (poll != null && new String(body, StandardCharsets.UTF_8).equals("COMMIT\0") && !seen.isDone()) {
            try {
                seen.complete(poll.call());
            } catch (Exception e) {
                seen.completeExceptionally(e);
            }
        }
        out.writeInt(length);
        out.write(body);
        out.flush();
        return body;
    }

    private void answer(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            seen.completeExceptionally(gone);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
