package dev.migrationledger.contracts.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects environments of a project. An environment has to satisfy both parts.
 *
 * @param names one of them is the environment's; empty: any name
 * @param labels for each key, one of these values is the environment's; empty: any labels
 */
public record EnvironmentSelector(Set<String> names, Map<String, Set<String>> labels) {

    public static final EnvironmentSelector EVERYWHERE = new EnvironmentSelector(Set.of(), Map.of());

    public EnvironmentSelector {
        names = sorted(names);
        Map<String, Set<String>> copy = new TreeMap<>();
        labels.forEach((key, values) -> copy.put(key, sorted(values)));
        labels = Collections.unmodifiableMap(copy);
    }

    private static Set<String> sorted(Set<String> values) {
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    public static EnvironmentSelector named(String... names) {
        return new EnvironmentSelector(Set.of(names), Map.of());
    }

    public static EnvironmentSelector labelled(String key, String... values) {
        return new EnvironmentSelector(Set.of(), Map.of(key, Set.of(values)));
    }

    /** Whether it selects an environment with this name and these labels. */
    public boolean selects(String environment, Map<String, String> its) {
        return (names.isEmpty() || names.contains(environment))
                && labels.entrySet().stream().allMatch(wanted -> {
                    String value = its.get(wanted.getKey());
                    return value != null && wanted.getValue().contains(value);
                });
    }

    /** Whether some environment could be selected by both. */
    public boolean overlaps(EnvironmentSelector other) {
        boolean apart = !names.isEmpty() && !other.names.isEmpty() && Collections.disjoint(names, other.names);
        return !apart && labels.entrySet().stream().allMatch(mine -> {
            Set<String> values = other.labels.get(mine.getKey());
            return values == null || !Collections.disjoint(mine.getValue(), values);
        });
    }

    /** Whether every environment that the other one selects is selected by this one, too. */
    public boolean covers(EnvironmentSelector other) {
        boolean everyName = names.isEmpty() || (!other.names.isEmpty() && names.containsAll(other.names));
        return everyName && labels.entrySet().stream().allMatch(mine -> {
            Set<String> values = other.labels.get(mine.getKey());
            return values != null && mine.getValue().containsAll(values);
        });
    }

    /**
     * Whether both ask for the same kinds of things and overlap: {@code tier=staging} and {@code name production} could be one environment, and
     * nobody means that.
     */
    public boolean meets(EnvironmentSelector other) {
        return names.isEmpty() == other.names.isEmpty() && labels.keySet().equals(other.labels.keySet())
                && overlaps(other);
    }
}
