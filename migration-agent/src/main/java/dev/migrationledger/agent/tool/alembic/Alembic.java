package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Alembic, read from outside. */
public final class Alembic implements MigrationTool {

    /** Fewer files are read faster than helping threads are woken. */
    private static final int WORTH_HELP = 64;

    @Override
    public String name() {
        return "alembic";
    }

    @Override
    public History read(ScriptsLocation location) {
        Layout layout = layout(location);
        ScriptFiles.Listing listing = ScriptFiles.list(layout);
        List<Revision> revisions = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(layout.findings());
        findings.addAll(listing.findings());
        IntStream files = IntStream.range(0, listing.files().size());
        (listing.files().size() < WORTH_HELP ? files : files.parallel())
                .mapToObj(i -> Script.read(layout, listing.files().get(i)))
                .toList()
                .forEach(script -> {
                    if (script.revision() != null) {
                        revisions.add(script.revision());
                    }
                    findings.addAll(script.findings());
                });
        return History.of(layout.source(), revisions, findings);
    }

    @Override
    public String mark(ScriptsLocation location) {
        Layout layout = layout(location);
        return layout + "\n" + ScriptFiles.mark(layout);
    }

    @Override
    public DatabaseTarget database(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).database();
            case ScriptsLocation.Folder folder -> DatabaseTarget.UNKNOWN;
        };
    }

    private static Layout layout(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).layout();
            case ScriptsLocation.Folder folder -> ScriptsFolder.layout(folder);
        };
    }
}
