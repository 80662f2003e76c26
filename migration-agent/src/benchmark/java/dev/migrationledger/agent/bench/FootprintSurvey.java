package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.database.postgresql.CatalogObjects;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import dev.migrationledger.agent.tool.alembic.Prediction;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ReasonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much of a history can be known without running it, and how much of that is so. The environment says which: {@code
 * SCRIPTS}, a folder, for the census; with {@code DATABASE}, a JDBC URL, it is compared with a database on which the history was
 * run, all but the revisions that the file {@code LEFT_OUT} names at the beginning of its lines.
 */
public final class FootprintSurvey {

    private FootprintSurvey() {}

    /** Prints what was counted. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(Objects.requireNonNull(System.getenv("SCRIPTS"), "SCRIPTS names no folder of scripts"));
        String database = System.getenv("DATABASE");
        String leftOut = System.getenv("LEFT_OUT");
        ScriptsLocation location = new ScriptsLocation.Folder(folder, Path.of(""));
        Alembic alembic = new Alembic();
        History history = alembic.read(location);
        RevisionGraph graph = history.graph();
        Set<String> left = new HashSet<>();
        if (leftOut != null) {
            Files.readAllLines(Path.of(leftOut)).forEach(line -> left.add(line.split(" ", 2)[0]));
        }
        Prediction prediction = new Prediction();
        Map<String, Integer> census = new TreeMap<>();
        Map<String, Integer> reasons = new HashMap<>();
        long start = System.nanoTime();
        for (String id : graph.topological(graph.ancestors(graph.heads()))) {
            Revision revision = graph.find(id).orElseThrow();
            Footprint footprint = alembic.footprint(location, revision);
            census.merge(kind(footprint.upgrade()), 1, Integer::sum);
            for (Unread unknown : footprint.upgrade().unknowns()) {
                reasons.merge(ReasonText.of(unknown.reason()), 1, Integer::sum);
                if (Boolean.getBoolean("details")) {
                    System.out.printf("  %s:%d %s: %s%n", revision.file(), unknown.line(),
                            ReasonText.of(unknown.reason()),
                            unknown.expression());
                }
            }
            if (!left.contains(id)) {
                prediction.add(footprint.upgrade());
            }
        }
        System.out.printf("%s: %d revisions in %d ms: %s%n", folder, graph.revisions().size(),
                (System.nanoTime() - start) / 1_000_000, census);
        reasons.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(12)
                .forEach(reason -> System.out.printf("  %5d %s%n", reason.getValue(), reason.getKey()));
        if (database != null) {
            compare(prediction, database);
        }
    }

    /** The words of docs/footprints.md. */
    private static String kind(Effects effects) {
        if (effects.isNone()) {
            return "nothing";
        }
        if (!effects.isRead()) {
            return effects.changes().isEmpty() ? "opaque" : "partly";
        }
        return effects.changes().stream().allMatch(effect -> effect.condition().isAlways())
                ? "known"
                : "conditional";
    }

    private static void compare(Prediction prediction, String url) throws SQLException {
        Map<ObjectName, String> found;
        try (Connection connection = DriverManager.getConnection(url)) {
            found = CatalogObjects.of(connection);
        }
        for (ObjectKind kind : ObjectKind.values()) {
            Set<ObjectName> foretold = prediction.objects().entrySet().stream()
                    .filter(entry -> entry.getKey().kind() == kind && entry.getValue().certain())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            Set<ObjectName> perhaps = prediction.objects().keySet().stream().filter(name -> name.kind() == kind)
                    .filter(name -> !foretold.contains(name)).collect(Collectors.toSet());
            Set<ObjectName> there = found.keySet().stream().filter(name -> name.kind() == kind)
                    .collect(Collectors.toSet());
            List<ObjectName> absent = sorted(foretold.stream().filter(name -> !there.contains(name)).toList());
            List<ObjectName> surplus = sorted(there.stream()
                    .filter(name -> !foretold.contains(name) && !perhaps.contains(name)).toList());
            if (!foretold.isEmpty() || !there.isEmpty() || !perhaps.isEmpty()) {
                System.out.printf("%s: foretold and found %d, perhaps and found %d, foretold and not found %d, found and not foretold %d%n",
                        kind, foretold.size() - absent.size(), perhaps.stream().filter(there::contains).count(),
                        absent.size(), surplus.size());
            }
            absent.forEach(name -> System.out.println("  - " + name.dotted()));
            surplus.forEach(name -> System.out.println("  + " + name.dotted()));
        }
        int types = 0;
        int others = 0;
        int untold = 0;
        for (Map.Entry<ObjectName, Prediction.Expected> column : prediction.objects().entrySet()) {
            String real = found.get(column.getKey());
            if (column.getKey().kind() == ObjectKind.COLUMN && real != null) {
                String expected = Prediction.column(column.getValue());
                if (expected.startsWith("?")) {
                    untold++;
                } else if (expected.equals(real)) {
                    types++;
                } else {
                    others++;
                    System.out.printf("  %s: foretold %s, found %s%n", column.getKey().dotted(), expected, real);
                }
            }
        }
        System.out.printf("columns' types and nullability: right %d, wrong %d, not foretold %d%n", types, others, untold);
    }

    private static List<ObjectName> sorted(List<ObjectName> names) {
        return names.stream().sorted(Comparator.comparing(ObjectName::dotted)).toList();
    }
}
