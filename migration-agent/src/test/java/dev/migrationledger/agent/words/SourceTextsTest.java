package dev.migrationledger.agent.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.text.AvoidedWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts in the code of each module, also those that no other test happens to produce. */
class SourceTextsTest {

    private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern LABEL = Pattern.compile("(?:title|placeholder|alt|aria-label)=\"([^\"]+)\"");
    private static final Pattern WORDS = Pattern.compile("\\b\\p{L}+ \\p{L}+ \\p{L}+\\b");
    private static final Pattern SQL = Pattern.compile(
            "(?i)^\\s*(and|select|insert|update|delete|values|where|from|on conflict|with|union|order by|set)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"api-contracts", "core", "migration-agent", "ledger-service"})
    void texts_use_plain_words(String module) throws IOException {
        List<String> problems = new ArrayList<>();
        int texts = 0;
        try (Stream<Path> sources = Files.walk(ROOT.resolve(module + "/src/main"))) {
            for (Path source : sources.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
                for (String line : Files.readAllLines(source)) {
                    if (line.strip().startsWith("*") || line.strip().startsWith("/")) {
                        continue;
                    }
                    for (String text : LITERAL.matcher(line).results().map(it -> it.group(1)).toList()) {
                        if (WORDS.matcher(text).find() && !SQL.matcher(text).find()) {
                            texts++;
                            AvoidedWords.problems(text).forEach(it -> problems.add(source.getFileName() + ": " + it));
                        }
                    }
                }
            }
        }
        assertThat(texts).as("texts that were read").isGreaterThan(module.equals("api-contracts") ? 5 : 50);
        assertThat(problems).isEmpty();
    }

    /** What people read of a page, tags and expressions left out. */
    @Test
    void pages_use_plain_words() throws IOException {
        List<String> problems = new ArrayList<>();
        int pages = 0;
        try (Stream<Path> templates = Files.walk(ROOT.resolve("ledger-service/src/main/resources/templates"))) {
            for (Path template : templates.filter(it -> it.toString().endsWith(".html")).sorted().toList()) {
                pages++;
                String page = COMMENT.matcher(Files.readString(template)).replaceAll(" ");
                String labels = LABEL.matcher(page).results().map(it -> it.group(1))
                        .collect(Collectors.joining(". "));
                String text = (TAG.matcher(page).replaceAll(" ") + ". " + labels).replaceAll("\\s+", " ");
                AvoidedWords.problems(text).forEach(it -> problems.add(template.getFileName() + ": " + it));
            }
        }
        assertThat(pages).as("templates that were read").isGreaterThan(15);
        assertThat(problems).isEmpty();
    }
}
