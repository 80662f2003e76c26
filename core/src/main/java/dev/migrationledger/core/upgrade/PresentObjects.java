package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects that a schema has at one moment of an upgrade, found by their names: a history can make ten thousand tables. */
public final class PresentObjects {

    private final NavigableSet<ObjectName> objects = new TreeSet<>();

    /** All but columns, many of which are called {@code id}. */
    private final Map<String, Set<ObjectName>> byName = new HashMap<>();

    public PresentObjects(Collection<ObjectName> objects) {
        objects.forEach(this::add);
    }

    /** Whether it was not there before. */
    public boolean add(ObjectName object) {
        if (object.kind() != ObjectKind.COLUMN) {
            byName.computeIfAbsent(object.nameWithoutArguments(), name -> new HashSet<>()).add(object);
        }
        return objects.add(object);
    }

    void remove(ObjectName object) {
        objects.remove(object);
        Set<ObjectName> named = byName.get(object.nameWithoutArguments());
        if (named != null) {
            named.remove(object);
        }
    }

    public boolean contains(ObjectName object) {
        return objects.contains(object);
    }

    /** An object with all that goes where it goes. */
    List<ObjectName> heldBy(ObjectName object) {
        return objects.stream().filter(object::holds).toList();
    }

    /** Whatever has this name, in all schemas; no columns. A function is found without its arguments. */
    public Stream<ObjectName> named(String name) {
        return byName.getOrDefault(name, Set.of()).stream();
    }

    boolean hasColumns(ObjectName table) {
        ObjectName first = objects.ceiling(table.column(""));
        return first != null && first.kind() == ObjectKind.COLUMN && table.holds(first);
    }

    /** Names of the extensions. */
    Stream<String> extensions() {
        ObjectName first = new ObjectName(ObjectKind.EXTENSION, null, null, "");
        return objects.tailSet(first).stream().takeWhile(object -> object.kind() == ObjectKind.EXTENSION)
                .map(ObjectName::name);
    }
}
