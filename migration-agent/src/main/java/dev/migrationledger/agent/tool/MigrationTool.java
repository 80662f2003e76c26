package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.git.FileAuthors;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A migration tool whose scripts this agent can read. Nothing of what it reads is ever executed.
 *
 * <p>Where a location does not exist at all, each method fails with a {@code CommandFailure} of wrong usage. Whatever is
 * wrong inside an existing location is a finding of the history instead, and the rest is still read.
 */
public interface MigrationTool {

    /** Its name in events and reports, such as {@code alembic}. */
    String name();

    /** Its name in sentences, such as {@code Alembic}. */
    String title();

    /** The table in which it records what ran, unless the configuration names another one. */
    String versionTable();

    /** Finds its configuration by what a user says and by its own rules; fails with wrong usage if there is none. */
    ScriptsLocation configuration(ConfigRequest request);

    /** Whether a user names a configuration, or one lies where the tool looks for it. */
    boolean isConfigured(ConfigRequest request);

    /**
     * Whether a file of this name, which came from elsewhere, can lie among the scripts: the tool takes it for a revision, and nothing
     * else runs it by itself.
     */
    boolean isScript(String fileName);

    /** Reads every script of the location. */
    History read(ScriptsLocation location);

    /**
     * A mark of what {@link #read} would look at: names, sizes and times of scripts, and of other files whose functions the footprints called that
     * were asked for since it last read. Equal marks of one location mean that reading again is not worth it, and where nothing was changed or asked
     * for, marks are equal. A mark is only ever compared with another of the same process.
     */
    String mark(ScriptsLocation location);

    /**
     * What a revision of the location does to a schema, read from its file by each call, and from other files of the
     * project whose functions it calls: an answer that is kept holds no longer than those do. A file that has changed since, or is gone, is unknown with that reason.
     */
    Footprint footprint(ScriptsLocation location, Revision revision);

    /** {@link #footprint} of each of these revisions of the location, in their order, read on several threads. */
    List<Footprint> footprints(ScriptsLocation location, List<Revision> revisions);

    /**
     * The files of these revisions of the location, in their order, read by each call: what {@link #footprint} says of each, and
     * its text.
     */
    List<RevisionFile> files(ScriptsLocation location, List<Revision> revisions);

    /** What the tool's configuration says of the database; {@link DatabaseTarget#UNKNOWN} where it has none. */
    DatabaseTarget database(ScriptsLocation location);

    /** Other scripts that the same configuration names, by what people call them, such as {@code section 'orders' (-n orders)}. */
    Map<String, ScriptsLocation> others(ScriptsLocation location);

    /**
     * The file that the tool would write for a merge of heads, byte for byte, and where. It is not written, and nothing of the project is
     * run for it.
     */
    ProposedFile merge(ScriptsLocation location, NewMerge merge);

    /** The command with which the tool itself writes that file, as it is typed in the working folder. */
    String mergeCommand(ScriptsLocation location, NewMerge merge);

    /**
     * The file of a revision of the location with other parents, in which nothing else changes.
     *
     * @param parents none for a base
     */
    ProposedFile reparented(ScriptsLocation location, Revision revision, List<String> parents);

    /** Where a file lies that the location's history or a {@link ProposedFile} names. */
    Path path(ScriptsLocation location, String file);

    /** Where the file of a revision of the location comes from, if it has several parents. */
    MergeOrigin mergeOrigin(ScriptsLocation location, Revision revision);

    /**
     * Who wrote the files of these revisions of the location, if they are known. Git is asked once for all of them: see {@link
     * FileAuthors}.
     */
    List<RevisionAuthors> authors(ScriptsLocation location, List<Revision> revisions);

    /**
     * A call of the tool itself for this location, to be run in the working folder; fails with wrong usage if it is not known which configuration
     * has the scripts.
     *
     * @param program with which the tool is started; none: as it is installed
     */
    List<String> call(ScriptsLocation location, List<String> program, ToolAction action);

    /**
     * Configuration files of the location in which the database has another URL, by their absolute paths. They are not written. None where no file
     * has a URL, or none that this agent could change.
     */
    Map<Path, byte[]> withUrl(ScriptsLocation location, String url);

    /** What a call that failed says of the reason. */
    ToolFailure failure(String output);

    /** How the tool itself is called for this location, for commands that people are told to type. */
    ToolInvocation invocation(ScriptsLocation location);

    /** The same where the configuration cannot be read, so that only what a user typed is known. */
    ToolInvocation unreadInvocation(ScriptsLocation location);
}
