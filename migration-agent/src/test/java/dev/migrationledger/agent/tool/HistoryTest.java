package dev.migrationledger.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.FileProblem.DeclarationUnknown;
import dev.migrationledger.contracts.scripts.FileProblem.Declared;
import dev.migrationledger.contracts.scripts.FileProblem.PartUnknown;
import dev.migrationledger.contracts.scripts.FileProblem.PythonValue.Kind;
import dev.migrationledger.contracts.scripts.FileProblem.PythonValue;
import dev.migrationledger.contracts.scripts.FileProblem.RevisionNotText;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Called CALLED = new Called("name");
    private static final Revision A = new Revision("a", List.of(), List.of(), List.of(), "One", "a.py", "00");
    private static final Revision B = new Revision("b", List.of("a"), List.of(), List.of(), null, "b.py", "11");
    private static final ScriptProblem PROBLEM = new RevisionNotText(new Place("b.py", 3), new PythonValue(Kind.NONE));

    @Test
    void a_digest_holds_wherever_the_scripts_lie_and_however_they_are_ordered() {
        String digest = new History("here", List.of(A, B), List.of(PROBLEM)).digest();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(new History("there", List.of(B, A), List.of(PROBLEM)).digest()).isEqualTo(digest);
    }

    @Test
    void a_digest_changes_with_files_revisions_and_problems() {
        assertThat(List.of(
                new History("x", List.of(A, B), List.of()),
                new History("x", List.of(A), List.of()),
                new History("x", List.of(A, B), List.of(PROBLEM)),
                new History("x", List.of(A, new Revision("b", List.of("a"), List.of(), List.of(), null, "b.py", "22")),
                        List.of()),
                new History("x", List.of(A, new Revision("b", List.of("a"), List.of(), List.of(), null, "c.py", "11")),
                        List.of()),
                new History("x", List.of(A, new Revision("b", List.of(), List.of("a"), List.of(), null, "b.py", "11")),
                        List.of()),
                new History("x", List.of(A, new Revision("b", List.of("a"), List.of(), List.of(), "", "b.py", "11")),
                        List.of()))
                .stream().map(History::digest).distinct()).hasSize(7);
    }

    @Test
    void a_digest_changes_with_each_fact_of_a_problem() {
        assertThat(Stream.of(
                new DeclarationUnknown(new Place("b.py", 3), Declared.REVISION, "name()", CALLED),
                new DeclarationUnknown(new Place("b.py", 4), Declared.REVISION, "name()", CALLED),
                new DeclarationUnknown(new Place("b.py", 3), Declared.DEPENDS_ON, "name()", CALLED),
                new DeclarationUnknown(new Place("b.py", 3), Declared.REVISION, "other()", CALLED),
                new DeclarationUnknown(new Place("b.py", 3), Declared.REVISION, "name()", new Called("other")),
                new PartUnknown(new Place("b.py", 3), Declared.REVISION, CALLED))
                .map(HistoryTest::digest).distinct()).hasSize(6);
    }

    private static String digest(ScriptProblem problem) {
        return new History("x", List.of(A, B), List.of(problem)).digest();
    }

    @Test
    void what_is_wrong_with_the_graph_is_wrong_with_the_history() {
        assertThat(History.of("x", List.of(B), List.of(PROBLEM)).problems()).extracting(ScriptProblem::code)
                .containsExactly(DivergenceCode.SCRIPTS_UNREADABLE, DivergenceCode.MISSING_PARENT);
    }
}
