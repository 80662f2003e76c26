package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.scripts.ReasonText;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code .sql} of {@code src/test/resources/footprint/sql} has beside it what it does, one line for each effect. That is
 * rewritten only with {@code -Dgolden.update=true}.
 */
class SqlGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/footprint/sql");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".sql"))
                    .map(name -> name.substring(0, name.length() - ".sql".length())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_statement_has_the_effects_expected(String name) throws IOException {
        Changes changes = new Changes();
        LiteralSql.read(Files.readString(CASES.resolve(name + ".sql")), Placeholders.COLON, changes.at(1, false));

        GoldenFile.compare(CASES.resolve(name + ".effects"), lines(changes.effects()));
    }

    private static String lines(Effects effects) {
        StringBuilder lines = new StringBuilder();
        for (Effect effect : effects.effects()) {
            switch (effect) {
                case Unread unread -> lines.append("unknown: ").append(ReasonText.of(unread.reason())).append(": ")
                        .append(unread.expression()).append(unread.bounds() == null ? "" : " " + unread.bounds());
                case Change change -> {
                    lines.append(condition(change.condition()))
                            .append(change.action().name().toLowerCase(Locale.ROOT))
                            .append(' ').append(words(change.object()));
                    switch (change) {
                        case Create create -> {
                            lines.append(create.impliedName() ? "; implied name" : "");
                            components(create.definition(), lines);
                        }
                        case Alter alter -> alter.changes().forEach(one -> {
                            lines.append("; ").append(one.getClass().getSimpleName());
                            components(one, lines);
                        });
                        case Rename rename -> lines.append(" to ").append(words(rename.to()));
                        case Drop drop -> lines.append(drop.cascade() ? " cascade" : "");
                        case Write _ -> {
                        }
                    }
                }
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String condition(Condition condition) {
        String of = condition.object() == null ? "" : " " + words(condition.object());
        return condition.isAlways() ? "" : condition.when().name().toLowerCase(Locale.ROOT) + of + ": ";
    }

    /** Those that are known. */
    private static void components(Object record, StringBuilder lines) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                if (value != null) {
                    lines.append("; ").append(component.getName()).append(": ")
                            .append(value instanceof ObjectName name ? words(name) : value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String words(ObjectName object) {
        return object.kind().name().toLowerCase(Locale.ROOT) + " " + object.dotted();
    }
}
