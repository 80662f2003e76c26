package dev.migrationledger.ledger.divergence.project;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.FORKED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.LINEAGE_REWRITTEN;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.RAN_OUTSIDE_PIPELINE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.REVISION_EDITED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_DIFFERS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCRIPTS_DIFFER;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNAPPROVED_MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode.Area;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.revision.SemanticDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule in both directions: what it finds, and where it finds nothing. */
class ProjectRulesTest {

    private static final String TEN = "009 010<009";
    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    private static final SemanticDigest CODE = new SemanticDigest(1, "1".repeat(64), true, false);
    private static final SemanticDigest OTHER_CODE = new SemanticDigest(1, "2".repeat(64), true, false);

    private final DrawnProject project = new DrawnProject();

    @Test
    void every_code_across_has_its_rule_in_order() {
        List<DivergenceCode> across = Arrays.stream(DivergenceCode.values())
                .filter(it -> it.area() == Area.ACROSS)
                .toList();
        assertThat(ProjectRules.codes()).isEqualTo(across);
    }

    @Test
    void a_finding_of_a_code_that_its_rule_does_not_declare_fails() {
        ProjectRule rule = new ProjectRule() {
            @Override
            public DivergenceCode code() {
                return FORKED;
            }

            @Override
            public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot seen) {
                return Optional.of(List.of(Finding.warning(SCHEMA_DIFFERS, "The schemas differ.")));
            }
        };
        assertThatThrownBy(() -> new ProjectEvaluation(() -> List.of(rule))
                .evaluate(project.environment("prod").seen()))
                .hasMessage("The rule of forked found schema-differs, which it does not declare.");
    }

    @Test
    void a_stale_image_has_a_revision_that_the_commit_has_not() {
        project.environment("prod").scripts("image:navbot:1.3", 5, TEN + " 8bd7<009").scripts("git:4f2a91c", 2, TEN)
                .rows("010");
        assertThat(project.says(SCRIPTS_DIFFER, "prod")).isEqualTo(
                """
                        The scripts of 'image:navbot:1.3' and 'git:4f2a91c' differ in 1 revision.
                        Only 'image:navbot:1.3' has '8bd7', since 2026-01-01T12:05:00Z.
                        'image:navbot:1.3' has 2 heads: '010' and '8bd7'.
                        The findings of this database are based on 'image:navbot:1.3'.""");
        assertThat(finding(SCRIPTS_DIFFER, "prod")).satisfies(it -> {
            assertThat(it.severity()).isEqualTo(Severity.WARNING);
            assertThat(it.subject()).isEqualTo("git");
        });
    }

    @Test
    void one_code_under_two_ids_is_named_where_sources_differ() {
        project.does(OLD, CODE).does(NEW, OTHER_CODE)
                .environment("prod").scripts("image:1", 5, OLD, "a b<a").scripts("git:1", 2, OLD, "a c<a").rows("b");
        assertThat(project.says(SCRIPTS_DIFFER, "prod"))
                .contains("'b' of 'image:1' has the same code as 'c' of 'git:1'.");
        project.environment("dev").scripts("image:1", 5, OLD, "a b<a").scripts("git:1", 2, NEW, "a c<a").rows("b");
        assertThat(project.says(SCRIPTS_DIFFER, "dev")).isNotEmpty().doesNotContain("same code");
    }

    @Test
    void a_source_that_only_goes_on_is_a_deploy_under_way() {
        project.environment("prod").scripts("image:1", 5, "009").scripts("git:1", 2, TEN).rows("009");
        assertThat(finding(SCRIPTS_DIFFER, "prod").severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void what_no_pipeline_ran_is_found_where_and_since_the_policy_expects_one() {
        project.environment("prod").scripts("git:1", 1, "a b<a c<b d<c").rows("d").ran(3, "a").ran(6, "b", "c", "d")
                .proved("c").pipelines(5);
        project.environment("staging").scripts("git:1", 1, "a b<a").rows("b").ran(6, "a", "b");
        assertThat(project.says(RAN_OUTSIDE_PIPELINE, "prod")).isEqualTo(
                "'b' and 'd' were applied outside a pipeline, and the policy expects one since 2026-01-01T12:05:00Z.");
        assertThat(finding(RAN_OUTSIDE_PIPELINE, "prod")).satisfies(it -> {
            assertThat(it.severity()).isEqualTo(Severity.WARNING);
            assertThat(it.plan()).extracting(PlanStep::command).containsOnlyNulls();
        });
        assertThat(project.says(RAN_OUTSIDE_PIPELINE, "staging")).isEmpty();
    }

    @Test
    void a_merge_is_found_until_it_is_approved_as_it_is() {
        project.environment("staging").scripts("git:1", 1, "a b<a c<a").rows("b").proposed(false);
        project.environment("prod").scripts("git:2", 1, "a b<a c<a m<b,c").rows("m");
        assertThat(project.says(UNAPPROVED_MERGE, "staging")).as("nothing was merged there").isEmpty();
        assertThat(project.says(UNAPPROVED_MERGE, "prod"))
                .isEqualTo("'m' brings 'b' and 'c' together, and that is not approved.\nIt counts as applied here.");
    }

    @Test
    void an_approved_merge_is_found_where_more_came_with_it() {
        project.environment("staging").scripts("git:1", 1, "a b<a c<a").rows("b").proposed(true);
        project.environment("prod").scripts("git:2", 1, "a b<a c<a m<b,c").rows("b");
        project.environment("live").scripts("git:3", 1, "a b<a c<a d<c m<b,d").rows("b");
        assertThat(project.says(UNAPPROVED_MERGE, "prod")).isEmpty();
        assertThat(finding(UNAPPROVED_MERGE, "live").evidence()).extracting(Exhibit::value)
                .contains("Another merge of these heads was approved.", "It was not applied here yet.");
    }

    @Test
    void of_one_pipeline_only_the_latest_commit_counts() {
        project.environment("prod").scripts("image:1", 5, TEN).scripts("git:old", 2, "009").scripts("git:new", 7, TEN);
        assertThat(project.says(SCRIPTS_DIFFER, "prod")).isEmpty();
    }

    @Test
    void equal_sources_do_not_differ_and_one_has_nothing_to_differ_from() {
        project.environment("prod").scripts("image:1", 5, TEN).scripts("git:1", 2, TEN).environment("dev")
                .scripts("versions", 1, TEN).environment("blind");
        assertThat(project.says(SCRIPTS_DIFFER, "prod")).isEmpty();
        assertThat(project.says(SCRIPTS_DIFFER, "dev")).isEmpty();
        assertThat(project.says(SCRIPTS_DIFFER, "blind")).isNull();
    }

    @Test
    void a_folder_is_a_kind_of_its_own() {
        assertThat(ScriptsDifferRule.kind("git:4f2a91c")).isEqualTo("git");
        assertThat(ScriptsDifferRule.kind("/srv/navbot/alembic.ini")).isEqualTo("/srv/navbot/alembic.ini");
        assertThat(ScriptsDifferRule.kind("C:\\navbot")).isEqualTo("C:\\navbot");
    }

    @Test
    void a_revision_that_was_edited_after_it_ran_is_reported_with_both_digests() {
        edited().ran(1, "a", "b");
        assertThat(project.says(REVISION_EDITED, "prod")).isEqualTo(
                """
                        Revision 'b' is applied here, but its file changed.
                        Its digest is now bbbbbbbbbbbb.
                        Its digest was aaaaaaaaaaaa in 'versions' of 'prod' since 2026-01-01T12:00:00Z.
                        The code that ran may differ from the file.""");
        assertThat(finding(REVISION_EDITED, "prod").subject()).isEqualTo("b");
    }

    @Test
    void a_draft_that_was_edited_before_it_ran_is_not_reported() {
        edited().ran(20, "a", "b");
        assertThat(project.says(REVISION_EDITED, "prod")).isEmpty();
    }

    @Test
    void a_revision_that_is_not_applied_may_be_edited() {
        edited().rows("a");
        assertThat(project.says(REVISION_EDITED, "prod")).isEmpty();
    }

    @Test
    void another_environment_that_ran_another_file_is_reported() {
        project.environment("prod").scripts("versions", 0, NEW, "a b<a").rows("b").seen("versions", 3, NEW, "b<a")
                .environment("staging").scripts("versions", 0, OLD, "a b<a").rows("b").seen("versions", 0, OLD, "b<a");
        assertThat(project.says(REVISION_EDITED, "prod")).contains("'versions' of 'staging'");
        assertThat(project.says(REVISION_EDITED, "staging")).contains("'versions' of 'prod'");
    }

    @Test
    void a_file_in_which_only_comments_changed_is_information() {
        project.does(OLD, CODE).does(NEW, CODE);
        edited().ran(1, "a", "b");
        assertThat(finding(REVISION_EDITED, "prod").severity()).isEqualTo(Severity.INFO);
        assertThat(project.says(REVISION_EDITED, "prod")).isEqualTo(
                """
                        Revision 'b' is applied here, and only comments, formatting or the message of its file changed.
                        Its digest is now bbbbbbbbbbbb.
                        Its digest was aaaaaaaaaaaa in 'versions' of 'prod' since 2026-01-01T12:00:00Z.
                        Both files declare the same and have the same code.""");
    }

    @Test
    void the_same_code_in_another_environment_is_information_in_both() {
        project.does(OLD, CODE).does(NEW, CODE)
                .environment("prod").scripts("versions", 0, NEW, "a b<a").rows("b").seen("versions", 3, NEW, "b<a")
                .environment("staging").scripts("versions", 0, OLD, "a b<a").rows("b").seen("versions", 0, OLD, "b<a");
        assertThat(finding(REVISION_EDITED, "prod").severity()).isEqualTo(Severity.INFO);
        assertThat(finding(REVISION_EDITED, "staging").severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void another_code_is_no_information_but_a_warning() {
        project.does(OLD, CODE).does(NEW, OTHER_CODE);
        edited().ran(1, "a", "b");
        assertThat(finding(REVISION_EDITED, "prod").severity()).isEqualTo(Severity.WARNING);
        assertThat(project.says(REVISION_EDITED, "prod"))
                .endsWith("What it declares did not change, but its code did.");
    }

    @Test
    void an_accepted_edit_stays_accepted_when_only_a_comment_changes() {
        String reformatted = "c".repeat(64);
        String changed = "d".repeat(64);
        AcceptedFinding accepted = accepted(editedTo(NEW));
        assertThat(accepted.covers(editedTo(reformatted))).isTrue();
        assertThat(accepted.covers(editedTo(changed))).isFalse();
    }

    private static AcceptedFinding accepted(Finding finding) {
        return new AcceptedFinding("prod", finding.code(), finding.subject(), finding.severity(),
                AcceptedFinding.facts(finding), "known", "dba", Instant.MAX);
    }

    /** b ran as one file and is another one now; the new ones are two layouts of one code, and another code. */
    private static Finding editedTo(String digest) {
        DrawnProject project = new DrawnProject().does(OLD, CODE).does(NEW, OTHER_CODE)
                .does("c".repeat(64), OTHER_CODE)
                .does("d".repeat(64), new SemanticDigest(1, "3".repeat(64), true, false))
                .environment("prod").scripts("versions", 0, digest, "a b<a").rows("b").ran(1, "a", "b")
                .seen("versions", 0, OLD, "b<a").seen("versions", 10, digest, "b<a");
        return Objects.requireNonNull(project.evaluate(REVISION_EDITED).get("prod")).getFirst();
    }

    @Test
    void the_same_code_under_other_parents_is_another_file() {
        project.does(OLD, CODE).does(NEW, CODE);
        moved("staging").rows("b8c9").ran(1, "79fa", "b8c9");
        assertThat(finding(REVISION_EDITED, "staging").severity()).isEqualTo(Severity.WARNING);
        assertThat(project.says(REVISION_EDITED, "staging")).endsWith("Its parents changed, and its code did not.");
    }

    @Test
    void a_file_whose_code_nobody_could_read_is_compared_by_its_bytes() {
        project.does(NEW, CODE);
        edited().ran(1, "a", "b");
        assertThat(finding(REVISION_EDITED, "prod").severity()).isEqualTo(Severity.WARNING);
        assertThat(project.says(REVISION_EDITED, "prod")).endsWith("The code that ran may differ from the file.");
    }

    @Test
    void code_that_agents_of_different_versions_read_is_not_compared() {
        project.does(OLD, new SemanticDigest(9, "0".repeat(64), true, false)).does(NEW, CODE);
        edited().ran(1, "a", "b");
        assertThat(project.says(REVISION_EDITED, "prod")).isNull();
        assertThat(project.says(LINEAGE_REWRITTEN, "prod")).isEmpty();
    }

    @Test
    void what_was_tried_after_it_ran_and_taken_back_is_not_what_ran() {
        String tried = "c".repeat(64);
        project.does(OLD, CODE).does(tried, OTHER_CODE).does(NEW, CODE);
        project.environment("prod").scripts("versions", 0, NEW, "a b<a").rows("b").ran(1, "a", "b")
                .seen("versions", 0, OLD, "b<a").seen("versions", 5, tried, "b<a").seen("versions", 10, NEW, "b<a");
        assertThat(finding(REVISION_EDITED, "prod").severity()).isEqualTo(Severity.INFO);
        assertThat(project.says(REVISION_EDITED, "prod")).doesNotContain("cccccccccccc");
    }

    @Test
    void a_hotfix_that_moves_a_revision_leaves_one_behind_that_never_ran() {
        moved("staging").rows("b8c9").ran(1, "79fa", "b8c9");
        Finding finding = finding(LINEAGE_REWRITTEN, "staging");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(DrawnProject.sentences(finding)).isEqualTo("""
                Revision 'b8c9' is applied here and was moved: it followed '79fa' and now follows 'icon'.
                It followed '79fa' in 'versions' of 'staging' since 2026-01-01T12:00:00Z.
                It follows 'icon' in 'versions' of 'staging' since 2026-01-01T12:10:00Z.
                Because of that, 'icon' counts as applied, although no agent observed that it ran.""");
        assertThat(finding.evidence()).contains(new Exhibit(Exhibit.What.OLD_PARENT, "79fa"),
                new Exhibit(Exhibit.What.NEW_PARENT, "icon"),
                new Exhibit(Exhibit.What.REVISION_NEVER_SEEN_TO_RUN, "icon"));
        assertThat(finding.plan()).extracting(PlanStep::command).containsExactly(
                "alembic -c conf/alembic.ini upgrade 79fa:icon --sql", null);
    }

    @Test
    void what_was_seen_to_run_needs_nothing_though_its_row_was_written_by_hand_beside_another() {
        moved("production").rows("b8c9", "icon").ran(1, "79fa", "icon");
        Finding finding = finding(LINEAGE_REWRITTEN, "production");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(DrawnProject.sentences(finding))
                .endsWith("'icon' counts as applied, and agents observed that it ran.");
    }

    @Test
    void a_database_that_came_along_after_the_move_was_led_the_new_way() {
        moved("late").rows("b8c9").ran(20, "79fa", "icon", "b8c9");
        assertThat(project.says(LINEAGE_REWRITTEN, "late")).isEmpty();
        assertThat(project.environment("new").scripts("versions", 30, NEW, "79fa icon<79fa b8c9<icon").rows("b8c9")
                .says(LINEAGE_REWRITTEN, "new")).isEmpty();
    }

    @Test
    void two_forked_environments_are_reported_with_each_other() {
        project.environment("prod").scripts("versions", 0, "a b<a c<a").rows("b")
                .environment("staging").scripts("versions", 0, "a b<a c<a").rows("c");
        assertThat(project.says(FORKED, "prod")).isEqualTo(
                "'b' is applied here but not in 'staging', and 'c' is applied there but not here.");
        assertThat(project.says(FORKED, "staging")).startsWith("'c' is applied here but not in 'prod'");
    }

    @Test
    void of_many_environments_only_the_different_one_is_reported() {
        for (int tenant = 1; tenant <= 9; tenant++) {
            project.environment("tenant" + tenant).scripts("versions", 0, "a b<a c<a").rows(tenant == 5 ? "c" : "b");
        }
        assertThat(project.says(FORKED, "tenant5")).contains("'tenant1'", "and 2 more");
        assertThat(project.says(FORKED, "tenant1")).isEmpty();
    }

    @Test
    void a_fork_whose_sides_have_the_same_code_names_it_and_warns_of_running_it_twice() {
        project.does(OLD, CODE)
                .environment("prod").scripts("versions", 0, OLD, "a b<a c<a").rows("b")
                .environment("staging").scripts("versions", 0, OLD, "a b<a c<a").rows("c");
        assertThat(project.says(FORKED, "prod")).isEqualTo(
                """
                        'b' is applied here but not in 'staging', and 'c' is applied there but not here.
                        'b' has the same code as 'c' of 'staging'.""");
        assertThat(finding(FORKED, "prod").plan().getFirst().details()).contains(
                "The upgrade runs the same code again for 'b' and 'c'. Change these revisions first to skip what exists.");
    }

    @Test
    void an_environment_behind_or_of_another_group_is_not_forked() {
        project.environment("prod").scripts("versions", 0, "a b<a c<b d<a").rows("b")
                .environment("staging").scripts("versions", 0, "a b<a c<b d<a").rows("c")
                .environment("try").label("group", "drafts").scripts("versions", 0, "a b<a c<b d<a").rows("d")
                .environment("empty").scripts("versions", 0, "a").rows();
        for (String name : List.of("prod", "staging", "try", "empty")) {
            assertThat(project.says(FORKED, name)).as(name).isEmpty();
        }
    }

    @Test
    void an_unknown_or_unread_row_leaves_forks_undecided() {
        project.environment("odd").scripts("versions", 0, "a").rows("zz").environment("unread")
                .scripts("versions", 0, "a");
        assertThat(project.says(FORKED, "odd")).isNull();
        assertThat(project.says(FORKED, "unread")).isNull();
    }

    @Test
    void the_same_revisions_with_another_schema_are_reported_object_by_object() {
        for (String name : List.of("one", "two", "odd")) {
            project.environment(name).scripts("versions", 0, "a").rows("a")
                    .schema("public", name.equals("odd")
                            ? new String[]{"users", "audit"}
                            : new String[]{"users", "orders"});
        }
        assertThat(project.says(SCHEMA_DIFFERS, "odd")).contains(
                "The schema differs from that of 'one' in 2 objects, although both are at 'a'.",
                "table orders is missing", "table audit exists only here",
                "1 other environment has the same schema as 'one'.");
        assertThat(project.says(SCHEMA_DIFFERS, "one")).isEmpty();
    }

    @Test
    void a_schema_of_another_name_and_other_revisions_are_no_difference() {
        project.environment("t1").scripts("versions", 0, "a b<a").rows("a").schema("tenant1", "users")
                .environment("t2").scripts("versions", 0, "a b<a").rows("a").schema("tenant2", "users")
                .environment("t3").scripts("versions", 0, "a b<a").rows("b").schema("public", "users", "orders");
        for (String name : List.of("t1", "t2", "t3")) {
            assertThat(project.says(SCHEMA_DIFFERS, name)).as(name).isEmpty();
        }
        assertThat(project.environment("unread").scripts("versions", 0, "a").rows("a")
                .says(SCHEMA_DIFFERS, "unread")).isNull();
    }

    @Test
    void schemas_that_agents_of_two_versions_read_are_no_difference_and_no_agreement() {
        project.environment("one").scripts("versions", 0, "a").rows("a").schema(2, "public", "users")
                .environment("two").scripts("versions", 0, "a").rows("a").schema(3, "public", "users", "orders");
        assertThat(project.says(SCHEMA_DIFFERS, "one")).isNull();
        assertThat(project.says(SCHEMA_DIFFERS, "two")).isNull();
    }

    @Test
    void most_environments_are_the_measure_and_other_forms_do_not_count() {
        for (String name : List.of("one", "two", "three")) {
            project.environment(name).scripts("versions", 0, "a").rows("a").schema("public", "users");
        }
        project.environment("odd").scripts("versions", 0, "a").rows("a").schema("public", "users", "audit");
        assertThat(project.says(SCHEMA_DIFFERS, "one")).isEmpty();
        project.environment("new").scripts("versions", 0, "a").rows("a").schema(3, "public", "users");
        assertThat(project.says(SCHEMA_DIFFERS, "one")).isEmpty();
        assertThat(project.says(SCHEMA_DIFFERS, "odd")).contains("table audit exists only here");
        assertThat(project.says(SCHEMA_DIFFERS, "new")).isNull();
        project.environment("newer").scripts("versions", 0, "a").rows("a").schema(3, "public", "users");
        assertThat(project.says(SCHEMA_DIFFERS, "one")).as("two others may agree with the odd one").isNull();
    }

    @Test
    void scripts_that_agents_of_two_versions_read_do_not_differ() {
        project.environment("prod").scripts("versions", 0, "a b<a").scripts(2, "git:1", 0, "a c<a");
        assertThat(project.says(SCRIPTS_DIFFER, "prod")).isNull();
        project.environment("prod").scripts("versions", 0, "a b<a").scripts(1, "git:1", 0, "a c<a");
        assertThat(project.says(SCRIPTS_DIFFER, "prod")).contains("git:1", "'b'", "'c'");
    }

    @Test
    void digests_that_were_made_in_two_ways_are_neither_an_edit_nor_none() {
        project.environment("prod").scripts("versions", 0, "lines:" + NEW, "a b<a").rows("b").ran(1, "a", "b")
                .seen("versions", 0, OLD, "b<a").seen("versions", 10, "lines:" + NEW, "b<a");
        assertThat(project.says(REVISION_EDITED, "prod")).isNull();
        assertThat(project.says(LINEAGE_REWRITTEN, "prod")).isNull();
    }

    @Test
    void one_file_that_two_readers_take_to_follow_different_parents_was_not_moved() {
        project.environment("staging").scripts("versions", 0, NEW, "79fa icon<79fa b8c9<icon").rows("b8c9")
                .ran(1, "79fa", "b8c9").seen("versions", 0, NEW, "b8c9<79fa");
        assertThat(project.says(LINEAGE_REWRITTEN, "staging")).isEmpty();
    }

    /** b was one file from the beginning and is another one since minute 10. */
    private DrawnProject edited() {
        return project.environment("prod").scripts("versions", 0, NEW, "a b<a").rows("b")
                .seen("versions", 0, OLD, "b<a").seen("versions", 10, NEW, "b<a");
    }

    /** b8c9 followed 79fa from the beginning and follows icon since minute 10. */
    private DrawnProject moved(String environment) {
        return project.environment(environment).scripts("versions", 0, NEW, "79fa icon<79fa b8c9<icon")
                .seen("versions", 0, OLD, "b8c9<79fa").seen("versions", 10, NEW, "b8c9<icon");
    }

    private Finding finding(DivergenceCode code, String environment) {
        List<Finding> found = Objects.requireNonNull(project.evaluate(code).get(environment));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
