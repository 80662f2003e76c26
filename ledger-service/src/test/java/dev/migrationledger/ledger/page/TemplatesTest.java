package dev.migrationledger.ledger.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser drops without a word under the policy of the pages, and what would let text of agents become markup. */
class TemplatesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    /** By what is wrong with it. A tag may span lines, and an attribute may be Thymeleaf's. */
    private static final Map<String, Pattern> FORBIDDEN_IN_TEMPLATES = new TreeMap<>(Map.of(
            "an inline style", Pattern.compile("<style|[\\s:-]style(append)?\\s*=|\\bstyle=\\$"),
            "an inline handler", Pattern.compile("[\\s:-]on[a-z]+\\s*=|[\"',]on[a-z]+=", Pattern.CASE_INSENSITIVE),
            "an inline script", Pattern.compile("<script(?![^>]*\\ssrc=\"/[^\"]*\"[^>]*>\\s*</script>)|javascript:"),
            "text that is not escaped", Pattern.compile("th:utext|\\[\\(|th:inline"),
            // Thymeleaf replaces the element before it asks the condition, and then nothing asks it.
            "a condition that is never asked",
            Pattern.compile(
                    "<(?=[^<>]*?\\sth:(replace|insert)\\s*=)(?=[^<>]*?\\sth:(if|unless|each|with|switch|case)\\s*=)"
                            .replace("[^<>]", "(?:\"[^\"]*\"|[^<>\"])")),
            "hypermedia that needs eval", Pattern.compile("\\s(data-)?hx-|\\sx-[a-z]+[:=]|\\s@[a-z]+="),
            "another host", Pattern.compile("(src|href|action|formaction|poster|data)\\s*=\\s*[\"'](https?:)?//"),
            "an embedded page", Pattern.compile("<(iframe|object|embed|base|portal)\\b|http-equiv")));

    /** Where the fragments for times are; the other templates use them. */
    private static final List<String> FRAGMENTS = List.of("parts.html", "times.html");

    private static final Map<String, Pattern> OWN_TIMES = new TreeMap<>(Map.of(
            "an element for a time",
            Pattern.compile("<time\\b(?!\\sth:replace=\"~\\{(parts :: time|times :: moment)\\()"),
            "a text that is a time",
            Pattern.compile(
                    "<(?!code)[\\w:]+[^<>]*\\sth:text=\"[^\"]*\\b(\\w*At|time|until|since|when|heard|observed|started|exact|absolute)\\b\\W*\""),
            "a title that is a time", Pattern.compile("(title|label)=[^<>]*\\.(exact|absolute|relative)\\b"),
            "an own format", Pattern.compile("#(dates|temporals|calendars)\\b")));

    /** What a script may wait for. Nothing happens because a pointer moves over something. */
    private static final List<String> LISTENERS = List.of("change", "changed", "click", "error", "formdata", "input",
            "open", "pagehide", "position", "visibilitychange");

    private static final Map<String, Pattern> FORBIDDEN_IN_SCRIPTS = new TreeMap<>(Map.of(
            "evaluated text", Pattern.compile("\\beval\\(|\\bFunction\\(|set(Timeout|Interval)\\(['\"`]|\\bimport\\("),
            "markup from text", Pattern.compile("(inner|outer)HTML|insertAdjacentHTML|document\\.write|srcdoc"),
            "an inline style or handler",
            Pattern.compile("setAttribute\\(['\"](style|on)|cssText|createElement\\(['\"](style|script)"),
            "another host", Pattern.compile("https?://")));

    static Stream<Path> templates() throws IOException {
        return files("templates", ".html");
    }

    static Stream<Path> scripts() throws IOException {
        return files("static", ".js");
    }

    private static Stream<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
            assertThat(found).isNotEmpty();
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void a_template_has_nothing_that_the_policy_of_the_pages_drops(Path template) throws IOException {
        assertThat(wrong(Files.readString(template), FORBIDDEN_IN_TEMPLATES)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void each_time_is_made_by_the_shared_fragments(Path template) throws IOException {
        if (!FRAGMENTS.contains(template.getFileName().toString())) {
            assertThat(wrong(Files.readString(template), OWN_TIMES)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<time th:datetime=\"${it.at}\">|an element for a time",
        "<p th:text=\"${it.since}\">|a text that is a time",
        "<b class=\"a\" th:text=\"${it.endedAt}\">|a text that is a time",
        "<p th:title=\"${it.at.absolute}\">|a title that is a time",
        "<p th:text=\"${#temporals.format(it)}\">|an own format"})
    void each_own_time_is_found(String template, String mistake) {
        assertThat(wrong(template, OWN_TIMES)).contains(mistake);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void nothing_happens_because_a_pointer_moves(Path script) throws IOException {
        String text = Files.readString(script);
        assertThat(Pattern.compile("addEventListener\\('([^']*)'").matcher(text).results().map(it -> it.group(1)))
                .isNotEmpty().isSubsetOf(LISTENERS);
        // No listener without a name that the line above reads, and none as a property.
        assertThat(text).doesNotContainPattern("addEventListener\\((?!')").doesNotContainPattern("\\.on[a-z]+ *=[^=]");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void a_script_has_nothing_that_the_policy_of_the_pages_drops(Path script) throws IOException {
        assertThat(wrong(Files.readString(script), FORBIDDEN_IN_SCRIPTS)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void each_page_fills_the_layout(Path template) throws IOException {
        String name = template.getFileName().toString();
        if (!List.of("filter.html", "layout.html", "parts.html", "times.html").contains(name)) {
            assertThat(Files.readString(template)).contains("th:replace=\"~{layout :: page(")
                    .contains("<main id=\"main\"").containsPattern("<h1[\\s>]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<p style=\"color:red\">|an inline style", "<p th:style=\"${x}\">|an inline style",
        "<p th:attr=\"style=${x}\">|an inline style", "<style>p{}</style>|an inline style",
        "<p\tonclick=\"x()\">|an inline handler", "<p th:onclick=\"x\">|an inline handler",
        "<p th:attr=\"onclick=x\">|an inline handler", "<script>x()</script>|an inline script",
        "<a href=\"javascript:x\">|an inline script", "<p th:utext=\"${x}\">|text that is not escaped",
        "<p>[(${x})]</p>|text that is not escaped", "<p hx-on:click=\"x\">|hypermedia that needs eval",
        "<p th:if=\"${a > b}\" th:replace=\"~{parts :: time(${x})}\">|a condition that is never asked",
        "<p\tth:insert=\"~{x :: y}\" th:unless=\"${a}\">|a condition that is never asked",
        "<img src=\"//cdn.example/x.png\">|another host", "<iframe src=\"/\">|an embedded page"})
    void each_mistake_is_found(String template, String mistake) {
        assertThat(wrong(template, FORBIDDEN_IN_TEMPLATES)).contains(mistake);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<p class=\"a\" th:text=\"${x}\">", "<script type=\"module\" src=\"/ledger.js\"></script>",
        "<link rel=\"stylesheet\" href=\"/ledger.css\">",
        "<th:block th:if=\"${x}\"><pre th:replace=\"~{parts :: command(${x})}\"></pre></th:block>",
        "<p data-key=\"a\" th:attr=\"aria-current=${x}\">"})
    void what_is_allowed_is_left_alone(String template) {
        assertThat(wrong(template, FORBIDDEN_IN_TEMPLATES)).isEmpty();
    }

    @Test
    void the_policy_allows_nothing_unsafe_and_no_other_host() {
        assertThat(PageFrames.POLICY).startsWith("default-src 'none';").doesNotContain("unsafe", "http", "*");
    }

    private static List<String> wrong(String text, Map<String, Pattern> forbidden) {
        return forbidden.entrySet().stream().filter(one -> one.getValue().matcher(text).find()).map(Map.Entry::getKey)
                .toList();
    }
}
