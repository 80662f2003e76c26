package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.agent.tool.alembic.semantics.SemanticDigests;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One script file, read.
 *
 * @param revision absent where the file tells none
 * @param problems what is wrong with the file, whether or not its revision is known
 */
record Script(
        @Nullable Revision revision, List<FileProblem> problems) {

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
        Place place = new Place(name);
        BasicFileAttributes attributes = found.attributes();
        if (attributes != null && !attributes.isRegularFile()) {
            // A named pipe would be waited for without end.
            return unreadable(new NotRegular(place));
        }
        if (attributes != null && attributes.size() > LARGEST) {
            return unreadable(new TooLarge(place));
        }
        byte[] bytes;
        try {
            bytes = contents.of(file);
        } catch (NoSuchFileException e) {
            return unreadable(Files.isSymbolicLink(file) ? new DanglingLink(place) : new Vanished(place));
        } catch (AccessDeniedException e) {
            return unreadable(new Forbidden(place));
        } catch (IOException e) {
            return unreadable(new Unreadable(place, String.valueOf(e.getMessage())));
        }
        ProjectModules modules = new ProjectModules(file, layout);
        return FileReading.orElse(
                () -> new Reading(of(name, bytes, modules), !modules.wereAsked()),
                reason -> unreadable(new ReadingFailed(place, reason)));
    }

    /** What these bytes say in a file of this name. */
    static Script of(String name, byte[] bytes, ProjectModules modules) {
        boolean readTwice = bytes.length <= SemanticDigests.LARGEST;
        Source source = readTwice ? Source.keeping(name, bytes) : Source.of(name, bytes);
        EvaluatedModule module = EvaluatedModule.of(source, modules, AlembicRuntime.ASSUMPTIONS);
        return new Declaration(name, module).script(Sha256.hex(bytes), readTwice ? semantics(source) : null);
    }

    /** A file that is too much to read in full declares its revision all the same. */
    private static @Nullable SemanticDigest semantics(Source source) {
        return FileReading.orElse(() -> SemanticDigests.of(source), _ -> Optional.<SemanticDigest>empty()).orElse(null);
    }

    private static Reading unreadable(FileProblem problem) {
        return new Reading(new Script(null, List.of(problem)), false);
    }
}
