package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Where the ledger may listen. */
final class ListenAddress {

    private ListenAddress() {}

    /**
     * Nobody but this machine may reach a ledger that asks nobody who they are.
     *
     * @param address {@code server.address}; absent or empty: all of the machine's
     * @throws StartupFailure where others could reach it
     */
    static void check(IdentitySettings settings, @Nullable String address) {
        if (!settings.required() && !isLoopback(address)) {
            throw new StartupFailure(
                    "The ledger does not listen on %s without sign-in: everyone who reaches it there would be its administrator."
                            .formatted(address == null || address.isBlank() ? "all addresses" : address),
                    "Set ledger.identity.required=true, or server.address=127.0.0.1. docs/identity.md says more.");
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            // Of no name, Java's answer is the loopback address.
            return address != null && !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
