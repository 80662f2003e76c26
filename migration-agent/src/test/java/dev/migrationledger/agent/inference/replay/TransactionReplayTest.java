package dev.migrationledger.agent.inference.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Clue.WrittenRows;
import dev.migrationledger.contracts.event.Clue.Wrote;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionReplayTest {

    /** A line of four, forked after b, merged in m; x is a branch of its own that y needs b for. */
    private static final RevisionGraph GRAPH = RevisionGraph.of(DrawnHistory.revisions("""
            a <- b <- c <- d
            b <- e
            d <- m
            e <- m
            x <- y
            y ~> b
            """));

    private final CapturedLog captured = new CapturedLog();
    private final Map<String, Footprint> footprints = new HashMap<>();
    private boolean eventTriggers;

    @Test
    void each_revision_of_one_transaction_is_classified_by_its_own_work() {
        captured.work().insert("a").work().update("a", "b").data().update("b", "c");

        assertThat(replayed("missing", "c")).containsExactly(
                "applied a (trigger, certain)", "applied b (trigger, certain)", "applied c (trigger, certain)");
    }

    @Test
    void each_revision_in_a_transaction_of_its_own() {
        captured.work().insert("a").begin().work().update("a", "b").begin().work().update("b", "c");

        assertThat(replayed("", "c")).containsExactly(
                "applied a (trigger, certain)", "applied b (trigger, certain)", "applied c (trigger, certain)");
    }

    @Test
    void a_downgrade_runs_first_and_writes_its_row_second_too() {
        captured.work().update("c", "b").work().update("b", "a").work().delete("a");

        assertThat(replayed("c", "")).containsExactly(
                "reverted c (trigger, certain)", "reverted b (trigger, certain)", "reverted a (trigger, certain)");
    }

    @Test
    void a_merge_that_ran_deletes_and_updates() {
        captured.work().delete("e").update("d", "m");

        assertThat(replayed("d e", "m")).containsExactly("applied m (trigger, certain)");
    }

    @Test
    void a_merge_that_did_nothing_is_presumed_to_have_run() {
        captured.delete("d").update("e", "m");

        assertThat(replayed("d e", "m")).containsExactly("applied m (trigger, presumed)");
    }

    @Test
    void the_way_back_from_a_merge_inserts_and_updates() {
        captured.insert("d").update("m", "e");
        assertThat(replayed("m", "d e")).containsExactly("reverted m (trigger, presumed)");

        captured.begin().work().delete("e").work().update("d", "c");
        assertThat(replayed("m", "c")).containsExactly(
                "reverted m (trigger, presumed)", "reverted e (trigger, certain)", "reverted d (trigger, certain)");
    }

    @Test
    void a_dependency_is_taken_together_like_a_parent() {
        captured.work().delete("b").update("x", "y");
        assertThat(replayed("b x", "y")).containsExactly("applied y (trigger, certain)");

        captured.begin().work().insert("b").update("y", "x");
        assertThat(replayed("b x", "b x")).containsExactly(
                "applied y (trigger, certain)", "reverted y (trigger, certain)");
    }

    @Test
    void a_branch_of_its_own_comes_and_goes() {
        captured.work().insert("x").begin().work().delete("x");

        assertThat(replayed("b", "b")).containsExactly("applied x (trigger, certain)", "reverted x (trigger, certain)");
    }

    @Test
    void a_jump_over_several_revisions_is_a_stamp() {
        captured.update("a", "d");
        assertThat(replayed("a", "d")).containsExactly("stamped [d] for [a] (trigger, certain)");

        captured.begin().work().update("d", "a");
        assertThat(replayed("a", "a")).containsExactly(
                "stamped [d] for [a] (trigger, certain)", "stamped [a] for [d] (trigger, certain)");
    }

    @Test
    void a_stamp_at_first() {
        captured.insert("c");

        assertThat(replayed("missing", "c")).containsExactly("stamped [c] for [] (trigger, certain)");
    }

    @Test
    void a_stamp_down_of_several_heads_is_one_command() {
        captured.delete("d").update("e", "a");

        assertThat(replayed("d e", "a")).containsExactly("stamped [a] for [d, e] (trigger, certain)");
    }

    @Test
    void a_stamp_to_base_leaves_no_row_and_one_of_a_branch_names_those_that_stay() {
        captured.delete("d").delete("x");
        assertThat(replayed("d x", "")).containsExactly("stamped [] for [d, x] (trigger, certain)");

        captured.changes.clear();
        captured.begin().delete("d");
        assertThat(replayed("d x", "x")).containsExactly("stamped [x] for [d] (trigger, certain)");
    }

    @Test
    void a_purge_is_a_stamp_even_of_what_does_nothing() {
        footprints.put("a", Footprint.NONE);
        captured.purge("d", "e").insert("a");

        assertThat(replayed("d e", "a")).containsExactly("stamped [a] for [d, e] (trigger, certain)");
    }

    @Test
    void a_purge_to_base_and_one_to_the_same_revision() {
        captured.purge("a");
        assertThat(replayed("a", "")).containsExactly("stamped [] for [a] (trigger, certain)");

        captured.changes.clear();
        captured.begin().purge("c").insert("c");
        assertThat(replayed("c", "c")).containsExactly("stamped [c] for [c] (trigger, certain)");
    }

    @Test
    void a_step_without_work_is_judged_by_what_it_should_have_done() {
        captured.update("a", "b");
        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");

        footprints.put("b", Footprint.NONE);
        assertThat(replayed("a", "b")).containsExactly("applied b (trigger, presumed)");

        footprints.put("b", creates("table users", "users"));
        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, certain)");

        footprints.put("b", unknown());
        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");
    }

    @Test
    void a_new_value_of_an_enum_may_have_committed_what_was_done_before_it() {
        Effects both = new Effects(List.of(
                effect(Action.CREATE, ObjectName.table(null, "users")),
                effect(Action.ALTER, new ObjectName(ObjectKind.ENUM, null, null, "mood"))));
        footprints.put("b", new Footprint(both, Effects.NONE));
        captured.update("a", "b");

        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");

        eventTriggers = true;
        assertThat(replayed("a", "b")).as("event triggers see it in any transaction")
                .containsExactly("stamped [b] for [a] (trigger, certain)");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void work_committed_before_the_row_may_be_uncaptured(boolean commits, boolean commitsEachStatement) {
        List<Effect> creates = List.of(effect(Action.CREATE, ObjectName.table(null, "users")));
        footprints.put("b", new Footprint(new Effects(creates, commits, commitsEachStatement), Effects.NONE));
        captured.update("a", "b");

        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");

        eventTriggers = true;
        assertThat(replayed("a", "b")).as("event triggers see it in any transaction")
                .containsExactly("stamped [b] for [a] (trigger, certain)");
    }

    @Test
    void data_alone_is_not_the_table_that_a_revision_creates() {
        footprints.put("b", creates("table", "teams"));
        captured.data().update("a", "b");

        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");
    }

    @Test
    void data_beside_an_index_that_may_have_been_made_concurrently_is_a_migration() {
        footprints.put("b", creates("index", "by_mail"));
        captured.data().update("a", "b");

        assertThat(replayed("a", "b")).as("which the script does not write")
                .containsExactly("applied b (trigger, presumed)");
    }

    @Test
    void rows_of_one_statement_are_known_by_its_mark() {
        String mark = " /* redacted 0123456789abcdef */";
        captured.add(Operation.DELETE, "d", null,
                "DELETE FROM alembic_version WHERE version_num IN ('d', '***')" + mark)
                .add(Operation.DELETE, "x", null,
                        "DELETE FROM alembic_version WHERE version_num IN ('***', 'x')" + mark);
        assertThat(replayed("d x", "")).hasSize(1);

        captured.changes.clear();
        captured.begin()
                .add(Operation.DELETE, "d", null,
                        "DELETE FROM alembic_version WHERE version_num IN ('d', '***')" + mark)
                .add(Operation.DELETE, "x", null,
                        "DELETE FROM alembic_version WHERE version_num IN ('***', 'x')" + mark.replace('0', '1'));
        assertThat(replayed("d x", "")).hasSize(2);
    }

    @Test
    void what_a_trigger_of_the_version_table_may_have_written_is_no_certain_migration() {
        captured.delete("x").data().trigger("audit").update("a", "b");
        assertThat(replayed("a x", "b")).containsExactly("stamped [a] for [x] (trigger, presumed)",
                "applied b (trigger, presumed)");

        captured.changes.clear();
        footprints.put("x", creates("table", "teams"));
        captured.begin().delete("x").data().trigger("audit").update("a", "b");
        footprints.put("x", new Footprint(Effects.NONE, creates("table", "teams").upgrade()));
        assertThat(replayed("a x", "b")).as("beside a certain stamp").singleElement().asString()
                .startsWith("stamped [b] for [x, a]");

        captured.changes.clear();
        footprints.put("b", creates("table", "users"));
        captured.begin().work().object("table", "public.users").trigger("audit").update("a", "b");
        assertThat(replayed("a", "b")).as("no audit trigger creates this table")
                .containsExactly("applied b (event-trigger, certain)");

        captured.changes.clear();
        captured.begin().delete("e").data().trigger("audit").update("d", "m");
        assertThat(replayed("d e", "m")).as("a merge stays one step").containsExactly("applied m (trigger, presumed)");
    }

    @Test
    void between_steps_that_ran_a_step_that_left_nothing_ran_too() {
        captured.work().insert("a").update("a", "b").work().update("b", "c");

        assertThat(replayed("", "c")).containsExactly("applied a (trigger, certain)", "applied b (trigger, presumed)",
                "applied c (trigger, certain)");
    }

    @Test
    void a_step_whose_schema_change_found_nothing_to_do_is_presumed_to_have_run() {
        captured.idle().update("a", "b");
        assertThat(replayed("a", "b")).containsExactly("applied b (trigger, presumed)");

        captured.changes.clear();
        captured.begin().idle().update("b", "a");
        assertThat(replayed("b", "a")).containsExactly("reverted b (trigger, presumed)");

        footprints.put("b", creates("table", "users"));
        captured.changes.clear();
        captured.begin().idle().update("a", "b");
        assertThat(replayed("a", "b")).as("the revision makes a table, whatever is there")
                .containsExactly("stamped [b] for [a] (trigger, certain)");

        footprints.put("x", Footprint.NONE);
        captured.changes.clear();
        captured.begin().idle().update("a", "d").insert("x");
        assertThat(replayed("a", "d x")).as("an attempt before a jump does not prove the other step")
                .containsExactly("stamped [d, x] for [a] (trigger, certain)");
    }

    @Test
    void beside_a_certain_stamp_a_step_that_left_nothing_was_stamped() {
        footprints.put("x", Footprint.NONE);
        captured.update("a", "d").insert("x");

        assertThat(replayed("a", "d x")).containsExactly("stamped [d, x] for [a] (trigger, certain)");
    }

    @Test
    void what_a_session_did_just_before_in_other_transactions_belongs_to_its_next_row() {
        captured.schemaOnly("index", "public.by_mail").update("a", "b");
        assertThat(replayed("a", "b")).containsExactly("applied b (event-trigger, presumed)");

        // As certain as it gets: it may have been made by hand before a stamp.
        footprints.put("b", creates("index", "by_mail"));
        assertThat(replayed("a", "b")).containsExactly("applied b (event-trigger, presumed)");
    }

    @Test
    void a_stamp_after_other_work_of_its_session_is_none_of_a_revision_that_makes_something_else() {
        eventTriggers = true;
        footprints.put("b", creates("index", "by_mail"));
        captured.schemaOnly("table", "public.stray").update("a", "b");

        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");
    }

    @Test
    void what_a_session_seems_to_have_written_just_before_is_presumed_to_be_its_work() {
        captured.earlier().update("a", "b");

        assertThat(replayed("a", "b")).containsExactly("applied b (trigger, presumed)");
    }

    @Test
    void what_another_session_did_or_this_one_long_ago_does_not() {
        captured.schemaOnly("index", "public.by_mail").session(99).update("a", "b");
        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");

        captured.changes.clear();
        captured.schemaOnly("index", "public.by_mail").seconds(61).update("a", "b");
        assertThat(replayed("a", "b")).containsExactly("stamped [b] for [a] (trigger, presumed)");
    }

    @Test
    void a_concurrent_index_that_an_earlier_poll_found_is_still_attributed() {
        captured.schemaOnly("index", "public.by_mail").update("a", "b");
        TransactionReplay first = TransactionReplay.of(rows("a"), captured.changes.subList(0, 1), rows("a"), known());
        assertThat(first.transitions()).isEmpty();

        List<CapturedChange> next = new ArrayList<>(first.unclaimed());
        next.add(captured.changes.getLast());
        TransactionReplay second = TransactionReplay.of(rows("a"), next, rows("b"), known());
        assertThat(second.transitions().stream().map(EventText::of))
                .containsExactly("applied b (event-trigger, presumed)");
        assertThat(second.unclaimed()).isEmpty();
    }

    @Test
    void a_hand_written_statement_is_an_edit_with_user_and_program() {
        String statement = "update alembic_version set version_num = 'b'";
        captured.add(Operation.UPDATE, "a", "b", statement);

        List<Transition> replayedTransitions = replayedTransitions("a", "b");

        assertThat(replayedTransitions).singleElement().isInstanceOfSatisfying(Captured.class, deed -> {
            assertThat(deed.at()).isEqualTo(Instant.ofEpochSecond(1_000_000));
            assertThat(deed.event()).isInstanceOfSatisfying(VersionTableEdited.class, edited -> {
                assertThat(edited.before()).containsExactly("a");
                assertThat(edited.after()).containsExactly("b");
                Attribution attribution = Optional.ofNullable(edited.evidence().attribution()).orElseThrow();
                assertThat(attribution.statement()).isEqualTo(statement);
                assertThat(attribution.actor()).isEqualTo(captured.changes.getFirst().actor());
            });
        });
    }

    @Test
    void one_statement_by_hand_that_changes_many_rows_is_one_edit() {
        String statement = "DELETE FROM alembic_version WHERE version_num IN ('d', 'e')";
        captured.add(Operation.DELETE, "d", null, statement).add(Operation.DELETE, "e", null, statement);

        assertThat(replayed("d e", "")).containsExactly("edited [d, e] to []");
    }

    @Test
    void a_migration_by_hand_is_an_edit_that_names_what_else_was_written() {
        captured.work().add(Operation.INSERT, null, "a", "INSERT INTO alembic_version VALUES ('a')");

        assertThat(replayedTransitions("", "a")).singleElement().isInstanceOfSatisfying(Captured.class,
                deed -> assertThat(((VersionTableEdited) deed.event()).evidence().clues())
                        .filteredOn(Wrote.class::isInstance).singleElement()
                        .isInstanceOfSatisfying(Wrote.class, wrote -> assertThat(wrote.rows())
                                .contains(new WrittenRows("pg_attribute", 7))));
    }

    @Test
    void truncating_and_dropping_are_edits() {
        captured.add(Operation.TRUNCATE, null, null, "TRUNCATE alembic_version");
        assertThat(replayed("d x", "")).containsExactly("edited [d, x] to []");

        captured.begin().add(Operation.DROP, null, null, "DROP TABLE alembic_version");
        assertThat(replayed("d x", "missing")).containsExactly("edited [d, x] to []", "edited [] to []");
    }

    @Test
    void rows_that_overlap_were_not_left_by_the_migration_tool() {
        captured.insert("c");

        assertThat(replayed("a", "a c")).containsExactly("edited [a] to [a, c]");
    }

    @Test
    void an_implied_row_that_comes_and_goes_is_an_edit() {
        captured.insert("a");

        assertThat(replayed("c", "a c")).containsExactly("edited [c] to [a, c]");
    }

    @Test
    void a_row_that_the_scripts_do_not_know_is_less_certain() {
        captured.work().update("b", "zzz");
        assertThat(replayed("b", "zzz")).containsExactly("applied zzz (trigger, presumed)");

        captured.begin().work().delete("zzz");
        assertThat(replayed("b", "")).containsExactly(
                "applied zzz (trigger, presumed)", "reverted zzz (trigger, presumed)");

        captured.changes.clear();
        captured.begin().update("b", "zzz");
        assertThat(replayed("b", "zzz")).containsExactly("stamped [zzz] for [b] (trigger, presumed)");
    }

    @Test
    void sessions_that_run_at_the_same_time_are_told_apart() {
        captured.in(1).work().insert("a").in(2).work().insert("x").in(1).work().update("a", "b");

        assertThat(replayed("", "b x")).containsExactly(
                "applied x (trigger, certain)", "applied a (trigger, certain)", "applied b (trigger, certain)");
    }

    @Test
    void what_was_not_captured_before_between_and_after_is_left_to_be_explained() {
        captured.work().update("b", "c");
        assertThat(replayed("a", "c")).containsExactly("uncaptured [a] to [b]", "applied c (trigger, certain)");
        assertThat(replayed("b", "d")).containsExactly("applied c (trigger, certain)", "uncaptured [c] to [d]");
        assertThat(replayed("b", "missing")).containsExactly("applied c (trigger, certain)",
                "uncaptured [c] to missing");

        captured.begin().work().update("d", "c");
        assertThat(replayed("b", "c")).containsExactly(
                "applied c (trigger, certain)", "uncaptured [c] to [d]", "reverted d (trigger, certain)");
        assertThat(replayed("a", "")).containsExactly(
                "uncaptured [a] to [b]", "applied c (trigger, certain)", "uncaptured [c] to [d]",
                "reverted d (trigger, certain)", "uncaptured [c] to []");
    }

    @Test
    void a_row_inserted_again_was_removed_without_capture() {
        captured.work().insert("a");

        assertThat(replayed("a", "a")).containsExactly("uncaptured [a] to []", "applied a (trigger, certain)");
    }

    @Test
    void a_first_poll_begins_where_the_captured_changes_begin() {
        captured.work().update("b", "c").begin().work().update("c", "d");

        assertThat(
                TransactionReplay.of(null, captured.changes, rows("d"), known()).transitions().stream()
                        .map(EventText::of))
                .containsExactly("applied c (trigger, certain)", "applied d (trigger, certain)");
    }

    @Test
    void without_changes_everything_is_left_to_be_explained() {
        assertThat(replayed("a", "c")).containsExactly("uncaptured [a] to [c]");
        assertThat(replayed("a", "a")).isEmpty();
        assertThat(replayed("missing", "missing")).isEmpty();
    }

    @Test
    void a_step_names_the_objects_that_event_triggers_captured() {
        captured.work().object("table", "public.users").insert("a");

        assertThat(replayedTransitions("", "a")).singleElement().isInstanceOfSatisfying(Captured.class, deed -> {
            Attribution attribution = ((RevisionApplied) deed.event()).evidence().attribution();
            assertThat(Optional.ofNullable(attribution).orElseThrow().objects())
                    .extracting(object -> object.kind() + " " + object.name()).containsExactly("table public.users");
        });
    }

    private List<String> replayed(String before, String now) {
        return replayedTransitions(before, now).stream().map(EventText::of).toList();
    }

    private List<Transition> replayedTransitions(String before, String now) {
        return TransactionReplay.of(rows(before), captured.changes, rows(now), known()).transitions();
    }

    private ReplayContext known() {
        return new ReplayContext(GRAPH, revision -> Optional.ofNullable(footprints.get(revision)), CapturedLog.TABLE,
                eventTriggers);
    }

    private static VersionTableRows rows(String rows) {
        return rows.equals("missing")
                ? VersionTableRows.MISSING
                : new VersionTableRows(false, rows.isEmpty() ? List.of() : List.of(rows.split(" ", -1)));
    }

    private static Footprint creates(String kind, String name) {
        ObjectName object = kind.equals("index")
                ? new ObjectName(ObjectKind.INDEX, null, null, name)
                : ObjectName.table(null, name);
        return new Footprint(new Effects(List.of(effect(Action.CREATE, object))), Effects.NONE);
    }

    private static Footprint unknown() {
        return new Footprint(new Effects(
                List.of(new Effect.Unread("f()", new UnknownOperation(Part.CALLEE_ELSEWHERE), null, Location.line(1)))),
                Effects.NONE);
    }

    private static Effect effect(Action action, ObjectName object) {
        Location here = Location.line(1);
        return action == Action.CREATE
                ? new Effect.Create(object, Definition.unknown(object.kind()), false, Condition.ALWAYS, here)
                : new Effect.Alter(object, List.of(), Condition.ALWAYS, here);
    }
}
