package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.publish.Publication;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.scripts.FileProblem.AgentError;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ScriptFindings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migration scripts, read again when their files look different. A deployment may take the folder away for a moment and
 * put another in its place: while it is gone or empty, the last history stays; only what has been empty for a minute is
 * believed to be empty, and a folder that does not exist is never taken for one without revisions. Reading happens beside the rounds:
 * one that takes long, or fails, does not delay the observation of the version table.
 */
final class Scripts {

    private static final Logger LOG = LoggerFactory.getLogger(Scripts.class);

    /** So many files are checked in a few milliseconds; ten times as many are checked every tenth round. */
    private static final int EACH_ROUND = 1000;

    private static final Duration EMPTY_FOR_GOOD = Duration.ofMinutes(1);

    /** How long a round waits for scripts, so that what a migration did is judged by its script. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final MigrationTool tool;
    private final ScriptsLocation location;
    private final ScriptsSource source;
    private final Clock clock;
    private ScriptsReading last;
    private String mark;
    private @Nullable Instant emptySince;
    private String lastWarning = "";
    private @Nullable Instant failedAt;
    private @Nullable CompletableFuture<Fresh> pending;
    private @Nullable PendingFiles pendingFiles;
    private int passedOver;
    private Set<String> unexplained = Set.of();

    /**
     * What a look at the files came to.
     *
     * @param reading absent where nothing had changed
     */
    private record Fresh(String mark, @Nullable ScriptsReading reading) {}

    private record PendingFiles(ScriptsReading reading, CompletableFuture<ReadFiles> files) {}

    private record ReadFiles(List<RevisionFile> files, List<RevisionAuthors> authors) {}

    Scripts(MigrationTool tool, ScriptsLocation location, Clock clock) {
        this(tool, location, ScriptsSource.AS_THEY_LIE, clock);
    }

    /** Reads the scripts; fails with wrong usage if there is no such location. */
    Scripts(MigrationTool tool, ScriptsLocation location, ScriptsSource source, Clock clock) {
        this.tool = tool;
        this.location = location;
        this.source = source;
        this.clock = clock;
        Fresh first = first();
        this.mark = first.mark;
        this.last = Objects.requireNonNull(first.reading);
    }

    private ScriptsReading reading() {
        History history = source.read(tool, location);
        RevisionGraph graph = history.graph();
        return new ScriptsReading(history, graph, PublishedScripts.of(history, graph, tool.invocation(location)),
                revision -> graph.find(revision).flatMap(this::footprint),
                () -> source.files(tool, location, history), () -> source.authors(tool, location, history));
    }

    /** Asked of few revisions, those that were just seen to move, and of their files as they are then. */
    private Optional<Footprint> footprint(Revision revision) {
        try {
            return Optional.of(tool.footprint(location, revision));
        } catch (CommandFailure e) {
            // The scripts are away for a moment.
            return Optional.empty();
        }
    }

    private Fresh first() {
        try {
            return new Fresh(tool.mark(location), reading());
        } catch (CommandFailure e) {
            throw e;
        } catch (RuntimeException | Error e) {
            AgentError failed = new AgentError(new Place(location.toString()), e.getClass().getSimpleName());
            LOG.warn("{} Watching the version table without scripts.", ScriptFindings.of(failed).message());
            History none = new History(location.toString(), List.of(), List.of(failed));
            RevisionGraph graph = none.graph();
            return new Fresh("",
                    new ScriptsReading(none, graph, PublishedScripts.of(none, graph, tool.unreadInvocation(location)),
                            revision -> Optional.empty(),
                            List::of, List::of));
        }
    }

    /**
     * What has to be published of the files of these scripts. They are read only where something may have changed; what is not read
     * soon enough is published by a later round.
     */
    PublishedFiles.Delta files(@Nullable PublishedFiles published, ScriptsReading reading) {
        String scan = Publication.scan(reading.published(), source);
        if (published != null && published.isSame(scan)) {
            pendingFiles = null;
            return new PublishedFiles.Delta(published, List.of());
        }
        if (isTooSoon()) {
            return nothing(published);
        }
        PendingFiles asked = pendingFiles;
        if (asked == null || !asked.reading.equals(reading)) {
            asked = new PendingFiles(reading, beside(
                    () -> new ReadFiles(reading.files().get(), reading.authors().get())));
            pendingFiles = asked;
        }
        ReadFiles read = result(asked.files);
        if (read == null && asked.files.isDone()) {
            pendingFiles = null;
        }
        String name = reading.history().source();
        return read == null
                ? nothing(published)
                : PublishedFiles.delta(published, scan, name, read::files).with(name, read.authors());
    }

    private static PublishedFiles.Delta nothing(@Nullable PublishedFiles published) {
        return new PublishedFiles.Delta(
                published == null ? new PublishedFiles("", Footprint.FORM, Map.of(), null) : published, List.of());
    }

    /** What failed may fail again, and costs all that there is of processor and memory. */
    private boolean isTooSoon() {
        Instant failed = failedAt;
        return failed != null && Duration.between(failed, clock.instant()).compareTo(AFTER_FAILURE) < 0;
    }

    /** The scripts as they were last read. */
    ScriptsReading last() {
        return last;
    }

    String tool() {
        return tool.name();
    }

    /**
     * The scripts as they are now, or as they were when they could last be read.
     *
     * @param rows of the version table: one that the scripts do not know is a reason to look at a large folder at once,
     *     but only once
     */
    ScriptsReading now(Collection<String> rows) {
        Set<String> unknown = Set.copyOf(last.graph().unknown(rows));
        if (passedOver < last.history().revisions().size() / EACH_ROUND && unexplained.containsAll(unknown)) {
            passedOver++;
            return last;
        }
        passedOver = 0;
        unexplained = unknown;
        return now();
    }

    private ScriptsReading now() {
        if (isTooSoon()) {
            return last;
        }
        CompletableFuture<Fresh> asked = pending;
        if (asked == null) {
            String before = mark;
            boolean again = emptySince != null;
            asked = beside(() -> {
                String now = tool.mark(location);
                return new Fresh(now,
                        now.equals(before) && !again ? null : reading());
            });
            pending = asked;
        }
        Fresh fresh = result(asked);
        if (asked.isDone()) {
            pending = null;
        }
        if (fresh != null) {
            lastWarning = "";
            if (fresh.reading != null) {
                accept(fresh.reading, fresh.mark);
            }
        }
        return last;
    }

    /** Reads beside the rounds. */
    private static <T> CompletableFuture<T> beside(Supplier<T> read) {
        return CompletableFuture.supplyAsync(read,
                task -> Thread.ofPlatform().daemon().name("scripts").start(task));
    }

    /** Absent: it takes longer than a round waits, or fails, which is logged once. */
    private <T> @Nullable T result(CompletableFuture<T> reading) {
        try {
            return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log("Reading the scripts takes more than %d s.".formatted(PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            failed(e.getCause());
        }
        return null;
    }

    /** Logs the failure, and reads them again only after a pause. */
    void failed(@Nullable Throwable cause) {
        if (cause instanceof CommandFailure failure) {
            // The scripts may be away for a moment.
            log(String.valueOf(failure.getMessage()));
            return;
        }
        failedAt = clock.instant();
        pendingFiles = null;
        log(cause instanceof OutOfMemoryError
                ? MemoryLimit.exceededBy("Reading the scripts") + "."
                : "Reading the scripts failed with an internal error, please report it: %s.".formatted(cause));
    }

    private void log(String warning) {
        if (!warning.equals(lastWarning)) {
            lastWarning = warning;
            LOG.warn("{} Keeping the scripts as last read, and watching the version table.", Paint.plain(warning));
        }
    }

    private void accept(ScriptsReading reading, String now) {
        boolean vanished = reading.history().revisions().isEmpty() && !last.history().revisions().isEmpty();
        Instant since = emptySince;
        if (vanished && since == null) {
            LOG.warn("No revision is left in {}; keeping the scripts as last read for {} s.", location,
                    EMPTY_FOR_GOOD.toSeconds());
            emptySince = clock.instant();
        } else if (!vanished
                || (since != null && Duration.between(since, clock.instant()).compareTo(EMPTY_FOR_GOOD) >= 0)) {
            last = reading;
            mark = now;
            emptySince = null;
        }
    }
}
