package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A live schema as one agent reported it. A fingerprint of this ledger's own form is worked out, not believed: what does not add up is
 * forgotten, and the next whole one is waited for. One of another form can only be believed; such a schema is compared with no other form.
 *
 * @param whole absent: nothing is known for certain
 * @param pending what was told and is not complete yet; absent: nothing
 */
record ReportedSchema(
        @Nullable Whole whole, @Nullable Pending pending) implements SchemaViewPart {

    static final ReportedSchema EMPTY = new ReportedSchema(null, null);

    /** @param defaultSchema where an object goes that names no schema */
    record Whole(
            Fingerprint fingerprint, @Nullable String defaultSchema, SchemaSnapshot snapshot) {}

    /**
     * Parts of one telling.
     *
     * @param base fingerprint that it is the difference from; absent: of nothing
     * @param remaining how many parts are still to come
     */
    record Pending(
            Fingerprint fingerprint,
            @Nullable Fingerprint base,
            int remaining,
            List<SchemaObject> changed,
            List<ObjectName> removed) {
        Pending {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }

        static Pending first(SchemaObserved event) {
            return new Pending(event.fingerprint(), event.base(), event.remaining(), event.changed(), event.removed());
        }

        boolean continuesWith(SchemaObserved event) {
            return remaining == event.remaining() + 1 && fingerprint.equals(event.fingerprint())
                    && String.valueOf(base).equals(String.valueOf(event.base()));
        }

        Pending append(SchemaObserved event) {
            List<SchemaObject> allChanged = new ArrayList<>(changed);
            allChanged.addAll(event.changed());
            List<ObjectName> allRemoved = new ArrayList<>(removed);
            allRemoved.addAll(event.removed());
            return new Pending(fingerprint, base, event.remaining(), allChanged, allRemoved);
        }
    }

    /** @param others finds a schema by its fingerprint, from any agent: equal fingerprints are equal schemas */
    ReportedSchema after(SchemaObserved event, Function<Fingerprint, Optional<Whole>> others) {
        Pending update = pending != null && pending.continuesWith(event) ? pending.append(event) : Pending.first(event);
        return update.remaining > 0
                ? new ReportedSchema(whole, update)
                : completed(update, event.defaultSchema(), others);
    }

    private ReportedSchema completed(
            Pending update, @Nullable String defaultSchema, Function<Fingerprint, Optional<Whole>> others) {
        TreeMap<ObjectName, SchemaObject> objects = new TreeMap<>();
        if (update.base != null) {
            Whole base = whole != null && whole.fingerprint.equals(update.base)
                    ? whole
                    : others.apply(update.base).orElse(null);
            if (base == null) {
                return others.apply(update.fingerprint)
                        .map(same -> new ReportedSchema(new Whole(update.fingerprint, defaultSchema, same.snapshot),
                                null))
                        .orElse(EMPTY);
            }
            base.snapshot.objects().forEach(object -> objects.put(object.object(), object));
            update.removed.forEach(objects::remove);
        }
        update.changed.forEach(object -> objects.put(object.object(), object));
        int form = update.fingerprint.form();
        SchemaSnapshot snapshot = new SchemaSnapshot(form, List.copyOf(objects.values()));
        return form != SchemaSnapshot.FORM || snapshot.fingerprint().equals(update.fingerprint)
                ? new ReportedSchema(new Whole(update.fingerprint, defaultSchema, snapshot), null)
                : EMPTY;
    }

    /** While a new telling is under way, the one before is no longer true. */
    Optional<SchemaSeen> complete() {
        return whole == null || pending != null
                ? Optional.empty()
                : Optional.of(new SchemaSeen(whole.snapshot, whole.defaultSchema));
    }
}
