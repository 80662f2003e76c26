package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Histories as the cases draw them: {@code a <- b}, {@code b ~> x} (depends on), {@code b [label]}. A merge stands in two lines. */
final class History {

    private record Parts(List<String> parents, List<String> dependsOn, List<String> labels) {}

    private History() {}

    static List<Revision> revisions(List<String> lines) {
        Map<String, Parts> all = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.contains("[")) {
                String[] sides = line.split("\\[", 2);
                part(all, sides[0]).labels().add(sides[1].replace("]", "").strip());
            } else if (line.contains("~>")) {
                String[] sides = line.split("~>", 2);
                part(all, sides[0]).dependsOn().add(sides[1].strip());
            } else {
                String parent = null;
                for (String id : line.split("<-", -1)) {
                    if (!id.contains("(")) {
                        Parts own = part(all, id);
                        if (parent != null && !own.parents().contains(parent)) {
                            own.parents().add(parent);
                        }
                    }
                    parent = id.replaceAll("[()]", "").strip();
                }
            }
        }
        return new ArrayList<>(all.entrySet().stream()
                .map(e -> new Revision(e.getKey(), e.getValue().parents(), e.getValue().dependsOn(),
                        e.getValue().labels(), null, e.getKey() + ".py", "0".repeat(64)))
                .toList());
    }

    private static Parts part(Map<String, Parts> all, String id) {
        return all.computeIfAbsent(id.strip(), _ -> new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }
}
