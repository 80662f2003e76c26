package dev.migrationledger.ledger.platform;

import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL programs that come with the ledger, one archive per platform. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /**
     * The archive ({@code .txz}) for a platform.
     *
     * @param system as {@code os.name} has it
     * @param machine as {@code os.arch} has it
     * @throws StartupFailure if none was packed for this platform
     */
    static InputStream archive(String system, String machine) {
        String name = resource(system.toLowerCase(Locale.ROOT), machine.toLowerCase(Locale.ROOT));
        InputStream archive = name == null ? null : PostgresBinaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new StartupFailure(
                    "The embedded PostgreSQL is not packed for %s on %s.".formatted(system, machine),
                    "Set spring.datasource.url, .username and .password to a PostgreSQL 13 or newer.");
        }
        return archive;
    }

    private static @Nullable String resource(String system, String machine) {
        boolean arm = machine.equals("aarch64") || machine.startsWith("arm");
        boolean intel = machine.equals("amd64") || machine.equals("x86_64");
        if (!arm && !intel) {
            return null;
        }
        if (system.startsWith("mac") || system.startsWith("darwin")) {
            return "/postgres-darwin-arm_64.txz"; // universal: for both
        }
        if (system.startsWith("linux")) {
            return arm ? "/postgres-linux-arm_64.txz" : "/postgres-linux-x86_64.txz";
        }
        return null;
    }
}
