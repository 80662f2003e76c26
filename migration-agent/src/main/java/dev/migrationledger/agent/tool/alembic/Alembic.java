package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ConfigRequest;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MergeOrigin;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ToolAction;
import dev.migrationledger.agent.tool.ToolFailure;
import dev.migrationledger.agent.tool.alembic.config.IniFile;
import dev.migrationledger.agent.tool.alembic.footprint.EnvironmentSettings;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.scripts.GraphProblem.OverlongIds;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.scripts.ReasonText;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Alembic, read from outside. It remembers what it read last, so that the same object reads only what changed. */
public final class Alembic implements MigrationTool {

    /** Characters of texts that are handed out at once: nobody was seen to have a tenth of it. */
    private static final long MOST_OF_TEXTS = 32 << 20;

    private final ReadScripts scripts;
    private final Script.Contents contents;

    /** Of the location that was asked about last: files that it comes from are looked at again with the next reading. */
    private volatile @Nullable Known known;

    /** What the footprints of one location have in common. */
    private record Known(ScriptsLocation location, Layout layout, EnvironmentSettings environment,
            ModuleSources modules) {
        static Known of(ScriptsLocation location) {
            Layout layout = Alembic.layout(location);
            EnvironmentSettings environment = FileReading.orElse(
                    () -> new EnvironmentSettings(TargetMetadata.convention(layout), Autocommit.isPossible(layout)),
                    reason -> EnvironmentSettings.UNKNOWN);
            return new Known(location, layout, environment, ModuleSources.keeping());
        }
    }

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
    public String title() {
        return "Alembic";
    }

    @Override
    public String versionTable() {
        return "alembic_version";
    }

    @Override
    public ScriptsLocation configuration(ConfigRequest request) {
        return new ConfigSearch(request).location();
    }

    @Override
    public boolean isConfigured(ConfigRequest request) {
        return new ConfigSearch(request).isAny();
    }

    @Override
    public boolean isScript(String fileName) {
        return ScriptNames.isSafe(fileName);
    }

    @Override
    public History read(ScriptsLocation location) {
        return FileReading.on(() -> readHere(location));
    }

    private History readHere(ScriptsLocation location) {
        Layout layout = layout(location);
        known = null;
        ScriptFiles.Listing listing = ScriptFiles.list(layout);
        List<Revision> revisions = new ArrayList<>();
        List<ScriptProblem> problems = new ArrayList<>(layout.problems());
        problems.addAll(listing.problems());
        for (Script script : scripts.read(layout, listing.files())) {
            if (script.revision() != null) {
                revisions.add(script.revision());
            }
            problems.addAll(script.problems());
        }
        History history = History.of(layout.source(), revisions, problems);
        return isWideEnough(location, history) ? history.without(OverlongIds.class) : history;
    }

    /** Whether env.py or a revision makes the version table wide enough for ids that are longer than usual. */
    private boolean isWideEnough(ScriptsLocation location, History history) {
        if (history.problems().stream().noneMatch(OverlongIds.class::isInstance)) {
            return false;
        }
        Integer width = databaseHere(location).width();
        return (width != null && LongIds.of(history.revisions(), width).isEmpty()) || history.revisions().stream()
                .anyMatch(revision -> changesWidth(file(known(location), revision).footprint()));
    }

    private static boolean changesWidth(Footprint footprint) {
        return footprint.upgrade().changes().stream().anyMatch(change -> change instanceof Effect.Alter
                && change.object().kind() == ObjectKind.COLUMN && change.object().name().equals("version_num"));
    }

    @Override
    public String mark(ScriptsLocation location) {
        Layout layout = FileReading.on(() -> layout(location));
        StringBuilder mark = new StringBuilder(layout.toString());
        for (ScriptFiles.Found file : ScriptFiles.list(layout).files()) {
            mark(mark, layout.name(file.path()), file.attributes());
        }
        Known last = known;
        if (last != null && last.location().equals(location)) {
            // What scripts do also depends on the files whose functions they call.
            last.modules().files().stream().sorted()
                    .forEach(file -> mark(mark, file, attributes(layout.base().resolve(file))));
        }
        return mark.toString();
    }

    private static void mark(StringBuilder mark, String file, @Nullable BasicFileAttributes attributes) {
        mark.append('\n').append(file);
        if (attributes != null) {
            mark.append('|').append(attributes.size()).append('|').append(attributes.lastModifiedTime().toInstant())
                    .append('|').append(attributes.fileKey());
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public Footprint footprint(ScriptsLocation location, Revision revision) {
        return FileReading.on(() -> file(known(location), revision).footprint());
    }

    @Override
    public List<Footprint> footprints(ScriptsLocation location, List<Revision> revisions) {
        Known of = FileReading.on(() -> known(location));
        Footprint[] footprints = new Footprint[revisions.size()];
        FileReading.each(footprints.length, i -> footprints[i] = file(of, revisions.get(i)).footprint());
        return List.of(footprints);
    }

    @Override
    public List<RevisionFile> files(ScriptsLocation location, List<Revision> revisions) {
        return FileReading.on(() -> {
            Known of = known(location);
            long texts = 0;
            List<RevisionFile> files = new ArrayList<>();
            for (Revision revision : revisions) {
                RevisionFile file = file(of, revision);
                String text = file.text();
                texts += text == null ? 0 : text.length();
                files.add(texts > MOST_OF_TEXTS ? ScriptFile.withoutText(file) : file);
            }
            return List.copyOf(files);
        });
    }

    private RevisionFile file(Known of, Revision revision) {
        return ScriptFile.read(of.layout(), revision, of.environment(), of.modules(), contents);
    }

    private Known known(ScriptsLocation location) {
        Known last = known;
        if (last == null || !last.location().equals(location)) {
            last = Known.of(location);
            known = last;
        }
        return last;
    }

    @Override
    public ProposedFile merge(ScriptsLocation location, NewMerge merge) {
        return proposed(() -> {
            Configuration configuration = configuration(location);
            return new AlembicFiles(layout(location), contents).merge(
                    configuration == null ? null : configuration.writeSettings(),
                    configuration == null ? List.of() : configuration.newFileFolders(),
                    readHere(location), merge);
        });
    }

    private static ProposedFile proposed(Supplier<ProposedFile> file) {
        return FileReading.on(() -> FileReading.orElse(file, reason -> new ProposedFile.NotComputed(
                "The file cannot be worked out: %s.".formatted(ReasonText.of(reason)))));
    }

    @Override
    public String mergeCommand(ScriptsLocation location, NewMerge merge) {
        StringBuilder command = new StringBuilder(ToolCalls.here(invocation(location)).command("merge"));
        if (merge.message() != null) {
            command.append(" -m ").append(ToolCall.word(merge.message()));
        }
        if (merge.label() != null) {
            command.append(" --branch-label ").append(ToolCall.word(merge.label()));
        }
        command.append(" --rev-id ").append(ToolCall.word(merge.revision()));
        merge.heads().forEach(head -> command.append(' ').append(ToolCall.word(head)));
        return command.toString();
    }

    @Override
    public Path path(ScriptsLocation location, String file) {
        return layout(location).base().resolve(file).normalize();
    }

    @Override
    public ProposedFile reparented(ScriptsLocation location, Revision revision, List<String> parents) {
        return proposed(() -> new AlembicFiles(layout(location), contents).reparented(revision, parents));
    }

    @Override
    public MergeOrigin mergeOrigin(ScriptsLocation location, Revision revision) {
        return FileReading.on(() -> originHere(location, revision));
    }

    private MergeOrigin originHere(ScriptsLocation location, Revision revision) {
        Known of = known(location);
        Configuration configuration = configuration(location);
        return new AlembicFiles(of.layout(), contents).origin(
                configuration == null ? null : configuration.writeSettings(), revision, file(of, revision).footprint());
    }

    @Override
    public List<RevisionAuthors> authors(ScriptsLocation location, List<Revision> revisions) {
        return FileReading.on(() -> {
            AlembicFiles files = new AlembicFiles(layout(location), contents);
            return files.authors(revisions, revision -> FileReading.orElse(() -> originHere(location, revision),
                    reason -> MergeOrigin.JOINS_ONLY));
        });
    }

    private static @Nullable Configuration configuration(ScriptsLocation location) {
        return location instanceof ScriptsLocation.Config config ? Configuration.of(config) : null;
    }

    @Override
    public DatabaseTarget database(ScriptsLocation location) {
        return FileReading.on(() -> databaseHere(location));
    }

    private static DatabaseTarget databaseHere(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).database();
            case ScriptsLocation.Folder folder -> Environments.target(DatabaseTarget.UNKNOWN, null,
                    ScriptsFolder.layout(folder));
        };
    }

    @Override
    public Map<String, ScriptsLocation> others(ScriptsLocation location) {
        if (!(location instanceof ScriptsLocation.Config config) || config.file() == null) {
            return Map.of();
        }
        Map<String, ScriptsLocation> others = new LinkedHashMap<>();
        ConfigFile file = ConfigFile.read(config, config.file());
        IniFile.parse(file.name(), file.text()).sections().forEach((section, options) -> {
            if (!section.equals(config.section()) && options.containsKey("script_location")) {
                others.put("section '%s' of %s".formatted(section, config.file()), new ScriptsLocation.Config(
                        config.file(), config.pyproject(), section, config.workingDirectory()));
            }
        });
        return others;
    }

    @Override
    public ToolInvocation invocation(ScriptsLocation location) {
        return FileReading.on(() -> {
            boolean missing = location.arguments().isEmpty() && databaseHere(location).needsArguments();
            return switch (location) {
                case ScriptsLocation.Config config -> AlembicInvocation.of(
                        config, Configuration.of(config).isOfFlaskMigrate(), missing);
                case ScriptsLocation.Folder folder ->
                    AlembicInvocation.of(folder, isOfUsualConfiguration(folder), missing);
            };
        });
    }

    @Override
    public List<String> call(ScriptsLocation location, List<String> program, ToolAction action) {
        return AlembicCalls.call(invocation(location), location.arguments(), program, switch (action) {
            case ToolAction.ShowVersion _ -> List.of("--version");
            case ToolAction.ShowState _ -> List.of("current");
            case ToolAction.Upgrade(String revision) -> List.of("upgrade", revision);
        });
    }

    @Override
    public Map<Path, byte[]> withUrl(ScriptsLocation location, String url) {
        return location instanceof ScriptsLocation.Config config ? UrlInIni.replaced(config, url) : Map.of();
    }

    @Override
    public ToolFailure failure(String output) {
        return AlembicCalls.failure(output);
    }

    @Override
    public ToolInvocation unreadInvocation(ScriptsLocation location) {
        return AlembicInvocation.unread(location);
    }

    /** Whether the configuration that Alembic finds by itself names these scripts. */
    private static boolean isOfUsualConfiguration(ScriptsLocation.Folder location) {
        Path ini = Path.of(AlembicInvocation.INI);
        if (!Files.isRegularFile(location.workingDirectory().resolve(ini))) {
            return false;
        }
        try {
            return layout(new ScriptsLocation.Config(ini, ConfigSearch.SECTION, location.workingDirectory())).folders()
                    .equals(layout(location).folders());
        } catch (CommandFailure e) {
            return false; // It names no scripts, or none that are there.
        }
    }

    private static Layout layout(ScriptsLocation location) {
        return switch (location) {
            case ScriptsLocation.Config config -> Configuration.of(config).layout();
            case ScriptsLocation.Folder folder -> ScriptsFolder.layout(folder);
        };
    }
}
