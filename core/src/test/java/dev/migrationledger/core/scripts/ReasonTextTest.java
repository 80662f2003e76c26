package dev.migrationledger.core.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.scripts.FileProblem.Declared;
import dev.migrationledger.contracts.scripts.FileProblem.PartUnknown;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.SqlReason.TooManyWords;
import dev.migrationledger.contracts.unread.SyntaxError.MissingToken;
import dev.migrationledger.contracts.unread.SyntaxError.Token;
import dev.migrationledger.contracts.unread.SyntaxError.UnclosedBracket;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.Conditional;
import dev.migrationledger.contracts.unread.ValueReason.UnknownElsewhere;
import dev.migrationledger.contracts.unread.ValueReason.UnknownName;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.text.PlainWords;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonTextTest {

    /** Every code: each kind with each of its constants, with and without what may be absent. */
    private static final List<UnreadReason> ALL = leaves(UnreadReason.class).flatMap(ReasonTextTest::examples)
            .map(UnreadReason.class::cast).toList();

    @Test
    void every_code_has_a_clause_in_plain_words() {
        assertThat(ALL).hasSizeGreaterThan(150).allSatisfy(
                reason -> assertThat(PlainWords.ofClause(ReasonText.of(reason))).as(reason.toString()).isEmpty());
    }

    @Test
    void no_two_codes_have_one_clause() {
        assertThat(ALL.stream().collect(Collectors.groupingBy(ReasonText::of)).values())
                .allSatisfy(same -> assertThat(same).hasSize(1));
    }

    @Test
    void every_code_is_read_as_it_was_written() {
        assertThat(ALL).allSatisfy(reason -> {
            ScriptProblem problem = new PartUnknown(new Place("versions/a.py"), Declared.DOWN_REVISION, reason);
            assertThat(ContractJson.read(ContractJson.write(problem), ScriptProblem.class)).isEqualTo(problem);
        });
    }

    @Test
    void a_clause_names_its_values() {
        assertThat(ReasonText.of(new MissingToken(List.of("except", "finally"), new Token(Token.Kind.WORD, "x"))))
                .isEqualTo("'except' or 'finally' is missing before 'x'");
        UnreadReason called = new UnknownElsewhere("shop.ids", new Called("make"));
        assertThat(ReasonText.of(new UnknownName("parent", 3, null, called)))
                .isEqualTo("'parent' on line 3 is unknown: in 'shop.ids', it calls 'make'");
        assertThat(ReasonText.of(new UnknownName("parent", 3, "env.py", called)))
                .startsWith("'parent' on line 3 of 'env.py' is unknown: ");
    }

    @Test
    void a_quoted_expression_hides_secrets() {
        assertThat(new Conditional("password == 'hunter2'").condition()).doesNotContain("hunter2");
        assertThat(new Called("connect(password='hunter2').value").function()).doesNotContain("hunter2");
    }

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(ReasonTextTest::leaves)
                : Stream.of(family);
    }

    private static Stream<Object> examples(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        List<List<@Nullable Object>> rows = new ArrayList<>(List.of(List.of()));
        for (RecordComponent component : components) {
            List<@Nullable Object> values = new ArrayList<>(values(component));
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                values.add(null);
            }
            List<List<@Nullable Object>> longer = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                for (Object value : values) {
                    List<@Nullable Object> next = new ArrayList<>(row);
                    next.add(value);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        return rows.stream().map(row -> made(kind, components, row));
    }

    private static List<?> values(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "String" -> List.of("some_" + component.getName());
            case "int", "Integer" -> List.of(7);
            case "long" -> List.of(7L);
            case "List" -> List.of(List.of("some_word"));
            case "Token" -> Arrays.stream(Token.Kind.values())
                    .map(kind -> new Token(kind, kind == Token.Kind.WORD ? "some_token" : null)).toList();
            case "SyntaxError" -> List.of(new UnclosedBracket("("));
            case "SqlReason" -> List.of(new TooManyWords(7));
            case "UnreadReason" -> List.of(new Called("some_function"));
            default -> throw new AssertionError("no example of " + component);
        };
    }

    private static Object made(Class<?> kind, RecordComponent[] components, List<@Nullable Object> values) {
        try {
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return kind.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.getName(), e);
        }
    }
}
