package dev.migrationledger.agent.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of migration, from {@code src/test/resources/evidence/kinds.txt}.
 *
 * @param group the heading that it stands under
 * @param table a table name of its own, also the name of its revision
 * @param up statements of the upgrade; those of {@link Shape#STEPS} are a revision each
 * @param down of the downgrade, in its order; empty where there is none
 * @param operation the upgrade in Alembic's own words; absent where it has none
 * @param batch whether these are those of a batch
 * @param nothing whether it leaves nothing behind that could be observed
 */
record MigrationKind(
        String group,
        String name,
        String table,
        Shape shape,
        List<String> setup,
        List<String> up,
        List<String> down,
        @Nullable String operation,
        boolean batch,
        boolean nothing) {

    enum Shape {
        /** In the transaction that writes the version row. */
        TOGETHER,
        /** In an autocommit block. */
        ALONE,
        /** Several revisions in one transaction. */
        STEPS,
        /** A revision with two parents. */
        MERGE
    }

    MigrationKind {
        setup = List.copyOf(setup);
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    static List<MigrationKind> all(String owner) {
        try {
            String text = Files.readString(Path.of("src/test/resources/evidence/kinds.txt")).replace("{owner}", owner);
            List<MigrationKind> kinds = new ArrayList<>();
            String group = "";
            for (String block : text.substring(text.indexOf("\n\n")).strip().split("\n\n+", -1)) {
                if (block.startsWith("# ")) {
                    group = block.substring(2);
                } else {
                    kinds.add(of(block.lines().toList(), group, "k%03d".formatted(kinds.size() + 1)));
                }
            }
            return kinds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MigrationKind of(List<String> lines, String group, String table) {
        Shape shape = Shape.TOGETHER;
        List<String> setup = new ArrayList<>();
        List<String> up = new ArrayList<>();
        List<String> down = new ArrayList<>();
        String operation = null;
        boolean batch = false;
        boolean nothing = false;
        for (String line : lines.subList(1, lines.size())) {
            String word = line.split(" ", 2)[0];
            String rest = line.substring(word.length()).strip().replace("{t}", table);
            switch (word) {
                case "setup" -> setup.add(rest);
                case "up" -> up.add(rest);
                case "down" -> down.add(rest);
                case "op", "batch" -> {
                    operation = rest;
                    batch = word.equals("batch");
                }
                case "alone" -> shape = Shape.ALONE;
                case "steps" -> shape = Shape.STEPS;
                case "merge" -> shape = Shape.MERGE;
                case "nothing" -> nothing = true;
                default -> throw new IllegalStateException("kinds.txt: " + line);
            }
        }
        if (setup.isEmpty()) {
            setup.add("CREATE TABLE %s (id int PRIMARY KEY, a text, b int)".formatted(table));
            setup.add("INSERT INTO %s VALUES (1, 'one', 1), (2, 'two', 2)".formatted(table));
        }
        setup.remove("-");
        return new MigrationKind(
                group, lines.getFirst(), table, shape, setup, up, down, operation, batch, nothing);
    }

    /** Its revisions in the order in which they run, the last one being what is asked about. */
    List<Step> revisions(String parent) {
        return switch (shape) {
            case TOGETHER, ALONE -> List.of(new Step(table, List.of(parent), up, down));
            case STEPS -> List.of(
                    new Step(table + "_1", List.of(parent), up.subList(0, 1), down.subList(1, 2)),
                    new Step(table, List.of(table + "_1"), up.subList(1, 2), down.subList(0, 1)));
            case MERGE -> List.of(
                    new Step(table + "_left", List.of(parent), List.of(), List.of()),
                    new Step(table + "_right", List.of(parent), List.of(), List.of()),
                    new Step(table, List.of(table + "_left", table + "_right"), up, down));
        };
    }

    /** What the version table holds before it: after the set-up. */
    List<String> before(String parent) {
        return shape == Shape.MERGE ? List.of(table + "_left", table + "_right") : List.of(parent);
    }

    /** One revision. */
    record Step(String revision, List<String> parents, List<String> up, List<String> down) {}

    /** The revision as Alembic wants it. */
    String script(Step step) {
        String words = operation;
        List<String> upgrade = words == null || !step.revision().equals(table)
                ? executed(step.up())
                : batch
                        ? List.of("with op.batch_alter_table('" + table + "') as batch:", "    batch." + words)
                        : List.of("op." + words);
        return """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                %s


                def downgrade():
                %s
                """.formatted(
                step.revision(),
                step.parents().size() == 1
                        ? "\"" + step.parents().getFirst() + "\""
                        : "(\"" + String.join("\", \"", step.parents()) + "\")",
                body(upgrade), body(executed(step.down())));
    }

    private static List<String> executed(List<String> statements) {
        return statements.stream().map(sql -> "op.execute(\"\"\"" + sql + "\"\"\")").toList();
    }

    private String body(List<String> statements) {
        if (statements.isEmpty()) {
            return "    pass";
        }
        String indent = shape == Shape.ALONE ? "        " : "    ";
        String lines = indent + String.join("\n" + indent, statements);
        return shape == Shape.ALONE ? "    with op.get_context().autocommit_block():\n" + lines : lines;
    }
}
