package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.SeenChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was seen to happen to a database lately, as far as somebody may still have to answer for it: who ran what, and what changed.
 * {@link RecentChangesFold} adds events to it.
 *
 * @param migrations migrations that were seen to run and runs that were claimed, the latest last
 * @param changes of the schema or the version table, the latest last, until they are accounted for
 * @param incomplete a change of the schema that is told in several events and not complete; absent: none
 * @param gap absent: since the last time in which nothing could be seen, something changed while somebody looked
 */
record RecentChanges(
        List<Migration> migrations,
        List<Change> changes,
        @Nullable Change incomplete,
        @Nullable Gap gap) {

    static final RecentChanges NONE = new RecentChanges(List.of(), List.of(), null, null);

    /** Clocks of a database, of an agent and of the machine that a run is on agree so far. */
    static final Duration SLACK = Duration.ofSeconds(5);

    RecentChanges {
        migrations = List.copyOf(migrations);
        changes = List.copyOf(changes);
    }

    /**
     * Something that explains changes.
     *
     * @param run absent: a revision that ran
     * @param until absent: it has not ended
     */
    record Migration(
            @Nullable UUID run, Instant from, @Nullable Instant until) {

        static Migration of(Occurrence when) {
            return new Migration(null, Objects.requireNonNullElse(when.earliest(), when.at()), when.at());
        }

        boolean overlaps(Change change) {
            return !from.isAfter(change.until.plus(SLACK))
                    && (until == null || !until.isBefore(change.from.minus(SLACK)));
        }

        boolean isAfter(Change change) {
            return from.isAfter(change.until);
        }
    }

    /**
     * Something that changed: the schema or the version table.
     *
     * @param schema absent: it is the version table that changed
     * @param rows absent: it is the schema that changed
     */
    record Change(
            Instant from,
            Instant until,
            @Nullable SchemaChange schema,
            @Nullable RowsChange rows,
            @Nullable Attribution by) {}

    /**
     * What changed in a schema.
     *
     * @param before its fingerprint, to tell when it is so again
     * @param objects a few of them
     * @param more how many others
     */
    record SchemaChange(String before, List<ObjectChange> objects, int more) {
        SchemaChange {
            objects = List.copyOf(objects);
        }
    }

    /** @param dropped else it was created or changed */
    record ObjectChange(ObjectName object, boolean dropped) {}

    /** Rows of the version table that were written by hand. */
    record RowsChange(List<String> before, List<String> after) {
        RowsChange {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** @param changed whether something was another afterwards */
    record Gap(Instant from, Instant until, GapReason reason, boolean changed) {}

    /**
     * What nobody owns up to, oldest first; what was seen at one moment is one change. What is written by hand is explained by a run
     * alone, which says whose hand it was.
     */
    List<UnattributedChange> unattributed() {
        TreeMap<Instant, UnattributedChange> byTime = new TreeMap<>();
        changes.stream()
                .filter(change -> migrations.stream()
                        .filter(migration -> change.schema != null || migration.run != null)
                        .noneMatch(migration -> migration.overlaps(change)))
                .forEach(change -> byTime.merge(
                        change.until, new UnattributedChange(change.until, seen(change), change.by),
                        RecentChanges::both));
        return List.copyOf(byTime.values());
    }

    private static UnattributedChange both(UnattributedChange one, UnattributedChange other) {
        return new UnattributedChange(one.at(), Stream.concat(one.what().stream(), other.what().stream()).toList(),
                one.by() == null ? other.by() : one.by());
    }

    private static List<SeenChange> seen(Change change) {
        List<SeenChange> seen = new ArrayList<>();
        if (change.schema != null) {
            change.schema.objects.forEach(it -> seen.add(
                    it.dropped ? new SeenChange.ObjectDropped(it.object) : new SeenChange.ObjectWritten(it.object)));
            if (change.schema.more > 0) {
                seen.add(new SeenChange.MoreObjects(change.schema.more));
            }
        }
        if (change.rows != null) {
            seen.add(new SeenChange.RowsEdited(change.rows.before, change.rows.after));
        }
        return seen;
    }

    /** The last blindness after which something had changed. */
    Observations.@Nullable Gap outage() {
        return gap == null || !gap.changed ? null : new Observations.Gap(gap.from, gap.until, gap.reason);
    }
}
