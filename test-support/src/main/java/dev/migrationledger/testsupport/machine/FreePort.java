package dev.migrationledger.testsupport.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback address on which no one listens. */
public final class FreePort {

    private FreePort() {}

    /** Likely to stay free for a while: the system hands out others first. */
    public static int find() throws IOException {
        return find(0);
    }

    /** This port if it is free, or else another. */
    public static int find(int preferred) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(preferred, 1, loopback)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            if (preferred == 0) {
                throw taken;
            }
            return find(0);
        }
    }
}
