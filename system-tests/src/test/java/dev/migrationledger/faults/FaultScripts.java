package dev.migrationledger.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A line of revisions r1, r2 …, each of which does something else, and one more that nothing runs: the mark of the end. */
record FaultScripts(List<Script> all) {

    static final int COUNT = 12;

    /** Revision that is stamped when everything is over. */
    static final String END = "r" + (COUNT + 1);

    /** @param up statements, and {@code down} what takes them back */
    record Script(String id, String parent, List<String> up, List<String> down) {}

    static FaultScripts of(Random random) {
        List<Script> all = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            all.add(script(i, random));
        }
        return new FaultScripts(all);
    }

    private static Script script(int number, Random random) {
        String id = "r" + number;
        String parent = number == 1 ? "" : "r" + (number - 1);
        String column = "c" + number;
        int earlier = 1 + random.nextInt(number);
        return switch (number == 1 ? 0 : random.nextInt(8)) {
            case 0, 1 -> new Script(id, parent, List.of("CREATE TABLE t%d (id integer, n integer)".formatted(number)),
                    List.of("DROP TABLE t" + number));
            case 2 -> new Script(id, parent, List.of("ALTER TABLE t1 ADD COLUMN %s integer".formatted(column)),
                    List.of("ALTER TABLE t1 DROP COLUMN " + column));
            case 3 -> new Script(id, parent, List.of("CREATE INDEX i%d ON t1 (id)".formatted(number)),
                    List.of("DROP INDEX i" + number));
            case 4 -> new Script(id, parent, List.of("ALTER TABLE t1 ALTER COLUMN n TYPE bigint"),
                    List.of("ALTER TABLE t1 ALTER COLUMN n TYPE integer"));
            case 5 -> new Script(id, parent, List.of("INSERT INTO t1 VALUES (%d)".formatted(number)),
                    List.of("DELETE FROM t1 WHERE id = " + number));
            case 6 -> new Script(id, parent,
                    List.of("CREATE TABLE t%d (id integer)".formatted(number),
                            "ALTER TABLE t1 ADD COLUMN %s text".formatted(column)),
                    List.of("ALTER TABLE t1 DROP COLUMN " + column, "DROP TABLE t" + number));
            // Takes away what an earlier one made, if it did.
            default -> new Script(id, parent, List.of("DROP TABLE IF EXISTS " + (earlier == 1 ? "tx" : "t" + earlier)),
                    List.of("CREATE TABLE IF NOT EXISTS %s (id integer)"
                            .formatted(earlier == 1 ? "tx" : "t" + earlier)));
        };
    }

    /** Writes the project; gives its configuration. */
    Path writeTo(Path project) throws IOException {
        Path versions = Files.createDirectories(project.resolve("migrations/versions"));
        for (Script script : all) {
            Files.writeString(versions.resolve(script.id + ".py"), text(script));
        }
        Files.writeString(versions.resolve(END + ".py"),
                text(new Script(END, "r" + COUNT, List.of("CREATE TABLE the_end (id integer)"), List.of())));
        return Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n");
    }

    private static String text(Script script) {
        return "revision = '%s'\ndown_revision = %s\nfrom alembic import op\n\n\ndef upgrade():\n%s\n\ndef downgrade():\n%s"
                .formatted(script.id, script.parent.isEmpty() ? "None" : "'" + script.parent + "'",
                        body(script.up), body(script.down));
    }

    private static String body(List<String> statements) {
        return statements.isEmpty()
                ? "    pass\n"
                : statements.stream().map(sql -> "    op.execute('" + sql + "')\n").collect(Collectors.joining());
    }
}
