package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.Identified.Reason;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Identifiers of every form before a real Alembic and before ours, over generated histories. */
class IdentifiersAsAlembicTest {

    private static final int HISTORIES = 60;
    private static final int IDENTIFIERS = 60;

    @TempDir
    Path folder;

    private record Case(RevisionGraph graph, List<String> rows) {}

    private final Map<String, Case> cases = new HashMap<>();

    /** Found means the same, refused means the same reason; the few places where ours says more are named one by one. */
    @Test
    void identifiers_mean_what_alembic_takes_them_for() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            write("h" + seed, seed);
        }
        JsonNode answers = Python.importing("alembic").json(folder, "/alembic/identify.py", folder.toString());
        List<String> differences = new ArrayList<>();
        int[] found = new int[2];
        cases.forEach((name, given) -> {
            RevisionIdentifiers ours = new RevisionIdentifiers(given.graph());
            JsonNode theirs = answers.get(name);
            Map<String, Function<String, Identified>> questions = Map.of(
                    "named", ours::named,
                    "upgrade", text -> ours.upgradeTarget(text, given.rows()),
                    "downgrade", text -> ours.downgradeTarget(text, given.rows()),
                    "between", text -> ours.between(text.substring(0, text.indexOf(':')),
                            text.substring(text.indexOf(':') + 1)));
            questions.forEach((kind, question) -> theirs.get(kind).properties().forEach(asked -> {
                Identified answer = question.apply(asked.getKey());
                found[answer instanceof Found ? 1 : 0]++;
                if (!same(kind, asked.getKey(), answer, asked.getValue())) {
                    differences.add("%s %s %s %s: ours %s, theirs %s".formatted(name, given.rows(), kind,
                            asked.getKey(), answer, asked.getValue()));
                }
            }));
        });
        assertThat(differences).isEmpty();
        assertThat(found[0]).as("refused").isGreaterThan(1_000);
        assertThat(found[1]).as("found").isGreaterThan(1_000);
    }

    private static boolean same(String kind, String text, Identified ours, JsonNode theirs) {
        boolean refused = theirs.has("error");
        return switch (ours) {
            case Found found when refused -> oursKnowsMore(kind, text, theirs.get("error").stringValue());
            case Found found -> new TreeSet<>(found.revisions()).equals(texts(theirs.get("found")))
                    || (kind.equals("between") && text.matches(".*@.*|.*[+-]\\d.*"))
                    || (kind.equals("named") && branchIsRevision(text, "-\\d+"));
            case NotFound none when refused -> reasons(theirs.get("error").stringValue()).contains(none.reason())
                    || anotherReason(kind, text);
            case NotFound none -> oursIsStricter(kind, text, none.reason(), texts(theirs.get("found")));
        };
    }

    /** Steps from a revision, which Alembic takes in some commands only, and down to the base, where it fails with an assertion. */
    private static boolean oursKnowsMore(String kind, String text, String error) {
        return switch (kind) {
            case "named" -> text.matches(".*[+-]\\d") && error.startsWith("ResolutionError");
            case "upgrade" -> text.matches(".*-\\d") && error.equals("assertion");
            case "between" -> text.matches(".*@.*|.*[+-]\\d.*") || error.equals("assertion");
            default -> false;
        };
    }

    /** Where several things are wrong, ours says first that there is no such branch, or that a walk has no one place to start from. */
    private static boolean anotherReason(String kind, String text) {
        return text.contains("@") || text.matches("(base)?-\\d") || kind.equals("between")
                || (kind.equals("named") && text.matches(".*[+-]\\d"));
    }

    private static boolean oursIsStricter(String kind, String text, Reason reason, Set<String> theirs) {
        return switch (kind) {
            // Alembic yields nothing where a walk from a head ends early, and ignores branches of the base.
            case "named" -> text.contains("@base") || (text.matches("(.*@)?-\\d") && theirs.isEmpty())
                    || (text.matches("(.*@)?-\\d") && reason == Reason.TOO_FAR);
            // It walks down from the base by beginning at the head, and yields nothing where a walk ends early.
            case "upgrade" -> text.contains("@base") || text.startsWith("base-")
                    || (text.matches(".*[+-]\\d") && theirs.isEmpty());
            // Of several rows it takes the first one, and it passes over the branch.
            case "downgrade" -> text.contains("@") || text.startsWith("base-")
                    || (reason == Reason.AMBIGUOUS_WALK && text.startsWith("-"));
            default -> text.contains("@") || text.matches(".*[+-]\\d.*");
        };
    }

    private static boolean branchIsRevision(String text, String rest) {
        return text.matches("[^@]+@" + rest) && !text.startsWith("lab");
    }

    private static Set<Reason> reasons(String error) {
        if (error.startsWith("MultipleHeads")) {
            return Set.of(Reason.MULTIPLE_HEADS, Reason.UNKNOWN);
        }
        if (error.startsWith("ResolutionError: Multiple")) {
            return Set.of(Reason.AMBIGUOUS_PREFIX);
        }
        if (error.startsWith("ResolutionError: Revision")) {
            return Set.of(Reason.NOT_ON_BRANCH);
        }
        if (error.startsWith("ResolutionError")) {
            return Set.of(Reason.UNKNOWN, Reason.AMBIGUOUS_PREFIX);
        }
        if (error.contains("Ambiguous")) {
            return Set.of(Reason.AMBIGUOUS_WALK);
        }
        if (error.contains("didn't produce") || error.contains("Walked too far")) {
            return Set.of(Reason.TOO_FAR);
        }
        return Set.of(Reason.values());
    }

    private void write(String name, long seed) throws IOException {
        List<Revision> revisions = Randomly.sound(seed).stream().map(IdentifiersAsAlembicTest::longer).toList();
        Path versions = Files.createDirectories(folder.resolve(name).resolve("versions"));
        for (Revision revision : revisions) {
            Files.writeString(versions.resolve(revision.file()), """
                    revision = '%s'
                    down_revision = %s
                    depends_on = %s
                    branch_labels = %s
                    """.formatted(revision.revision(), tuple(revision.parents()), tuple(revision.dependsOn()),
                    tuple(revision.labels())));
        }
        Random random = new Random(seed);
        RevisionGraph graph = RevisionGraph.of(revisions);
        Set<String> rows = new TreeSet<>();
        while (random.nextInt(3) > 0) {
            rows.add(revisions.get(random.nextInt(revisions.size())).revision());
        }
        rows.removeAll(graph.overlapping(rows));
        cases.put(name, new Case(graph, List.copyOf(rows)));
        Files.writeString(folder.resolve(name).resolve("rows"), String.join("\n", rows));
        Set<String> identifiers = new LinkedHashSet<>();
        Set<String> ranges = new LinkedHashSet<>();
        for (int i = 0; i < IDENTIFIERS; i++) {
            identifiers.add(identifier(revisions, random));
            ranges.add(end(revisions, random) + ":" + end(revisions, random));
        }
        Files.writeString(folder.resolve(name).resolve("identifiers"), String.join("\n", identifiers));
        Files.writeString(folder.resolve(name).resolve("ranges"), String.join("\n", ranges));
    }

    private static String end(List<Revision> revisions, Random random) {
        return random.nextInt(3) == 0
                ? ""
                : random.nextBoolean() ? symbol(revisions, random) : identifier(revisions, random);
    }

    private static String identifier(List<Revision> revisions, Random random) {
        String word = symbol(revisions, random);
        // A branch named 'head' or 'base' is something else in each of Alembic's commands, and refused in all of ours.
        String branch = random.nextInt(3) > 0 || word.matches("heads?|base") ? "" : word + "@";
        String steps = random.nextInt(3) == 0 ? (random.nextBoolean() ? "+" : "-") + (1 + random.nextInt(3)) : "";
        boolean alone = !steps.isEmpty() && random.nextBoolean();
        return branch + (alone ? "" : symbol(revisions, random)) + steps;
    }

    private static String symbol(List<Revision> revisions, Random random) {
        Revision any = revisions.get(random.nextInt(revisions.size()));
        return switch (random.nextInt(10)) {
            case 0 -> "head";
            case 1 -> "heads";
            case 2 -> "base";
            case 3 -> any.revision().substring(0, 1 + random.nextInt(any.revision().length()));
            case 4 -> "nowhere";
            case 5, 6 -> revisions.stream().flatMap(r -> r.labels().stream()).findAny().orElse("lab");
            default -> any.revision();
        };
    }

    /** With ids long enough for prefixes, some of them shared. */
    private static Revision longer(Revision r) {
        return new Revision(longer(r.revision()), r.parents().stream().map(IdentifiersAsAlembicTest::longer).toList(),
                r.dependsOn().stream().map(IdentifiersAsAlembicTest::longer).toList(), r.labels(), null, r.file(),
                r.digest());
    }

    private static String longer(String name) {
        if (!name.matches("r\\d+")) {
            return name;
        }
        int number = Integer.parseInt(name.substring(1));
        return (number % 3 == 0 ? "ab" : "c" + number) + "f00" + number;
    }

    private static String tuple(List<String> ids) {
        return ids.isEmpty() ? "None" : "(" + String.join("", ids.stream().map(id -> "'" + id + "', ").toList()) + ")";
    }

    private static Set<String> texts(JsonNode array) {
        return new TreeSet<>(array.values().stream().map(JsonNode::stringValue).toList());
    }
}
