package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Environments of a project that are equal: the same stamped revisions, the same scripts, the same findings.
 *
 * @param key names it within its project while nothing changes
 * @param stamped the rows of the version table; absent: no agent could read it
 * @param kinds how each of them counts as applied
 * @param heads of its scripts
 * @param position relative to them
 * @param missing how many of their revisions are still to run
 * @param codes of what is wrong, the most severe kind of it being {@code worst}
 * @param count how many environments
 * @param names the first and the last of their names
 * @param since when the first of the findings was found; absent without findings
 * @param heard when the one that was heard of least recently was; absent: never
 * @param silent how many have agents that reported no stop, and that are all silent
 * @param unwatched how many have no such agent
 */
record Cohort(
        String project, String key, @Nullable List<String> stamped, List<RevisionStatus.Kind> kinds, List<String> heads,
        Position position, int missing, List<String> codes, Worst worst, int count, List<String> names,
        @Nullable Instant since, @Nullable Instant heard, int silent, int unwatched) {

    /** What matters most of what is found; the order is that of the page. */
    enum Worst {
        NOTHING(0),
        WARNING(1),
        ERROR(2);

        private final int rank;

        Worst(int rank) {
            this.rank = rank;
        }

        /** As PostgreSQL sorts it. */
        int rank() {
            return rank;
        }

        static Worst of(int rank) {
            return Stream.of(values()).filter(it -> it.rank == rank).findFirst().orElse(NOTHING);
        }
    }

    Cohort {
        stamped = stamped == null ? null : List.copyOf(stamped);
        kinds = List.copyOf(kinds);
        heads = List.copyOf(heads);
        codes = List.copyOf(codes);
        names = List.copyOf(names);
    }

    /** Whether somebody would look at it: something is wrong, or its scripts and its rows disagree. */
    boolean isOdd() {
        return worst != Worst.NOTHING || position == Position.UNKNOWN_REVISION || position == Position.FORKED;
    }
}
