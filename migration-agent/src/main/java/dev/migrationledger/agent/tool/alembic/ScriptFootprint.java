package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.footprint.Footprints;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Followed;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;

/** The footprint of a script that was read before. */
final class ScriptFootprint {

    private ScriptFootprint() {}

    /** Unknown where the file is no longer what it was. */
    static Footprint read(Layout layout, Revision revision, Script.Contents contents) {
        Path file = layout.base().resolve(revision.file());
        byte[] bytes;
        try {
            bytes = contents.of(file);
        } catch (IOException e) {
            return Footprints.unknown(revision.file(), "the file can no longer be read");
        }
        if (!Script.digest(bytes).equals(revision.digest())) {
            return Footprints.unknown(revision.file(), "the file has changed since it was scanned");
        }
        return Footprints.of(Followed.of(bytes, new ProjectModules(file, layout.root())));
    }
}
