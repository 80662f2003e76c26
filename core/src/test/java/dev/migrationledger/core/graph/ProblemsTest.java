package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void two_heads_are_an_error() {
        Finding finding = only(DrawnGraph.of("""
                a <- b
                a <- c
                """));
        assertThat(finding.code()).isEqualTo(DivergenceCode.MULTIPLE_HEADS);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message()).isEqualTo("The history has 2 heads: 'b' and 'c'.");
        assertThat(details(finding)).containsExactly("Merge them, or give each branch a label and upgrade to 'heads'.",
                "'alembic upgrade head' cannot choose between them.");
        assertThat(finding.plan()).isEmpty();
    }

    @Test
    void two_heads_with_labels_of_their_own_are_intended() {
        Finding finding = only(DrawnGraph.of("""
                a <- b
                a <- c
                b [expand]
                c [contract]
                """));
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(details(finding)).containsExactly("Upgrade to 'heads' or to '<label>@head'.");
        assertThat(finding.plan()).isEmpty();
    }

    @Test
    void a_head_that_another_branch_depends_on_is_explained() {
        Finding finding = only(DrawnGraph.of("""
                a <- b
                m <- n
                b [core]
                n [maps]
                b ~> n
                """));
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message())
                .isEqualTo("The history has 2 heads, each with its own branch label: 'b' and 'n'.");
        assertThat(details(finding))
                .endsWith("'n' is an effective head: 'b' depends on it, so it needs no row of its own.");
    }

    @Test
    void while_a_parent_is_missing_no_heads_are_counted() {
        assertThat(only(DrawnGraph.of("""
                a <- b
                (gone) <- c
                """)).code()).isEqualTo(DivergenceCode.MISSING_PARENT);
        assertThat(only(DrawnGraph.of("""
                a <- b
                c
                c ~> gone
                """)).code()).isEqualTo(DivergenceCode.MISSING_PARENT);
    }

    @Test
    void a_parent_that_names_a_file_is_reported_with_the_id_to_write() {
        for (String named : List.of("b_add_gate", "b_add_gate.py", "versions/b_add_gate.py")) {
            List<Revision> revisions = DrawnHistory.revisions("a");
            revisions.add(new Revision("b", List.of("a"), List.of(), List.of(), null, "versions/b_add_gate.py",
                    "1".repeat(64)));
            revisions.add(DrawnHistory.revision("c", List.of(named), List.of(), List.of()));
            assertThat(details(only(RevisionGraph.of(revisions)))).as(named)
                    .contains("Write the id 'b' instead of the name of its file versions/b_add_gate.py.");
        }
    }

    @Test
    void many_long_ids_are_one_warning() {
        List<Revision> revisions = IntStream.range(0, 12)
                .mapToObj(i -> DrawnHistory.revision("an_id_that_is_longer_than_the_usual_" + i, List.of(), List.of(),
                        List.of()))
                .toList();
        List<Finding> findings = ScriptFindings.of(RevisionGraph.of(revisions).problems()).stream()
                .filter(problem -> problem.code() == DivergenceCode.REVISION_ID_INVALID).toList();
        assertThat(findings).singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                .extracting(Finding::message).asString().contains("12 ids are longer", "and 9 more");
    }

    @Test
    void a_label_that_both_heads_share_distinguishes_neither() {
        assertThat(only(DrawnGraph.of("""
                a <- b
                a <- c
                a [all]
                c [contract]
                """)).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void a_missing_parent_is_named_with_who_wants_it() {
        Finding finding = only(DrawnGraph.of("(gone) <- b <- c"));
        assertThat(finding.message()).isEqualTo("No file declares 'gone', the parent of 'b' (b.py).");
        assertThat(details(finding)).containsExactly("Restore the file of 'gone', or name another revision.",
                "Alembic refuses every command until then.");
    }

    @Test
    void one_missing_parent_of_many_is_one_finding() {
        String children = String.join("\n", IntStream.range(0, 30).mapToObj(i -> "(gone) <- c" + i).toList());
        assertThat(ScriptFindings.of(DrawnGraph.of(children).problems()).getFirst().message())
                .contains("'c0' (c0.py)", "'c2' (c2.py) and 27 more").doesNotContain("c3");
    }

    @Test
    void a_beginning_of_an_id_is_completed_for_the_reader() {
        assertThat(details(only(DrawnGraph.of("""
                abcdef
                (abc) <- x
                abcdef <- x
                """)))).contains("Write the full id 'abcdef' instead of 'abc'.");
    }

    @Test
    void a_label_is_no_parent() {
        assertThat(details(ScriptFindings.of(DrawnGraph.of("""
                a
                a [net]
                (net) <- b
                """).problems()).getFirst()))
                .contains("Write the id 'a' instead of the branch label 'net', which down_revision does not accept.");
    }

    @Test
    void a_missing_dependency_is_named_but_a_label_is_one() {
        assertThat(ScriptFindings.of(DrawnGraph.of("""
                a <- b
                c
                b [net]
                c ~> net
                """).problems())).extracting(Finding::code).containsExactly(DivergenceCode.MULTIPLE_HEADS);
        Finding finding = only(DrawnGraph.of("""
                a
                a ~> nowhere
                """));
        assertThat(finding.code()).isEqualTo(DivergenceCode.MISSING_PARENT);
        assertThat(finding.message())
                .isEqualTo("No revision or branch label is called 'nowhere', a dependency of 'a' (a.py).");
    }

    @Test
    void a_cycle_is_walked_once_around() {
        Finding finding = only(DrawnGraph.of("""
                a <- b <- c <- d
                c <- b
                """));
        assertThat(finding.code()).isEqualTo(DivergenceCode.REVISION_CYCLE);
        assertThat(finding.message()).isEqualTo("Revisions form a cycle along down_revision: b → c → b.");
    }

    @Test
    void a_revision_that_is_its_own_parent_is_a_cycle() {
        assertThat(ScriptFindings.of(DrawnGraph.of("a <- a").problems())).extracting(Finding::message).first()
                .asString()
                .startsWith("Revision 'a' names itself as its parent.");
    }

    @Test
    void dependencies_close_cycles_too() {
        assertThat(only(DrawnGraph.of("""
                a <- b <- c
                b ~> c
                """)).message()).isEqualTo("Revisions form a cycle along down_revision and depends_on: b → c → b.");
        assertThat(only(DrawnGraph.of("""
                a
                a ~> a
                """)).message()).isEqualTo("Revision 'a' depends on itself.");
    }

    @Test
    void a_cycle_of_parents_is_reported_once() {
        assertThat(ScriptFindings.of(DrawnGraph.of("""
                a <- b <- c
                c <- b
                a ~> c
                """).problems())).extracting(Finding::code).containsOnlyOnce(DivergenceCode.REVISION_CYCLE);
    }

    @Test
    void a_long_cycle_makes_a_short_message() {
        List<Revision> ring = IntStream.range(0, 100_000)
                .mapToObj(i -> DrawnHistory.revision("r" + i, List.of("r" + (i + 1) % 100_000), List.of(), List.of()))
                .toList();
        assertThat(only(RevisionGraph.of(ring)).message()).contains("(99992 more) → r0").hasSizeLessThan(600);
    }

    @Test
    void many_small_cycles_are_found_in_one_go() {
        List<Revision> pairs = IntStream.range(0, 50_000)
                .mapToObj(i -> DrawnHistory.revision("r" + i, List.of("r" + (i ^ 1)), List.of(), List.of()))
                .toList();
        assertThat(RevisionGraph.of(pairs).problems()).hasSize(25_000);
    }

    @Test
    void a_duplicate_names_all_its_files() {
        List<Revision> revisions = DrawnHistory.revisions("a");
        revisions.add(new Revision("a", List.of(), List.of(), List.of(), null, "copy_of_a.py", "1".repeat(64)));
        Finding finding = only(RevisionGraph.of(revisions));
        assertThat(finding.code()).isEqualTo(DivergenceCode.DUPLICATE_REVISION);
        assertThat(finding.message()).isEqualTo(
                "2 files declare the revision id 'a': a.py and copy_of_a.py.");
        assertThat(details(finding)).containsExactly("Keep one of the files and give the others their own ids.",
                "Alembic follows the last and counts the others as heads.");
    }

    @Test
    void a_label_belongs_to_one_revision() {
        Finding finding = only(DrawnGraph.of("""
                a <- b
                a [net]
                b [net]
                """));
        assertThat(finding.message()).isEqualTo("Branch label 'net' of 'b' (b.py) is already that of 'a' (a.py).");
        assertThat(details(finding)).containsExactly("Rename or remove one of the two labels 'net'.");
        assertThat(only(DrawnGraph.of("""
                a <- b
                b [a]
                """)).message()).isEqualTo("Branch label 'a' of 'b' (b.py) is also the id of 'a' (a.py).");
        assertThat(only(DrawnGraph.of("a [net net]")).message())
                .isEqualTo("'a' (a.py) declares the branch label 'net' twice.");
    }

    @Test
    void ids_that_alembic_or_its_table_cannot_hold_are_named() {
        assertThat(messages("aa-1111")).containsExactly(
                "Revision id 'aa-1111' in f.py contains '-', which Alembic does not allow.");
        assertThat(messages("a@b+c")).first().asString().contains("contains '+' and '@'");
        assertThat(messages("a:b")).hasSize(1);
        assertThat(messages("x".repeat(32))).isEmpty();
        assertThat(messages("x".repeat(33))).first().asString()
                .contains("(33) is longer than the 32 characters that Alembic gives version_num");
        assertThat(messages("x".repeat(1_000_000))).first().asString().hasSizeLessThan(300);
        assertThat(messages(""))
                .containsExactly("f.py declares an empty revision id.");
        assertThat(messages("é_ü.1")).isEmpty();
    }

    @Test
    void labels_spread_up_along_parents_and_down_along_a_plain_line() {
        RevisionGraph graph = DrawnGraph.of("""
                a <- b <- c <- d
                c [net]
                """);
        assertThat(List.of("a", "b", "c", "d")).allSatisfy(id -> assertThat(graph.labelsOf(id)).containsExactly("net"));
    }

    @Test
    void a_label_does_not_go_down_through_a_branch_point() {
        RevisionGraph graph = DrawnGraph.of("""
                a <- b <- c <- d
                a <- x <- y
                d [net]
                """);
        assertThat(graph.labelsOf("c")).containsExactly("net");
        assertThat(graph.labelsOf("b")).containsExactly("net");
        assertThat(graph.labelsOf("a")).isEmpty();
        assertThat(graph.labelsOf("y")).isEmpty();
        assertThat(graph.labelsOf("nobody")).isEmpty();
    }

    private static List<String> messages(String id) {
        List<Revision> one = new ArrayList<>();
        one.add(new Revision(id, List.of(), List.of(), List.of(), null, "f.py", "0".repeat(64)));
        return ScriptFindings.of(RevisionGraph.of(one).problems()).stream()
                .filter(finding -> finding.code() == DivergenceCode.REVISION_ID_INVALID).map(Finding::message).toList();
    }

    private static List<String> details(Finding finding) {
        return finding.evidence().stream().filter(Exhibit::isSentence).map(Exhibit::value)
                .toList();
    }

    private static Finding only(RevisionGraph graph) {
        assertThat(graph.problems()).hasSize(1);
        return ScriptFindings.of(graph.problems().getFirst());
    }
}
