package dev.migrationledger.agent.send.signed;

import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import java.io.IOException;

/** Sends what a key signed, and waits for the answer. */
public interface Exchange {

    /**
     * Sends one request.
     *
     * @param path of the request over HTTP, such as {@code /api/v1/heartbeat}
     */
    Reply send(String path, Ed25519Signature signature, byte[] body) throws IOException, InterruptedException;
}
