package dev.migrationledger.agent.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.text.AvoidedWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of this project: plain words, links that lead somewhere, and names of classes that exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.\\w+(?:\\(\\))?)?`");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve),
                    docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @Test
    void every_page_is_read() throws IOException {
        assertThat(pages().map(page -> page.getFileName().toString()))
                .contains("README.md", "operations.md", "doctor.md", "divergences.md").hasSizeGreaterThan(9);
    }

    /** Code, old output and the targets of links are quoted as they are. */
    @ParameterizedTest
    @MethodSource("pages")
    void pages_use_plain_words(Path page) throws IOException {
        String prose = LINK.matcher(CODE.matcher(text(page)).replaceAll("…")).replaceAll(
                link -> link.group(1).endsWith(".md") ? "…" : Matcher.quoteReplacement(link.group(1)));

        assertThat(prose.lines().flatMap(line -> AvoidedWords.problems(line).stream())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_to_a_file_and_a_heading(Path page) throws IOException {
        List<String> broken = LINK.matcher(text(page)).results().map(link -> link.group(2))
                .filter(target -> !target.contains("://") && !exists(page, target)).toList();

        assertThat(broken).isEmpty();
    }

    /** A class that gets another name takes these two pages along. */
    @Test
    void classes_that_are_named_exist() throws IOException {
        Set<String> declared = declared();
        for (String name : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
            Set<String> named = CLASS_NAME.matcher(Files.readString(ROOT.resolve(name))).results()
                    .map(found -> found.group(1)).collect(Collectors.toSet());

            assertThat(named).as(name).hasSizeGreaterThan(20).isSubsetOf(declared);
        }
    }

    private static String text(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static boolean exists(Path page, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> declared() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                        DECLARATION.matcher(Files.readString(file)).results().map(MatchResult::group)
                                .map(declaration -> declaration.substring(declaration.indexOf(' ') + 1))
                                .forEach(names::add);
                    }
                }
            }
        }
        return names;
    }
}
