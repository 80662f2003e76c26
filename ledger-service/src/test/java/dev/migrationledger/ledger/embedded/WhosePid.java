package dev.migrationledger.ledger.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Prints whose process a {@code postmaster.pid} names, as the user who asks sees it. */
final class WhosePid {

    private WhosePid() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(new PostmasterPid(Path.of(arguments[0])).holder().getClass().getSimpleName());
    }
}
