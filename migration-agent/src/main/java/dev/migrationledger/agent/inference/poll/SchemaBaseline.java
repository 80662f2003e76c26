package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the schema from one reading to the next, also across restarts: enough to say what changed, not what it
 * was.
 *
 * @param mark that the schema had
 * @param scope the schemas that were read; empty: all
 */
public record SchemaBaseline(
        Fingerprint mark, Fingerprint fingerprint, Fingerprint database, List<String> scope, List<Known> objects) {
    public SchemaBaseline {
        scope = List.copyOf(scope);
        objects = List.copyOf(objects);
    }

    /** The most objects that one event holds, and the most characters of them. */
    private static final int MOST_OBJECTS = 2_000;
    private static final int MOST_CHARACTERS = 1_000_000;

    /**
     * An object, and enough of its definition to see that it changed.
     *
     * @param definition the first bytes of its digest
     */
    public record Known(ObjectName object, long definition) {}

    /** What is to be remembered of a snapshot. */
    public static SchemaBaseline of(SchemaSnapshot snapshot, Fingerprint mark, Fingerprint database,
            List<String> scope) {
        MessageDigest digest = Sha256.digest();
        return new SchemaBaseline(mark, snapshot.fingerprint(), database, scope, snapshot.objects().stream()
                .map(object -> new Known(object.object(), digest(digest, object.text())))
                .toList());
    }

    /**
     * What became of the schema.
     *
     * @param created new objects, sorted
     * @param altered objects that are not what they were, sorted
     */
    record Change(List<SchemaObject> created, List<SchemaObject> altered, List<ObjectName> dropped) {

        static final Change NONE = new Change(List.of(), List.of(), List.of());

        boolean isEmpty() {
            return created.isEmpty() && altered.isEmpty() && dropped.isEmpty();
        }
    }

    /** Whether what is read of the schema now can be compared with this; where another version of the agent read it, it cannot. */
    public boolean isComparable() {
        return fingerprint.form() == SchemaSnapshot.FORM;
    }

    /** What leads to a snapshot of the same form. Absent as what is known: everything is new. */
    static Change between(@Nullable SchemaBaseline before, SchemaSnapshot after) {
        Map<ObjectName, Long> known = new HashMap<>();
        if (before != null) {
            before.objects.forEach(object -> known.put(object.object, object.definition));
        }
        MessageDigest digest = Sha256.digest();
        List<SchemaObject> created = new ArrayList<>();
        List<SchemaObject> altered = new ArrayList<>();
        for (SchemaObject object : after.objects()) {
            Long definition = known.remove(object.object());
            if (definition == null) {
                created.add(object);
            } else if (definition != digest(digest, object.text())) {
                altered.add(object);
            }
        }
        return new Change(created, altered, known.keySet().stream().sorted().toList());
    }

    /**
     * A change as it is told, in as many events as it needs.
     *
     * @param base fingerprint of what the ledger knows; absent: nothing
     * @param defaultSchema where an object goes that names no schema
     */
    static List<SchemaObserved> published(
            Change change, Fingerprint fingerprint, @Nullable Fingerprint base, @Nullable String defaultSchema) {
        List<SchemaObject> changed = new ArrayList<>(change.created);
        changed.addAll(change.altered);
        List<List<SchemaObject>> parts = new ArrayList<>();
        List<SchemaObject> part = new ArrayList<>();
        int characters = 0;
        for (SchemaObject object : changed) {
            int size = size(object.definition()) + object.object().dotted().length();
            if (part.size() == MOST_OBJECTS || characters + size > MOST_CHARACTERS) {
                parts.add(part);
                part = new ArrayList<>();
                characters = 0;
            }
            part.add(object);
            characters += size;
        }
        parts.add(part);
        int removals = Math.ceilDiv(change.dropped.size(), MOST_OBJECTS);
        int count = Math.max(parts.size(), removals);
        List<SchemaObserved> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = Math.min(i * MOST_OBJECTS, change.dropped.size());
            int to = Math.min(from + MOST_OBJECTS, change.dropped.size());
            events.add(new SchemaObserved(fingerprint, base, i < parts.size() ? parts.get(i) : List.of(),
                    change.dropped.subList(from, to), defaultSchema, count - 1 - i));
        }
        return events;
    }

    /** About as many characters as its JSON has. */
    private static int size(Definition definition) {
        return definition.toString().length();
    }

    private static long digest(MessageDigest digest, String definition) {
        return ByteBuffer.wrap(digest.digest(definition.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
