package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.publish.Publication;
import dev.migrationledger.agent.publish.ToldFiles;
import dev.migrationledger.agent.publish.ToldScripts;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.witness.Footprints;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionGraph;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migration scripts, read again when their files look different. A deployment may take the folder away for a moment and
 * put another in its place: while it is gone or empty, the last history stays; only what has been empty for a minute is
 * believed to be empty, and a folder that does not exist is never taken for one without revisions.
 */
final class Scripts {

    private static final Logger LOG = LoggerFactory.getLogger(Scripts.class);

    /** So many files are looked at in a few milliseconds; ten times as many are looked at every tenth round. */
    private static final int EACH_ROUND = 1000;

    private static final Duration EMPTY_FOR_GOOD = Duration.ofMinutes(1);

    private final MigrationTool tool;
    private final ScriptsLocation location;
    private final ScriptsSource source;
    private final Clock clock;
    private Reading last;
    private String mark;
    private @Nullable Instant emptySince;
    private boolean unreadable;
    private int passedOver;
    private Set<String> unexplained = Set.of();

    /** A history with what is worked out from it once. */
    record Reading(
            History history, RevisionGraph graph, ToldScripts told, Footprints footprints,
            Supplier<List<RevisionFile>> files) {
        static Reading of(MigrationTool tool, ScriptsLocation location, ScriptsSource source) {
            History history = source.read(tool, location);
            RevisionGraph graph = history.graph();
            return new Reading(history, graph, ToldScripts.of(history, graph),
                    revision -> graph.find(revision).flatMap(found -> footprint(tool, location, found)),
                    () -> source.files(tool, location, history));
        }

        /** Asked of few revisions, those that were just seen to move, and of their files as they are then. */
        private static Optional<Footprint> footprint(MigrationTool tool, ScriptsLocation location, Revision revision) {
            try {
                return Optional.of(tool.footprint(location, revision));
            } catch (CommandFailure e) {
                // The scripts are away for a moment.
                return Optional.empty();
            }
        }
    }

    Scripts(MigrationTool tool, ScriptsLocation location, Clock clock) {
        this(tool, location, ScriptsSource.AS_THEY_LIE, clock);
    }

    /** Reads the scripts; fails with wrong usage if there is no such location. */
    Scripts(MigrationTool tool, ScriptsLocation location, ScriptsSource source, Clock clock) {
        this.tool = tool;
        this.location = location;
        this.source = source;
        this.clock = clock;
        this.mark = tool.mark(location);
        this.last = Reading.of(tool, location, source);
    }

    /** What the ledger has to be told of the files of these scripts. They are read only where something may have changed. */
    ToldFiles.News files(@Nullable ToldFiles told, Reading reading) {
        try {
            return ToldFiles.news(told, Publication.scan(reading.told, source), reading.history.source(),
                    reading.files);
        } catch (CommandFailure e) {
            // The scripts are away for a moment; the next round reads them.
            return new ToldFiles.News(told == null ? new ToldFiles("", Map.of()) : told, List.of());
        }
    }

    /** The scripts as they were last read. */
    Reading last() {
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
    Reading now(Collection<String> rows) {
        Set<String> unknown = Set.copyOf(last.graph().unknown(rows));
        if (passedOver < last.history().revisions().size() / EACH_ROUND && unexplained.containsAll(unknown)) {
            passedOver++;
            return last;
        }
        passedOver = 0;
        unexplained = unknown;
        return now();
    }

    private Reading now() {
        try {
            String now = tool.mark(location);
            if (!now.equals(mark) || emptySince != null) {
                accept(Reading.of(tool, location, source), now);
            }
            unreadable = false;
        } catch (CommandFailure e) {
            if (!unreadable) {
                LOG.warn("{} The scripts as last read are kept.", e.getMessage());
            }
            unreadable = true;
        }
        return last;
    }

    private void accept(Reading reading, String now) {
        boolean vanished = reading.history().revisions().isEmpty() && !last.history().revisions().isEmpty();
        Instant since = emptySince;
        if (vanished && since == null) {
            LOG.warn("There is no revision in {} any more; the scripts as last read are kept for {} s.", location,
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
