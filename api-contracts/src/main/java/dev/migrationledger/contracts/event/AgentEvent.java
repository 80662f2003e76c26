package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an agent observed. Agents state facts; they never decide. */
public sealed interface AgentEvent extends Event {

    /**
     * An agent began to watch.
     *
     * @param agentVersion the agent's own version
     * @param tool the migration tool whose scripts and version table it reads, such as {@code alembic}
     * @param mode {@code watch} (a daemon) or {@code observe} (one round)
     * @param labels what the operator says about the environment, such as {@code tier=prod}
     */
    record AgentStarted(String agentVersion, String tool, String mode, Map<String, String> labels)
            implements
                AgentEvent {
        public AgentStarted {
            labels = Map.copyOf(labels);
        }
    }

    /** An agent stopped on purpose. A killed agent says nothing. */
    record AgentStopped(Reason reason) implements AgentEvent {

        public enum Reason {
            /** By a signal. */
            ASKED_TO_STOP,
            /** It was to observe one round. */
            OBSERVED_ONCE,
            SPOOL_DELETED
        }
    }

    /**
     * The migration scripts were read and differ from what the same agent said before.
     *
     * @param source where the scripts were read, as the operator would name it: a folder or a configuration file
     * @param form in which the files were read and the digest was made; scans of two forms cannot be compared
     * @param digest of the whole scan; two scans of one form with the same digest saw the same revisions
     * @param base digest of the scan of the same form that this is the difference from; absent: this is the whole history
     * @param changed revisions whose file is new or changed
     * @param removed files of {@code base} that define no revision any more
     * @param problems everything wrong in the whole scan, not a difference
     * @param tool how the migration tool is called for these scripts
     */
    record ScriptsScanned(
            String source,
            int form,
            String digest,
            @Nullable String base,
            List<Revision> changed,
            List<String> removed,
            List<ScriptProblem> problems,
            ToolInvocation tool)
            implements
                AgentEvent {
        public ScriptsScanned {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Files of revisions, new or not what the same agent said of them before. Comes after the scan that names them. What is said
     * of a file changes with other files of the project too: a revision may call their functions.
     *
     * @param source as the scan names it
     * @param form of the footprints
     */
    record RevisionFilesRead(String source, int form, List<RevisionFile> files) implements AgentEvent {
        public RevisionFilesRead {
            files = List.copyOf(files);
        }
    }

    /**
     * Who wrote the files of revisions, new or not what the same agent said of them before. Names and addresses of people are in no other event about
     * scripts, so their content can be withdrawn alone.
     *
     * @param source as the scan names it
     */
    record RevisionAuthorsRead(String source, List<RevisionAuthors> files) implements AgentEvent {
        public RevisionAuthorsRead {
            files = List.copyOf(files);
        }
    }

    /**
     * The heads of the scripts are now these.
     *
     * @param heads revisions without a child
     * @param realHeads heads that no other revision depends on either
     */
    record HeadDetected(List<String> heads, List<String> realHeads) implements AgentEvent {
        public HeadDetected {
            heads = List.copyOf(heads);
            realHeads = List.copyOf(realHeads);
        }
    }

    /**
     * A revision's upgrade ran in this database.
     *
     * @param inferred true: a step between two polls, concluded from the graph rather than seen
     */
    record RevisionApplied(String revision, boolean inferred, Evidence evidence) implements AgentEvent {}

    /**
     * A revision's downgrade ran in this database.
     *
     * @param inferred true: a step between two polls, concluded from the graph rather than seen
     */
    record RevisionReverted(String revision, boolean inferred, Evidence evidence) implements AgentEvent {}

    /**
     * The version table was written without a migration having run.
     *
     * @param revisions the rows that were written; empty: stamped down to base
     * @param replaced the rows that they took the place of
     */
    record RevisionStamped(List<String> revisions, List<String> replaced, Evidence evidence) implements AgentEvent {
        public RevisionStamped {
            revisions = List.copyOf(revisions);
            replaced = List.copyOf(replaced);
        }
    }

    /** The version table as it was seen at an agent's first poll and after each change: the fact behind every inference. */
    record VersionTableObserved(VersionTable table) implements AgentEvent {}

    /**
     * The version table was changed in a way the migration tool never would: rows that contain one another, the table
     * dropped, rows without a primary key.
     */
    record VersionTableEdited(List<String> before, List<String> after, Evidence evidence) implements AgentEvent {
        public VersionTableEdited {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * The live schema differs from what the same agent said before.
     *
     * @param fingerprint of the whole schema, once this and the {@code remaining} events are added
     * @param base fingerprint of the same form that this is the difference from; absent: this begins the whole schema
     * @param changed new objects, and objects whose definition changed
     * @param defaultSchema where an object goes that names no schema; absent where the search path leads nowhere
     * @param remaining number of events that directly follow and complete this one; 0: complete
     */
    record SchemaObserved(
            Fingerprint fingerprint,
            @Nullable Fingerprint base,
            List<SchemaObject> changed,
            List<ObjectName> removed,
            @Nullable String defaultSchema,
            int remaining)
            implements
                AgentEvent {
        public SchemaObserved {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    /**
     * For this long nothing could be seen; what happened meanwhile is known by its outcome only.
     *
     * @param from the last poll before, or the first failed one
     * @param until the first poll after
     */
    record ObservationGap(Instant from, Instant until, GapReason reason) implements AgentEvent {}

    /**
     * A migration command was started with this tool. What the command reports of itself is a claim, not an observation.
     *
     * @param run names this run; the command's database sessions carry it in their application name where their driver lets them
     */
    record RunStarted(UUID run, RunClaim claim) implements AgentEvent {}

    /** The command of a run ended. A run that was killed never says so. */
    record RunEnded(UUID run, int exitCode) implements AgentEvent {}
}
