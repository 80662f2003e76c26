package dev.migrationledger.agent.tool.alembic.footprint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.schema.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code .sql} of {@code src/test/resources/footprint/sql} has beside it what it does, one line for each effect. That is
 * written anew only with {@code -Dgolden.update=true}.
 */
class SqlGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/footprint/sql");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

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
        LiteralSql.read(Files.readString(CASES.resolve(name + ".sql")), true, changes.at(1, false));

        Path golden = CASES.resolve(name + ".effects");
        String actual = lines(changes.effects());
        if (UPDATE) {
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("golden file; -Dgolden.update=true writes one").exists();
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    private static String lines(Effects effects) {
        StringBuilder lines = new StringBuilder();
        for (Effect effect : effects.effects()) {
            lines.append(effect.certainty() == Effect.Certainty.CERTAIN ? "" : "perhaps ")
                    .append(effect.action().name().toLowerCase(Locale.ROOT)).append(' ').append(words(effect.object()));
            if (effect.renamedTo() != null) {
                lines.append(" to ").append(words(effect.renamedTo()));
            }
            effect.properties().forEach((key, value) -> lines.append("; ").append(key).append(": ").append(value));
            lines.append('\n');
        }
        effects.unknowns().forEach(unknown -> lines.append("unknown: ").append(unknown.reason()).append(": ")
                .append(unknown.expression()).append('\n'));
        return lines.toString();
    }

    private static String words(ObjectName object) {
        return object.kind().name().toLowerCase(Locale.ROOT) + " " + object.dotted();
    }
}
