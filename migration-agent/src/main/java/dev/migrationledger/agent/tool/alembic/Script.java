package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One script file, read.
 *
 * @param revision absent where the file tells none
 * @param findings what is wrong with the file, whether or not its revision is known
 */
record Script(
        @Nullable Revision revision, List<Finding> findings) {

    /** Bytes. The largest script anyone was seen to write has a tenth of it. */
    static final int LARGEST = 16 << 20;

    /** How a file's bytes are got at. */
    interface Contents {
        byte[] of(Path file) throws IOException;
    }

    /**
     * A file's script, and what may be remembered of it.
     *
     * @param alone whether the file's own bytes say it all: they could be read, and no other file was asked
     */
    record Reading(Script script, boolean alone) {}

    static Reading read(Layout layout, ScriptFiles.Found found, Contents contents) {
        Path file = found.path();
        String name = layout.name(file);
        BasicFileAttributes attributes = found.attributes();
        if (attributes != null && !attributes.isRegularFile()) {
            // A named pipe would be waited for without end.
            return unreadable(name, "'%s' is no regular file, and Alembic fails on it; remove it from the folder.");
        }
        if (attributes != null && attributes.size() > LARGEST) {
            return unreadable(name, "'%s' has over 16 MB, so it is not read; move its data out of the script.");
        }
        byte[] bytes;
        try {
            bytes = contents.of(file);
        } catch (NoSuchFileException e) {
            return unreadable(
                    name,
                    Files.isSymbolicLink(file)
                            ? "'%s' is a link that leads nowhere, and Alembic fails on it; remove it or restore what it points to."
                            : "'%s' vanished while the folder was read; scan once more.");
        } catch (AccessDeniedException e) {
            return unreadable(name,
                    "'%s' may not be read by this user, so its revision is missing here; allow it to read the file.");
        } catch (IOException e) {
            return unreadable(name, "'%s' cannot be read: " + String.valueOf(e.getMessage()).replace("%", "%%") + ".");
        }
        ProjectModules modules = new ProjectModules(file, layout);
        return FileReading.orElse(
                () -> new Reading(
                        new Declaration(name, EvaluatedModule.of(name, bytes, modules, AlembicRuntime.ASSUMPTIONS))
                                .script(Sha256.hex(bytes)),
                        !modules.wereAsked()),
                reason -> unreadable(name, "'%s' cannot be read, so its revision is missing here: "
                        + reason.replace("%", "%%") + "."));
    }

    private static Reading unreadable(String name, String message) {
        Finding finding = Finding.error(
                DivergenceCode.SCRIPTS_UNREADABLE, message.formatted(name), Exhibit.file(name));
        return new Reading(new Script(null, List.of(finding)), false);
    }
}
