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
 * A live schema as one agent told it. A fingerprint of this ledger's own form is worked out, not believed: what does not add up is
 * forgotten, and the next whole one is waited for. One of another form can only be believed; such a schema is compared with no other form.
 *
 * @param whole absent: nothing is known for certain
 * @param pending what was told and is not complete yet; absent: nothing
 */
record ToldSchema(
        @Nullable Whole whole, @Nullable Pending pending) implements Part {

    static final ToldSchema NOTHING = new ToldSchema(null, null);

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

        boolean goesOnWith(SchemaObserved event) {
            return remaining == event.remaining() + 1 && fingerprint.equals(event.fingerprint())
                    && String.valueOf(base).equals(String.valueOf(event.base()));
        }

        Pending and(SchemaObserved event) {
            List<SchemaObject> allChanged = new ArrayList<>(changed);
            allChanged.addAll(event.changed());
            List<ObjectName> allRemoved = new ArrayList<>(removed);
            allRemoved.addAll(event.removed());
            return new Pending(fingerprint, base, event.remaining(), allChanged, allRemoved);
        }
    }

    /** @param others finds a schema by its fingerprint, whoever told it: equal fingerprints are equal schemas */
    ToldSchema after(SchemaObserved event, Function<Fingerprint, Optional<Whole>> others) {
        Pending told = pending != null && pending.goesOnWith(event) ? pending.and(event) : Pending.first(event);
        return told.remaining > 0 ? new ToldSchema(whole, told) : completed(told, event.defaultSchema(), others);
    }

    private ToldSchema completed(
            Pending told, @Nullable String defaultSchema, Function<Fingerprint, Optional<Whole>> others) {
        TreeMap<ObjectName, SchemaObject> objects = new TreeMap<>();
        if (told.base != null) {
            Whole base = whole != null && whole.fingerprint.equals(told.base)
                    ? whole
                    : others.apply(told.base).orElse(null);
            if (base == null) {
                return others.apply(told.fingerprint)
                        .map(same -> new ToldSchema(new Whole(told.fingerprint, defaultSchema, same.snapshot), null))
                        .orElse(NOTHING);
            }
            base.snapshot.objects().forEach(object -> objects.put(object.object(), object));
            told.removed.forEach(objects::remove);
        }
        told.changed.forEach(object -> objects.put(object.object(), object));
        int form = told.fingerprint.form();
        SchemaSnapshot snapshot = new SchemaSnapshot(form, List.copyOf(objects.values()));
        return form != SchemaSnapshot.FORM || snapshot.fingerprint().equals(told.fingerprint)
                ? new ToldSchema(new Whole(told.fingerprint, defaultSchema, snapshot), null)
                : NOTHING;
    }

    /** While a new telling is under way, the one before is no longer true. */
    Optional<SchemaSeen> seen() {
        return whole == null || pending != null
                ? Optional.empty()
                : Optional.of(new SchemaSeen(whole.snapshot, whole.defaultSchema));
    }
}
