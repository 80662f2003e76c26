package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come with the ledger, one archive per platform. */
final class PostgresArchive {

    private PostgresArchive() {}

    /**
     * Unpacks this machine's programs unless they are there. A folder with this name is always whole: it gets its name last.
     *
     * @throws StartupFailure if none were packed for this machine
     */
    static void unpackTo(Path programs) throws IOException {
        if (Files.isDirectory(programs)) {
            return;
        }
        Path unfinished = programs.resolveSibling(programs.getFileName() + ".unfinished");
        PrivateFiles.delete(unfinished);
        Files.createDirectories(unfinished);
        try (InputStream archive = open(System.getProperty("os.name"), System.getProperty("os.arch"));
                TarArchiveInputStream files = new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                unpack(file, files, unfinished);
            }
        }
        Files.move(unfinished, programs, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry file, InputStream content, Path folder) throws IOException {
        Path target = folder.resolve(file.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("an entry of the archive points outside of it: " + file.getName());
        }
        if (file.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (file.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(file.getLinkName()));
        } else if (file.isLink()) {
            Files.copy(folder.resolve(file.getLinkName()), target);
        } else {
            Files.copy(content, target);
            boolean program = (file.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open(String system, String machine) {
        String name = resource(system.toLowerCase(Locale.ROOT), machine.toLowerCase(Locale.ROOT));
        InputStream archive = name == null ? null : PostgresArchive.class.getResourceAsStream(name);
        if (archive == null) {
            throw new StartupFailure(
                    "The ledger has no embedded PostgreSQL for %s on %s.".formatted(system, machine),
                    "Set spring.datasource.url, spring.datasource.username and spring.datasource.password to your own"
                            + " PostgreSQL 13 or newer.");
        }
        return archive;
    }

    /**
     * Where the archive for a platform is on the class path; null where there is none.
     *
     * @param system {@code os.name} in lower case
     * @param machine {@code os.arch} in lower case
     */
    static @Nullable String resource(String system, String machine) {
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        boolean intel = machine.equals("amd64") || machine.equals("x86_64");
        if (system.startsWith("mac") && (arm || intel)) {
            return "/postgres-darwin-arm_64.txz"; // universal binaries
        }
        if (system.startsWith("linux") && (arm || intel)) {
            return arm ? "/postgres-linux-arm_64.txz" : "/postgres-linux-x86_64.txz";
        }
        return null;
    }
}
