package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.tool.alembic.footprint.EnvironmentSettings;
import dev.migrationledger.agent.tool.alembic.footprint.Footprints;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.RevisionFile.Withheld;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A script that was read before, with its text and its footprint. */
final class ScriptFile {

    private ScriptFile() {}

    /** Without its text, and unknown, where the file is no longer what it was. */
    static RevisionFile read(
            Layout layout,
            Revision revision,
            EnvironmentSettings environment,
            ModuleSources modules,
            Script.Contents contents) {
        Path file = layout.base().resolve(revision.file());
        byte[] bytes;
        try {
            bytes = contents.of(file);
        } catch (IOException e) {
            return lost(revision, Withheld.UNREADABLE, Obstacle.GONE);
        }
        if (!Sha256.hex(bytes).equals(revision.digest())) {
            return lost(revision, Withheld.CHANGED, Obstacle.CHANGED);
        }
        Footprint footprint = footprint(layout, revision, file, bytes, environment, modules);
        if (bytes.length > RevisionFile.MAX_BYTES) {
            return without(revision, Withheld.TOO_LARGE, footprint);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') >= 0
                    ? without(revision, Withheld.NUL_CHARACTER, footprint)
                    : new RevisionFile(revision.revision(), revision.file(), revision.digest(), text, null, footprint);
        } catch (CharacterCodingException e) {
            return without(revision, Withheld.NOT_UTF8, footprint);
        }
    }

    private static Footprint footprint(
            Layout layout,
            Revision revision,
            Path file,
            byte[] bytes,
            EnvironmentSettings environment,
            ModuleSources modules) {
        return FileReading.orElse(
                () -> Footprints.of(
                        EvaluatedModule.of(revision.file(), bytes, new ProjectModules(file, layout, modules),
                                AlembicRuntime.ASSUMPTIONS),
                        environment),
                reason -> Footprints.unknown(revision.file(), reason));
    }

    /** The same, of one file more than fit into memory. */
    static RevisionFile withoutText(RevisionFile file) {
        return new RevisionFile(file.revision(), file.file(), file.digest(), null,
                Withheld.TOO_MANY_TEXTS, file.footprint());
    }

    private static RevisionFile lost(Revision revision, Withheld withheld, Obstacle obstacle) {
        return without(revision, withheld, Footprints.unknown(revision.file(), new UnreadFile(obstacle)));
    }

    private static RevisionFile without(Revision revision, Withheld withheld, Footprint footprint) {
        return new RevisionFile(revision.revision(), revision.file(), revision.digest(), null, withheld, footprint);
    }
}
