package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Alembic, read from outside. It remembers what it read last, so that the same object reads only what changed. */
public final class Alembic implements MigrationTool {

    private final ReadScripts scripts;
    private final Script.Contents contents;

    /** Of the layout whose scripts were read last: files that it comes from are looked at again with the next reading. */
    private volatile @Nullable KnownConvention known;

    private record KnownConvention(Path base, @Nullable Path environment, NamingConvention convention) {}

    public Alembic() {
        this(Files::readAllBytes);
    }

    /** With another way to get at the bytes of scripts. */
    Alembic(Script.Contents contents) {
        this.contents = contents;
        this.scripts = new ReadScripts(contents);
    }

    @Override
    public String name() {
        return "alembic";
    }

    @Override
    public History read(ScriptsLocation location) {
        Layout layout = layout(location);
        known = null;
        ScriptFiles.Listing listing = ScriptFiles.list(layout);
        List<Revision> revisions = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(layout.findings());
        findings.addAll(listing.findings());
        for (Script script : scripts.read(layout, listing.files())) {
            if (script.revision() != null) {
                revisions.add(script.revision());
            }
            findings.addAll(script.findings());
        }
        return History.of(layout.source(), revisions, findings);
    }

    @Override
    public String mark(ScriptsLocation location) {
        Layout layout = layout(location);
        StringBuilder mark = new StringBuilder(layout.toString());
        for (ScriptFiles.Found file : ScriptFiles.list(layout).files()) {
            BasicFileAttributes attributes = file.attributes();
            mark.append('\n').append(layout.name(file.path()));
            if (attributes != null) {
                mark.append('|').append(attributes.size()).append('|').append(attributes.lastModifiedTime().toInstant())
                        .append('|').append(attributes.fileKey());
            }
        }
        return mark.toString();
    }

    @Override
    public Footprint footprint(ScriptsLocation location, Revision revision) {
        Layout layout = layout(location);
        return ScriptFile.read(layout, revision, convention(layout), contents).footprint();
    }

    @Override
    public List<RevisionFile> files(ScriptsLocation location, List<Revision> revisions) {
        Layout layout = layout(location);
        NamingConvention convention = convention(layout);
        return revisions.stream().map(revision -> ScriptFile.read(layout, revision, convention, contents)).toList();
    }

    private NamingConvention convention(Layout layout) {
        KnownConvention last = known;
        if (last == null || !last.base().equals(layout.base())
                || !Objects.equals(last.environment(), layout.environment())) {
            last = new KnownConvention(layout.base(), layout.environment(), TargetMetadata.convention(layout));
            known = last;
        }
        return last.convention();
    }

    @Override
    public DatabaseTarget database(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).database();
            case ScriptsLocation.Folder folder -> DatabaseTarget.UNKNOWN;
        };
    }

    @Override
    public String command(ScriptsLocation location) {
        return AlembicCommand.of(location);
    }

    private static Layout layout(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).layout();
            case ScriptsLocation.Folder folder -> ScriptsFolder.layout(folder);
        };
    }
}
