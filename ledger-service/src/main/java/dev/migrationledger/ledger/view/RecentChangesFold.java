package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.ledger.view.RecentChanges.Change;
import dev.migrationledger.ledger.view.RecentChanges.Change.Kind;
import dev.migrationledger.ledger.view.RecentChanges.Migration;
import dev.migrationledger.ledger.view.RecentChanges.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows what happens to a database. Pure to the outside. A change is forgotten when it is undone, and when a later migration was seen
 * to run: from then on the state is one that somebody built upon, and what is wrong with it the schema itself tells.
 */
final class RecentChangesFold {

    /** Of deeds and changes the latest stay: an answer to all of them would be read by nobody. */
    private static final int LATEST = 20;

    private static final int WORDS = 5;

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
                changes.removeIf(it -> it.kind() == Kind.VERSION_TABLE && Migration.of(when).isAfter(it));
            }
            case VersionTableEdited edited -> edited(edited, when, observedAt);
            case VersionTableObserved observed -> {
                seenToChange(observedAt);
                undone(Kind.VERSION_TABLE, rows(observed.table().rows()));
            }
            case SchemaObserved observed -> schemaChanged(observed, when, observedAt);
            case ObservationGap outage -> gap = new Gap(outage.from(), outage.until(), outage.reason(), false);
            case RunStarted run -> remember(new Migration(run.run(), when.at(), null));
            case RunEnded run -> ended(run.run(), when.at());
            // @formatter:off: the formatter knows no list of patterns
            case AgentStarted _, AgentStopped _, ScriptsScanned _, RevisionFilesRead _, HeadDetected _ -> {}
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
            changed(new Change(
                    Kind.VERSION_TABLE, from(when), when.at(),
                    List.of("the version table was written by hand: %s became %s".formatted(
                            rows(edited.before()), rows(edited.after()))),
                    0, edited.evidence().attribution(), rows(edited.before())));
        }
    }

    /** A whole schema is no change: it comes with the first look of an agent, or of another version of it. */
    private void schemaChanged(SchemaObserved observed, Occurrence when, Instant observedAt) {
        if (observed.base() == null || when.precision() == Occurrence.Precision.NO_LATER_THAN
                || !observed.base().isComparableTo(observed.fingerprint())) {
            incomplete = null;
            return;
        }
        String base = observed.base().toString();
        seenToChange(observedAt);
        Change part = new Change(Kind.SCHEMA, from(when), when.at(), List.of(), 0, null, base);
        Change change = with(incomplete != null && incomplete.before().equals(base) ? incomplete : part, observed);
        if (observed.remaining() > 0) {
            incomplete = change;
        } else {
            incomplete = null;
            if (!undone(Kind.SCHEMA, observed.fingerprint().toString())) {
                changed(change);
            }
        }
    }

    private static Change with(Change before, SchemaObserved observed) {
        List<String> words = new ArrayList<>(before.what());
        int more = before.more();
        for (ObjectName object : observed.removed()) {
            more += describe(words, object, "was dropped");
        }
        for (SchemaObject object : observed.changed()) {
            more += describe(words, object.object(), "was created or changed");
        }
        return new Change(before.kind(), before.from(), before.until(), words, more, null, before.before());
    }

    private static int describe(List<String> words, ObjectName object, String what) {
        if (words.size() >= WORDS) {
            return 1;
        }
        words.add("%s %s %s".formatted(object.kind().words(), object.dotted(), what));
        return 0;
    }

    private void changed(Change change) {
        changes.add(change);
        if (changes.size() > LATEST) {
            changes.removeFirst();
        }
    }

    /** Everything since that state is undone by its return. Says whether it was one that is remembered. */
    private boolean undone(Kind kind, String now) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).kind() == kind && changes.get(i).before().equals(now)) {
                Instant since = changes.get(i).until();
                changes.removeIf(it -> it.kind() == kind && !it.until().isBefore(since));
                return true;
            }
        }
        return false;
    }

    /** What is seen in the look that ended a blindness happened in it; what is seen later was watched. */
    private void seenToChange(Instant observedAt) {
        if (gap != null) {
            gap = observedAt.isAfter(gap.until())
                    ? null
                    : new Gap(gap.from(), gap.until(), gap.reason(), true);
        }
    }

    private static Instant from(Occurrence when) {
        return when.notBefore() == null ? when.at() : when.notBefore();
    }

    private static String rows(List<String> rows) {
        return rows.isEmpty() ? "no row" : String.join(", ", rows);
    }
}
