package dev.migrationledger.agent.rehearsal;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.ScratchDatabase;
import dev.migrationledger.agent.database.ScratchServer;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ToolAction;
import dev.migrationledger.agent.tool.ToolFailure;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeRehearsal.Failure;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.merge.RehearsalPlan.Way;
import dev.migrationledger.core.merge.RehearsalPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a merge in scratch databases: what all sides share once, and each way from there in a copy. The project's tool is only let near a
 * database when it was seen to use the scratch database that it was given.
 */
public final class Rehearsal {

    private static final int MARK_BYTES = 8;

    private final MigrationTool tool;
    private final MergedScripts scripts;
    private final ProjectTool runner;
    private final ToolSettings settings;
    private final ScratchServer server;
    private final VersionTableName table;

    /**
     * Nothing is run yet.
     *
     * @param table the version table that the project's tool writes
     * @param output a file for what the tool writes, which only this user may read
     */
    public Rehearsal(
            MigrationTool tool, MergedScripts scripts, ToolSettings settings, ScratchServer server,
            VersionTableName table, Path output) {
        this.tool = tool;
        this.scripts = scripts;
        this.settings = settings;
        this.runner = new ProjectTool(tool, scripts, settings, output);
        this.server = server;
        this.table = table;
    }

    /** A way that was run, and the schema at its end. */
    private record Ran(Way way, @Nullable Failure failure, @Nullable SchemaSnapshot schema) {}

    /**
     * Runs every way; fails if it cannot be told what the merge does.
     *
     * @param environments what each would run; none: it is not known
     */
    public MergeRehearsal run(MergeContent content, Collection<MergeEnvironment> environments) {
        checkThatTheToolUsesWhatItIsGiven();
        ScratchDatabase base = base(content);
        RehearsalPlan plan = RehearsalPlan.of(scripts.graph(), content, scripts.end(), environments);
        List<Ran> all = new ArrayList<>();
        for (Way way : plan.ways()) {
            all.add(ran(way, base, all.size() + 1));
        }
        SchemaSnapshot first = all.stream().map(Ran::schema).filter(schema -> schema != null).findFirst().orElse(null);
        return new MergeRehearsal(content.way(), content.heads(),
                content.sides().stream().flatMap(side -> side.revisions().stream()).map(this::asItLies).toList(),
                all.stream().map(ran -> shown(ran, first)).toList(), plan.untried(), runner.version().orElse(null),
                server.product());
    }

    /**
     * What a version table names that no script has, the tool repeats in its error. A project that takes its address from elsewhere would
     * migrate another database: it says nothing of that name, and is not asked for anything else.
     */
    private void checkThatTheToolUsesWhatItIsGiven() {
        byte[] random = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(random);
        String mark = "rehearsal" + HexFormat.of().formatHex(random);
        ScratchDatabase database = server.create("check");
        server.stamp(database, table, mark);
        ProjectTool.Result result = runner.run(new ToolAction.ShowState(), database);
        server.drop(database);
        if (!result.output().contains(mark)) {
            ToolFailure failure = result.failure();
            throw failure != null
                    ? CommandFailure.unknown("%s fails before it reads the scratch database: %s".formatted(
                            tool.title(), Paint.plain(failure.error())))
                    : CommandFailure.usage(
                            "%s does not use the scratch database: the project takes its address neither from $%s nor from sqlalchemy.url. Name the variable with --url-variable or --name-variable."
                                    .formatted(tool.title(), settings.urlVariable()));
        }
    }

    private ScratchDatabase base(MergeContent content) {
        ScratchDatabase base = server.create("base");
        for (String revision : content.parting()) {
            Failure failure = upgrade(base, revision);
            if (failure != null) {
                throw CommandFailure.unknown(
                        "The scripts do not build an empty database up to %s, where the sides part. %s: %s".formatted(
                                Paint.plain(revision),
                                Paint.plain(failure.revision() == null ? revision : failure.revision()),
                                Paint.plain(failure.error())));
            }
        }
        return base;
    }

    private Ran ran(Way way, ScratchDatabase base, int number) {
        ScratchDatabase database = server.copy(base, "way" + number);
        try {
            for (String stop : way.stops()) {
                Failure failure = upgrade(database, stop);
                if (failure != null) {
                    return new Ran(way, failure, null);
                }
            }
            return new Ran(way, null, BusyRetry.of(() -> database.url().schema(table, SchemaScope.ALL)));
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unknown("The rehearsal was interrupted.");
        } finally {
            server.drop(database);
        }
    }

    private @Nullable Failure upgrade(ScratchDatabase database, String revision) {
        ProjectTool.Result result = runner.run(new ToolAction.Upgrade(revision), database);
        ToolFailure failure = result.failure();
        return failure == null
                ? null
                : new Failure(scripts.shown(revision), failure.script() == null ? null : named(failure.script()),
                        result.exitCode(), SchemaComparison.bounded(failure.error()));
    }

    /** The revision of a file; absent where no one or several revisions have a file of this name. */
    private @Nullable String named(String script) {
        List<Revision> files = scripts.graph().revisions().stream()
                .filter(one -> one.file().equals(script) || one.file().endsWith("/" + script)).toList();
        return files.size() == 1 ? scripts.shown(files.getFirst().revision()) : null;
    }

    private Run shown(Ran ran, @Nullable SchemaSnapshot first) {
        List<String> stops = ran.way.stops().stream().map(scripts::shown).toList();
        SchemaSnapshot schema = ran.schema;
        if (schema == null || first == null) {
            return new Run(stops, ran.way.environments(), ran.failure, null, List.of(), 0);
        }
        SchemaComparison comparison = SchemaComparison.of(first, schema);
        return new Run(stops, ran.way.environments(), null, schema.fingerprint(), comparison.differences(),
                comparison.more());
    }

    /** With the bytes that were run. A revision that is re-parented keeps the parents that the proposal has. */
    private Revision asItLies(SideRevision revision) {
        return scripts.graph().find(revision.id())
                .filter(here -> here.parents().equals(revision.declared().parents()))
                .orElse(revision.declared());
    }

    /** Ends what runs and removes the databases. May be called by another thread. */
    public void stop() {
        runner.stop();
        server.close();
    }
}
