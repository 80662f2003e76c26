package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.ledger.view.RecentChanges.Change;
import dev.migrationledger.ledger.view.RecentChanges.Gap;
import dev.migrationledger.ledger.view.RecentChanges.Migration;
import dev.migrationledger.ledger.view.RecentChanges.ObjectChange;
import dev.migrationledger.ledger.view.RecentChanges.RowsChange;
import dev.migrationledger.ledger.view.RecentChanges.SchemaChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows what happens to a database. Pure to the outside. A change is forgotten when it is undone, and when a later migration was seen
 * to run: from then on the state is one that somebody built upon, and what is wrong with it the schema itself tells.
 */
final class RecentChangesFold {

    /** Of deeds and changes the latest stay: an answer to all of them would be read by nobody. */
    private static final int LATEST = 20;

    private static final int MOST_OBJECTS = 5;

    private final List<Migration> migrations;
    private final List<Change> changes;
    private @Nullable Change incomplete;
    private @Nullable Gap gap;

    RecentChangesFold(RecentChanges before) {
        migrations = new ArrayList<>(before.migrations());
        changes = new ArrayList<>(before.changes());
        incomplete = before.incomplete();
        gap = before.gap();
    }

    RecentChanges changes() {
        return new RecentChanges(migrations, changes, incomplete, gap);
    }

    /** @param observedAt by the clock of the agent that says so */
    void add(AgentEvent event, Occurrence when, Instant observedAt) {
        switch (event) {
            case RevisionApplied _ -> ran(Migration.of(when), observedAt);
            case RevisionReverted _ -> ran(Migration.of(when), observedAt);
            case RevisionStamped _ -> {
                seenToChange(observedAt);
                changes.removeIf(it -> it.rows() != null && Migration.of(when).isAfter(it));
            }
            case VersionTableEdited edited -> edited(edited, when, observedAt);
            case VersionTableObserved observed -> {
                seenToChange(observedAt);
                undoneRows(observed.table().rows());
            }
            case SchemaObserved observed -> schemaChanged(observed, when, observedAt);
            case ObservationGap outage -> gap = new Gap(outage.from(), outage.until(), outage.reason(), false);
            case RunStarted run -> remember(new Migration(run.run(), when.at(), null));
            case RunEnded run -> ended(run.run(), when.at());
            // @formatter:off: the formatter knows no list of patterns
            case AgentStarted _, AgentStopped _, ScriptsScanned _, RevisionFilesRead _, RevisionAuthorsRead _,
                    HeadDetected _ -> {}
            // @formatter:on
        }
    }

    private void ran(Migration migration, Instant observedAt) {
        seenToChange(observedAt);
        remember(migration);
        changes.removeIf(migration::isAfter);
    }

    private void remember(Migration migration) {
        migrations.add(migration);
        if (migrations.size() > LATEST) {
            migrations.removeFirst();
        }
    }

    private void ended(UUID run, Instant at) {
        migrations.replaceAll(
                migration -> run.equals(migration.run()) ? new Migration(run, migration.from(), at) : migration);
    }

    private void edited(VersionTableEdited edited, Occurrence when, Instant observedAt) {
        seenToChange(observedAt);
        if (when.precision() != Occurrence.Precision.NO_LATER_THAN) {
            changed(new Change(from(when), when.at(), null, new RowsChange(edited.before(), edited.after()),
                    edited.evidence().attribution()));
        }
    }

    /** A whole schema does not mean a change: it comes with the first poll of an agent, or of another version of it. */
    private void schemaChanged(SchemaObserved observed, Occurrence when, Instant observedAt) {
        if (observed.base() == null || when.precision() == Occurrence.Precision.NO_LATER_THAN
                || !observed.base().isComparableTo(observed.fingerprint())) {
            incomplete = null;
            return;
        }
        String base = observed.base().toString();
        seenToChange(observedAt);
        Change begun = incomplete;
        Change change = begun != null && begun.schema() != null && begun.schema().before().equals(base)
                ? new Change(begun.from(), begun.until(), with(begun.schema(), observed), null, null)
                : new Change(from(when), when.at(), with(new SchemaChange(base, List.of(), 0), observed), null, null);
        if (observed.remaining() > 0) {
            incomplete = change;
        } else {
            incomplete = null;
            if (!undoneSchema(observed.fingerprint().toString())) {
                changed(change);
            }
        }
    }

    private static SchemaChange with(SchemaChange before, SchemaObserved observed) {
        List<ObjectChange> all = new ArrayList<>(before.objects());
        observed.removed().forEach(object -> all.add(new ObjectChange(object, true)));
        observed.changed().forEach(object -> all.add(new ObjectChange(object.object(), false)));
        List<ObjectChange> few = all.subList(0, Math.min(MOST_OBJECTS, all.size()));
        return new SchemaChange(before.before(), few, before.more() + all.size() - few.size());
    }

    private void changed(Change change) {
        changes.add(change);
        if (changes.size() > LATEST) {
            changes.removeFirst();
        }
    }

    private boolean undoneSchema(String now) {
        return undone(it -> it.schema() != null, it -> it.schema() != null && it.schema().before().equals(now));
    }

    private void undoneRows(List<String> now) {
        undone(it -> it.rows() != null, it -> it.rows() != null && it.rows().before().equals(now));
    }

    /**
     * Everything since that state is undone by its return.
     *
     * @param sameKind changes of the schema, or changes of the rows
     * @param returned the change before which it was as it is now
     * @return whether it was a state that is remembered
     */
    private boolean undone(Predicate<Change> sameKind, Predicate<Change> returned) {
        Optional<Instant> since = changes.stream().filter(returned).findFirst().map(Change::until);
        since.ifPresent(from -> changes.removeIf(it -> sameKind.test(it) && !it.until().isBefore(from)));
        return since.isPresent();
    }

    /** What is seen in the poll that ended a blindness happened in it; what is seen later was watched. */
    private void seenToChange(Instant observedAt) {
        if (gap != null) {
            gap = observedAt.isAfter(gap.until())
                    ? null
                    : new Gap(gap.from(), gap.until(), gap.reason(), true);
        }
    }

    private static Instant from(Occurrence when) {
        return Objects.requireNonNullElse(when.earliest(), when.at());
    }
}
