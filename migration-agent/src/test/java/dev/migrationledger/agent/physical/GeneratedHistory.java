package dev.migrationledger.agent.physical;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** An Alembic project made up from a seed: the same seed makes the same project everywhere. */
final class GeneratedHistory {

    private static final String ENVIRONMENT = """
            import os

            from alembic import context
            from sqlalchemy import create_engine, pool

            engine = create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool)
            with engine.connect() as connection:
                context.configure(connection=connection)
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private GeneratedHistory() {}

    /** A line without branches. */
    static void line(Path folder, long seed, int size) throws IOException {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            links.add(new Link(i == 0 ? List.of() : List.of(i - 1), List.of()));
        }
        write(folder, new Random(seed), links);
    }

    /**
     * One with branches, merges, several bases and dependencies.
     *
     * @param most sets of heads that it may have
     */
    static void branches(Path folder, long seed, int size, int most) throws IOException {
        Random lot = new Random(seed);
        List<Link> links = links(lot, size);
        while (!isSmall(links, most)) {
            links = links(lot, size);
        }
        write(folder, lot, links);
    }

    private record Link(List<Integer> parents, List<Integer> dependsOn) {}

    private static List<Link> links(Random lot, int size) {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Integer> parents = new ArrayList<>();
            if (i > 0 && lot.nextInt(10) > 0) {
                int first = lot.nextInt(2) > 0 ? i - 1 : lot.nextInt(i);
                int second = lot.nextInt(i);
                parents.add(first);
                if (lot.nextInt(3) == 0 && !before(links, List.of(first)).get(second)
                        && !before(links, List.of(second)).get(first)) {
                    parents.add(second);
                }
            }
            links.add(new Link(parents, i > 0 && lot.nextInt(5) == 0 ? List.of(lot.nextInt(i)) : List.of()));
        }
        return links;
    }

    private static boolean isSmall(List<Link> links, int most) {
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            revisions.add(new Revision(id(i), ids(links.get(i).parents), ids(links.get(i).dependsOn), List.of(), null,
                    id(i), ""));
        }
        RevisionGraph graph = RevisionGraph.of(revisions);
        try {
            return Stop.first(graph, most).all().size() > links.size() + 3;
        } catch (Stop.TooMany e) {
            return false;
        }
    }

    private static List<String> ids(List<Integer> numbers) {
        return numbers.stream().map(GeneratedHistory::id).toList();
    }

    private static String id(int number) {
        return "r%02d".formatted(number);
    }

    /** These and all that come before them. */
    private static BitSet before(List<Link> links, List<Integer> some) {
        BitSet before = new BitSet();
        for (int one : some) {
            before.set(one);
            before.or(before(links, links.get(one).parents));
            before.or(before(links, links.get(one).dependsOn));
        }
        return before;
    }

    private static void write(Path folder, Random lot, List<Link> links) throws IOException {
        Path versions = Files.createDirectories(folder.resolve("migrations/versions"));
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(folder.resolve("migrations/env.py"), ENVIRONMENT);
        GeneratedChanges changes = new GeneratedChanges(lot);
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            BitSet before = before(links, link.parents);
            before.or(before(links, link.dependsOn));
            List<String> lines = new ArrayList<>();
            // A merge mostly does nothing else.
            int operations = link.parents.size() > 1 && lot.nextInt(3) > 0 ? 0 : 1 + lot.nextInt(3);
            for (int o = 0; o < operations; o++) {
                lines.addAll(changes.next(i, before));
            }
            if (lines.isEmpty()) {
                lines.add("pass");
            }
            Files.writeString(versions.resolve(id(i) + ".py"), """
                    import os

                    import sqlalchemy as sa
                    from alembic import op
                    from sqlalchemy.dialects import postgresql

                    revision = "%s"
                    down_revision = %s
                    depends_on = %s


                    def upgrade():
                    %s
                    """.formatted(id(i), python(link.parents), python(link.dependsOn),
                    lines.stream().map(line -> "    " + line).collect(Collectors.joining("\n"))));
        }
    }

    private static String python(List<Integer> numbers) {
        return switch (numbers.size()) {
            case 0 -> "None";
            case 1 -> '"' + id(numbers.getFirst()) + '"';
            default -> numbers.stream().map(number -> '"' + id(number) + '"').collect(
                    Collectors.joining(", ", "(", ")"));
        };
    }
}
