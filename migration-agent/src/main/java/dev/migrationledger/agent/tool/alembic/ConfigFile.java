package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ScriptsLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration file, read.
 *
 * @param named as the operator named it
 * @param file absolute
 * @param text as UTF-8; as ISO 8859-1 where it is none
 * @param utf8 whether it is
 */
record ConfigFile(Path named, Path file, String text, boolean utf8) {

    /** Such a file has a few kilobytes; what is larger was named by mistake. */
    private static final long LARGEST = 4 << 20;

    /** Fails with wrong usage where there is no such file, and with "could not tell" where it cannot be read. */
    static ConfigFile read(ScriptsLocation.Config location, Path named) {
        Path file = location.workingDirectory().resolve(named).normalize();
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(
                    "'%s' is a folder, not a configuration file; name the alembic.ini in it with --config FILE, or the scripts with --scripts DIR."
                            .formatted(named));
        }
        if (Files.notExists(file)) {
            throw CommandFailure.usage(
                    "There is no configuration file '%s'; name another with --config FILE, or the scripts with --scripts DIR."
                            .formatted(named));
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw CommandFailure.usage(
                        "'%s' is not a file of at most 4 MB; name Alembic's configuration with --config FILE."
                                .formatted(named));
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return new ConfigFile(named, file, text, true);
            } catch (CharacterCodingException e) {
                return new ConfigFile(named, file, new String(bytes, StandardCharsets.ISO_8859_1), false);
            }
        } catch (AccessDeniedException e) {
            throw CommandFailure.unknown(
                    "This user may not read '%s'; allow it, or run as another user.".formatted(named));
        } catch (IOException e) {
            throw CommandFailure.unknown("'%s' cannot be read: %s.".formatted(named, e.getMessage()));
        }
    }

    Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** The folder as Alembic writes it in place of {@code %(here)s}. */
    String here() {
        return folder().toString().replace('\\', '/');
    }

    /** As findings name it. */
    String name() {
        return String.valueOf(file.getFileName());
    }
}
