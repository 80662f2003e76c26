package dev.migrationledger.contracts.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What leads from one snapshot to another, object by object. A renamed object is one that is dropped and one that is created:
 * catalogs remember no names.
 *
 * @param created sorted by name, as are the others
 * @param dropped as they were
 */
public record SchemaDifference(List<SchemaObject> created, List<Change> changed, List<SchemaObject> dropped) {
    public SchemaDifference {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        dropped = List.copyOf(dropped);
    }

    /** One object that is in both, and is not the same in both. */
    public record Change(ObjectName object, Definition from, Definition to) {

        /** In canonical form. */
        public String before() {
            return CanonicalText.of(from);
        }

        public String after() {
            return CanonicalText.of(to);
        }
    }

    /**
     * What leads from one to the other.
     *
     * @throws IllegalArgumentException if the snapshots are not {@link SchemaSnapshot#isComparableTo comparable}
     */
    public static SchemaDifference between(SchemaSnapshot before, SchemaSnapshot after) {
        if (!before.isComparableTo(after)) {
            throw new IllegalArgumentException(
                    "schemas in the forms %d and %d cannot be compared".formatted(before.form(), after.form()));
        }
        List<SchemaObject> created = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        List<SchemaObject> dropped = new ArrayList<>();
        List<SchemaObject> left = before.objects();
        List<SchemaObject> right = after.objects();
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            int order = l == left.size()
                    ? 1
                    : r == right.size() ? -1 : left.get(l).object().compareTo(right.get(r).object());
            if (order < 0) {
                dropped.add(left.get(l++));
            } else if (order > 0) {
                created.add(right.get(r++));
            } else {
                SchemaObject was = left.get(l++);
                SchemaObject is = right.get(r++);
                if (!was.text().equals(is.text())) {
                    changed.add(new Change(is.object(), was.definition(), is.definition()));
                }
            }
        }
        return new SchemaDifference(created, changed, dropped);
    }

    public boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty() && dropped.isEmpty();
    }

    /** How many objects differ. */
    public int size() {
        return created.size() + changed.size() + dropped.size();
    }

    /**
     * The snapshot that this leads to.
     *
     * @throws IllegalArgumentException if the snapshot is not the one that this is the difference from
     */
    public SchemaSnapshot appliedTo(SchemaSnapshot before) {
        TreeMap<ObjectName, Definition> objects = new TreeMap<>();
        before.objects().forEach(object -> objects.put(object.object(), object.definition()));
        for (SchemaObject object : dropped) {
            require(objects.remove(object.object(), object.definition()), object.object(),
                    "to be dropped is not there");
        }
        for (Change change : changed) {
            require(objects.replace(change.object(), change.from(), change.to()), change.object(),
                    "to be changed is not there as it was");
        }
        for (SchemaObject object : created) {
            require(objects.putIfAbsent(object.object(), object.definition()) == null, object.object(),
                    "to be created is there already");
        }
        return new SchemaSnapshot(before.form(), objects.entrySet().stream()
                .map(entry -> new SchemaObject(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static void require(boolean held, ObjectName object, String otherwise) {
        if (!held) {
            throw new IllegalArgumentException(object.kind() + " " + object.dotted() + " " + otherwise);
        }
    }
}
