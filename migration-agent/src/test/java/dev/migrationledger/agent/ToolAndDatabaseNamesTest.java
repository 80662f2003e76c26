package dev.migrationledger.agent;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Only a tool's own package names the tool, and only a database's own packages name the database. The main sources of every module
 * are read without their comments; the exceptions are listed in {@code allowed-names/}, and docs/adr/0038 gives their reasons.
 */
class ToolAndDatabaseNamesTest {

    private static final Pattern ALEMBIC = Pattern.compile("alembic|sqlalchemy", Pattern.CASE_INSENSITIVE);

    private static final Pattern POSTGRESQL = Pattern.compile("postgres|\\bpg_", Pattern.CASE_INSENSITIVE);

    /** A text block, a text, a character or a comment: a comment sign in a text starts none. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\"|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'(?:\\\\.|[^'\\\\])[^']*+'"
                    + "|//[^\\n]*+|/\\*.*?\\*/",
            Pattern.DOTALL);

    /** Each Java file below {@code dev/migrationledger}, without comments. */
    private static final Map<String, String> SOURCES = sources();

    @Test
    void only_its_own_package_names_the_migration_tool() {
        verify("alembic", ALEMBIC, List.of("agent/tool/alembic/"));
    }

    @Test
    void only_its_own_packages_name_the_database() {
        verify("postgresql", POSTGRESQL, List.of("agent/database/postgresql/", "agent/sql/postgresql/"));
    }

    @Test
    void comments_are_left_out_and_texts_are_not() {
        assertEquals("a \"// b\" '\"' ; ", withoutComments("a \"// b\" '\"' /* \"c\" */; // d"));
    }

    private static void verify(String list, Pattern name, List<String> own) {
        SequencedMap<String, String> allowed = allowed(list);
        TreeSet<String> naming = SOURCES.keySet().stream()
                .filter(file -> own.stream().noneMatch(file::startsWith) && name.matcher(SOURCES.get(file)).find())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> unlisted = naming.stream().filter(file -> allowed.keySet().stream().noneMatch(file::startsWith))
                .toList();
        List<String> needless = allowed.keySet().stream().filter(entry -> naming.stream().noneMatch(
                file -> file.startsWith(entry))).toList();
        assertAll(
                () -> assertTrue(own.stream().allMatch(it -> SOURCES.keySet().stream().anyMatch(
                        file -> file.startsWith(it) && name.matcher(SOURCES.get(file)).find())), "its own packages"),
                () -> assertEquals(List.of(), unlisted, "they name it and allowed-names/" + list + ".txt has no entry"),
                () -> assertEquals(List.of(), needless, "allowed-names/" + list + ".txt lists them without need"));
    }

    /** By the beginning of a path, with the reason: {@code agent/run/RunCommand.java = its help shows an example}. */
    private static SequencedMap<String, String> allowed(String list) {
        SequencedMap<String, String> allowed = new TreeMap<>();
        try (InputStream text = ToolAndDatabaseNamesTest.class.getResourceAsStream("/allowed-names/" + list + ".txt")) {
            for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split(" = ", 2);
                assertEquals(2, parts.length, "no reason: " + line);
                assertEquals(null, allowed.put(parts[0].strip(), parts[1].strip()), "twice: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return allowed;
    }

    private static Map<String, String> sources() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("api-contracts"))) {
            root = Objects.requireNonNull(root.getParent(), "the tests run in no checkout");
        }
        Path checkout = root;
        return Stream.of("api-contracts", "core", "migration-agent", "ledger-service")
                .flatMap(module -> files(checkout.resolve(module).resolve("src/main/java/dev/migrationledger")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, String>> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Function<Path, Map.Entry<String, String>> read = file -> Map.entry(
                    folder.relativize(file).toString().replace('\\', '/'), withoutComments(text(file)));
            return files.filter(file -> file.toString().endsWith(".java")).map(read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComments(String java) {
        return TOKEN.matcher(java).replaceAll(
                token -> token.group().startsWith("/") ? "" : Matcher.quoteReplacement(token.group()));
    }
}
