package dev.migrationledger.testsupport.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.testsupport.source.OpenSwitches.OpenSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSwitchesTest {

    private static final String TYPES = """
            package dev.migrationledger.shapes;
            class Shapes {
                sealed interface Shape {}
                sealed interface Round extends Shape {}
                record Circle(int radius) implements Round {}
                record Square(int side) implements Shape {}
                enum Colour { RED, GREEN, BLUE }
                static int of(Shape shape, Colour colour, String text, Object any, Thread.State state) {
                    BODY
                }
            }
            """;

    @TempDir
    Path sources;

    @Test
    void a_default_over_a_sealed_type_is_open() throws IOException {
        assertThat(found("return switch (shape) { case Circle _ -> 1; default -> 2; };"))
                .containsExactly(new OpenSwitch("Shapes.java:9", "Shapes.Shape", "default"));
        assertThat(found("switch (shape) { case Circle _ -> { return 1; } case null, default -> { return 2; } }"))
                .containsExactly(new OpenSwitch("Shapes.java:9", "Shapes.Shape", "default"));
    }

    @Test
    void a_case_of_the_type_itself_is_a_default_under_another_name() throws IOException {
        assertThat(found("return switch (shape) { case Circle _ -> 1; case Shape _ -> 2; };"))
                .containsExactly(new OpenSwitch("Shapes.java:9", "Shapes.Shape", "a case of the type itself"));
        assertThat(found("return switch (shape) { case Circle _ -> 1; case Object _ -> 2; };")).hasSize(1);
    }

    @Test
    void all_cases_of_a_sealed_type_are_not_open() throws IOException {
        assertThat(found("return switch (shape) { case Circle(int radius) when radius > 1 -> 1; "
                + "case Round _ -> 2; case Square _ -> 3; };")).isEmpty();
    }

    @Test
    void a_default_over_an_enum_is_open_and_so_is_a_statement_that_leaves_out_a_constant() throws IOException {
        assertThat(found("return switch (colour) { case RED -> 1; default -> 2; };"))
                .containsExactly(new OpenSwitch("Shapes.java:9", "Shapes.Colour", "default"));
        assertThat(found("switch (colour) { case RED, Colour.GREEN -> { return 1; } } return 2;"))
                .containsExactly(new OpenSwitch("Shapes.java:9", "Shapes.Colour", "without BLUE"));
        assertThat(found("switch (colour) { case RED, GREEN: return 1; case BLUE: break; } return 2;")).isEmpty();
        assertThat(found("return switch (colour) { case RED -> 1; case GREEN, BLUE -> 2; };")).isEmpty();
    }

    @Test
    void types_that_can_have_any_value_or_are_of_others_need_a_default() throws IOException {
        assertThat(found("return switch (text) { case \"a\" -> 1; default -> 2; };")).isEmpty();
        assertThat(found("return switch (any) { case Circle _ -> 1; default -> 2; };")).isEmpty();
        assertThat(found("return switch (state) { case NEW -> 1; default -> 2; };")).isEmpty();
    }

    @Test
    void a_switch_within_another_is_found() throws IOException {
        assertThat(found("return switch (text) { default -> switch (shape) { case Circle _ -> 1; default -> 2; }; };"))
                .extracting(OpenSwitch::type).containsExactly("Shapes.Shape");
    }

    @Test
    void sources_that_do_not_compile_are_refused() {
        assertThatThrownBy(() -> found("return switch (shape) { case Triangle _ -> 1; default -> 2; };"))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("Triangle");
    }

    private List<OpenSwitch> found(String body) throws IOException {
        Files.writeString(sources.resolve("Shapes.java"), TYPES.replace("BODY", body));
        return OpenSwitches.in(sources, System.getProperty("java.class.path"));
    }
}
