package dev.migrationledger.contracts.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Map<String, Object> examples() {
        Map<String, Object> examples = new LinkedHashMap<>();
        Examples.events().forEach(event -> examples.put(EventCatalogue.nameOf(event.getClass()), event));
        examples.putAll(new TreeMap<>(Examples.others()));
        return examples;
    }

    static List<String> names() {
        return List.copyOf(examples().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_written_is_what_was_promised(String name) throws IOException {
        String written = ContractJson.pretty(example(name)) + "\n";
        if (UPDATE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file(name), written);
        }
        assertThat(file(name)).as("golden file; -Dgolden.update=true writes one").exists();
        assertThat(written).isEqualTo(Files.readString(file(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_was_promised_is_read(String name) throws IOException {
        Object example = example(name);
        Class<?> declared = example instanceof Event ? Event.class : example.getClass();
        assertThat((Object) ContractJson.read(Files.readAllBytes(file(name)), declared)).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_short_form_says_the_same(String name) {
        Object example = example(name);
        Class<?> declared = example instanceof Event ? Event.class : example.getClass();
        byte[] json = ContractJson.write(example);
        assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("\n");
        assertThat((Object) ContractJson.read(json, declared)).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_component_is_set(String name) throws ReflectiveOperationException {
        assertSet(example(name), name);
    }

    @Test
    void every_event_has_exactly_one_name() {
        List<Class<?>> events = Stream.of(AgentEvent.class, LedgerEvent.class)
                .flatMap(GoldenTest::leaves)
                .toList();
        assertThat(EventCatalogue.all().values()).doesNotHaveDuplicates().hasSameSizeAs(events);
        assertThat(events)
                .allSatisfy(event -> assertThat(EventCatalogue.all()).containsValue(event.asSubclass(Event.class)));
    }

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(GoldenTest::leaves)
                : Stream.of(family);
    }

    @Test
    void a_name_tells_the_family_and_the_version() {
        EventCatalogue.all().forEach((name, type) -> assertThat(name)
                .matches("(agent|ledger)\\.[a-z-]+\\.v[0-9]+")
                .startsWith(AgentEvent.class.isAssignableFrom(type) ? "agent." : "ledger."));
    }

    @Test
    void every_event_has_one_example() {
        assertThat(Examples.events().stream().map(event -> EventCatalogue.nameOf(event.getClass())))
                .containsExactlyElementsOf(EventCatalogue.all().keySet());
    }

    @Test
    void every_kind_of_problem_with_scripts_has_one_example() {
        assertThat(ScriptProblems.ALL).extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(leaves(ScriptProblem.class).toList());
    }

    @Test
    void every_kind_of_reason_has_one_example() {
        assertThat(UnreadReasons.ALL).extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(leaves(UnreadReason.class).toList());
    }

    @Test
    void every_file_has_its_example() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names().stream().map(name -> name + ".json").toList());
        }
    }

    /** A component that no example sets is a promise that no file keeps. */
    private static void assertSet(Object value, String path) throws ReflectiveOperationException {
        assertThat(value).as(path).isNotNull();
        switch (value) {
            case Collection<?> many -> {
                assertThat(many).as(path).isNotEmpty();
                for (Object one : many) {
                    assertSet(one, path + "[]");
                }
            }
            case Map<?, ?> map -> assertThat(map).as(path).isNotEmpty();
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    assertThat(Modifier.isPublic(component.getAccessor().getModifiers())).isTrue();
                    if (mayBeAbsent(record, component)) {
                        continue;
                    }
                    assertSet(component.getAccessor().invoke(record), path + "." + component.getName());
                }
            }
            default -> {
            }
        }
    }

    /** What one kind of object, occurrence, file or evidence has, another cannot have. */
    private static boolean mayBeAbsent(Record record, RecordComponent component) {
        return switch (record.getClass().getSimpleName()) {
            case "ObjectName" -> component.getName().equals("table");
            case "Exhibit" -> List.of("line", "object", "where", "since").contains(component.getName());
            case "Occurrence" -> component.getName().equals("notBefore");
            case "RevisionFile" -> List.of("text", "withheld").contains(component.getName());
            default -> false;
        };
    }

    private static Object example(String name) {
        return Objects.requireNonNull(examples().get(name));
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".json");
    }
}
