package dev.migrationledger.testsupport.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Histories as tests draw them, in the order of first mention:
 *
 * <pre>
 * a <- b <- d      a is b's parent, b is d's
 *      b <- c      c is another child of b
 * c ~> x           c depends on x (an id or a branch label that need not be drawn)
 * (m) <- e         m is not there
 * a [one two]      a declares the branch labels one and two
 * </pre>
 */
public final class DrawnHistory {

    private record Parts(List<String> parents, List<String> dependsOn, List<String> labels) {}

    private final Map<String, Parts> parts = new LinkedHashMap<>();

    private DrawnHistory() {}

    /** Its revisions, each in a file named after it. */
    public static List<Revision> revisions(String drawing) {
        DrawnHistory drawn = new DrawnHistory();
        drawing.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(drawn::line);
        return new ArrayList<>(drawn.parts.entrySet().stream()
                .map(e -> revision(e.getKey(), e.getValue().parents(), e.getValue().dependsOn(), e.getValue().labels()))
                .toList());
    }

    /** A revision whose file is named after it. */
    public static Revision revision(String id, List<String> parents, List<String> dependsOn, List<String> labels) {
        return new Revision(id, parents, dependsOn, labels, null, id + ".py", "0".repeat(64));
    }

    private void line(String line) {
        if (line.contains("~>")) {
            String[] sides = line.split("~>", 2);
            part(sides[0].strip()).dependsOn().add(sides[1].strip());
        } else if (line.contains("[")) {
            String labels = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
            part(line.substring(0, line.indexOf('[')).strip()).labels().addAll(List.of(labels.split(" ")));
        } else {
            String parent = null;
            for (String id : line.split("<-", -1)) {
                String named = id.strip();
                boolean missing = named.startsWith("(");
                String plain = missing ? named.substring(1, named.length() - 1) : named;
                if (!missing) {
                    Parts own = part(plain);
                    if (parent != null && !own.parents().contains(parent)) {
                        own.parents().add(parent);
                    }
                }
                parent = plain;
            }
        }
    }

    private Parts part(String id) {
        return parts.computeIfAbsent(id, fresh -> new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }
}
