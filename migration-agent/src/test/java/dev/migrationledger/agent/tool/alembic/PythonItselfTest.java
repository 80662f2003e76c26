package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.ImportedNames;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.config.IniFile;
import dev.migrationledger.agent.tool.alembic.config.IniSection;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same files before Python itself and before our readers. */
class PythonItselfTest {

    /** What ours leaves open: functions, modules, computed values. Everything else must be known. */
    private static final Map<String, Set<String>> OPEN = Map.of(
            "literals.py", Set.of("sys", "path", "nn", "kk"),
            "scopes.py", Set.of("upgrade", "Holder", "one_line", "json", "tried", "file"));

    @TempDir
    Path folder;

    @Test
    void names_are_worth_to_us_what_they_are_worth_to_python() throws IOException {
        List<Path> files;
        try (Stream<Path> tricky = Files.list(Path.of("src/test/resources/python/tricky"))) {
            files = tricky.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(8);
        JsonNode answers = Python.importing("ast")
                .json(folder, "/python/values.py", files.stream().map(Path::toString).toArray(String[]::new));
        for (Path file : files) {
            compare(file, answers.get(file.toString()));
        }
    }

    private static void compare(Path file, JsonNode python) throws IOException {
        EvaluatedModule module = EvaluatedModule.of("script.py",
                Files.readAllBytes(file),
                (level, dotted) -> new ImportedNames.Found.Absent(new ImportedFromOutside(dotted)),
                AlembicRuntime.ASSUMPTIONS);
        assertThat(module.problems()).as(file.toString()).isEmpty();
        assertThat(python.has("refused")).as("%s: %s", file, python).isFalse();
        JsonMapper mapper = JsonMapper.shared();
        assertThat(mapper.<JsonNode>valueToTree(module.docstring())).as("docstring of %s", file)
                .isEqualTo(python.get("__doc__"));
        Set<String> open = new TreeSet<>(OPEN.getOrDefault(String.valueOf(file.getFileName()), Set.of()));
        python.properties().stream().filter(entry -> !entry.getKey().startsWith("__")).forEach(entry -> {
            Symbol symbol = Objects.requireNonNull(module.value(entry.getKey())).symbol();
            if (open.remove(entry.getKey())) {
                assertThat(symbol).as("%s in %s", entry.getKey(), file).isInstanceOf(Symbol.Unknown.class);
            } else {
                assertThat(symbol).as("%s in %s", entry.getKey(), file).isNotInstanceOf(Symbol.Unknown.class);
                assertThat(shown(symbol)).as("%s in %s", entry.getKey(), file)
                        .isEqualTo(entry.getValue());
            }
        });
        assertThat(open).as("left open but not there").isEmpty();
    }

    /** As {@code values.py} shows it. */
    private static JsonNode shown(Symbol value) {
        JsonMapper mapper = JsonMapper.shared();
        if (value instanceof Symbol.None) {
            return mapper.nullNode();
        }
        if (value instanceof Symbol.Text text) {
            return mapper.valueToTree(text.text());
        }
        if (!(value instanceof Symbol.Items items)) {
            return mapper.createObjectNode().put("other", type(value));
        }
        Stream<JsonNode> inner = items.values().stream().map(PythonItselfTest::shown);
        String kind = items.kind().name().toLowerCase(Locale.ROOT);
        return mapper.createObjectNode().set(
                kind,
                mapper.createArrayNode().addAll(
                        kind.equals("set")
                                ? inner.sorted(Comparator.comparing(JsonNode::stringValue)).toList()
                                : inner.toList()));
    }

    private static String type(Symbol value) {
        if (value instanceof Symbol.Numeral numeral) {
            return numeral.whole() != null ? "int" : numeral.source().endsWith("j") ? "complex" : "float";
        }
        return value instanceof Symbol.Truth ? "bool" : value instanceof Symbol.Dict ? "dict" : "bytes";
    }

    @Test
    void ini_values_are_those_of_pythons_configparser() throws IOException {
        Path ini = folder.resolve("tricky.ini");
        Files.writeString(ini, """
                # remark
                [DEFAULT]
                base = /srv/%(here)s
                Shared: yes

                [alembic]
                script_location = %(here)s/migrations
                Version_Locations = %(script_location)s/versions
                   %(base)s/other   # not a remark

                   after a blank line
                ; remark
                empty =
                colon : a = b
                 indented = is an option of its own unless deeper
                percent = 100%%
                again = %(percent)s and %%(this)s
                broken = %d
                nowhere = %(nothing)s
                circle = %(circle)s
                shared = no
                [other]
                base = other
                """);
        JsonNode python = Python.importing("configparser").json(folder, "/python/ini.py", ini.toString(), "/where");
        IniFile ours = IniFile.parse("alembic.ini", Files.readString(ini));
        assertThat(ours.problems()).isEmpty();
        IniSection section = ours.section("alembic", "/where");
        assertThat(python.size()).isGreaterThan(10);
        python.properties().forEach(option -> {
            IniSection.Interpolated value = section.get(option.getKey()).orElseThrow();
            String expected = option.getValue().isNull() ? null : option.getValue().stringValue();
            assertThat(value.value()).as(option.getKey()).isEqualTo(expected);
        });
    }
}
