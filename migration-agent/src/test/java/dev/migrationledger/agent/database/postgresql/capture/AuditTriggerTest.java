package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.ReplayContext;
import dev.migrationledger.agent.inference.replay.TransactionReplay;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What triggers on the version table write is no work of a migration. */
class AuditTriggerTest {

    private static final RevisionGraph GRAPH = RevisionGraph.of(List.of(
            revision("a", List.of()), revision("b", List.of("a")), revision("x", List.of())));

    private static Revision revision(String id, List<String> parents) {
        return new Revision(id, parents, List.of(), List.of(), null, id + ".py", "digest");
    }

    private static final String AUDIT = """
            CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO audit_log VALUES (TG_OP); RETURN coalesce(NEW, OLD); END $$""";

    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON alembic_version FOR EACH ROW EXECUTE FUNCTION audit()",
        "CREATE TRIGGER audit BEFORE INSERT OR UPDATE OR DELETE ON alembic_version FOR EACH ROW EXECUTE FUNCTION audit()",
        "CREATE TRIGGER audit BEFORE INSERT OR UPDATE OR DELETE ON alembic_version FOR EACH STATEMENT EXECUTE FUNCTION audit()",
        "CREATE TRIGGER \"!audit\" AFTER INSERT OR UPDATE OR DELETE ON alembic_version FOR EACH ROW EXECUTE FUNCTION audit()",
        "CREATE RULE audit AS ON UPDATE TO alembic_version DO ALSO INSERT INTO audit_log VALUES ('rule')"})
    void a_stamp_of_two_rows_is_never_certainly_applied(String audit) throws Exception {
        for (int version : audit.contains("AFTER") ? List.of(13, 15, 18) : List.of(18)) {
            try (Sandbox database = Sandbox.on(version)) {
                database.run("INSERT INTO alembic_version VALUES ('a'), ('x')", "CREATE TABLE audit_log (what text)",
                        AUDIT, audit);
                database.install();
                database.transaction("DELETE FROM alembic_version WHERE alembic_version.version_num = 'x'",
                        "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'");
                assertThat(events(database)).as(audit).isNotEmpty().allMatch(
                        event -> !(event instanceof RevisionApplied applied)
                                || applied.evidence().certainty() == Certainty.PRESUMED);
                assertThat(events(database)).filteredOn(RevisionApplied.class::isInstance)
                        .allSatisfy(event -> assertThat(((RevisionApplied) event).evidence().clues())
                                .hasAtLeastOneElementOfType(Clue.OtherTriggers.class));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void a_migration_before_the_first_row_is_certain_beside_an_audit_trigger_that_comes_after(int version)
            throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.run("INSERT INTO alembic_version VALUES ('a'), ('x')", "CREATE TABLE audit_log (what text)", AUDIT,
                    "CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON alembic_version FOR EACH ROW EXECUTE FUNCTION audit()");
            database.install();
            database.transaction("CREATE TABLE users (id int)",
                    "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'");
            assertThat(events(database)).singleElement()
                    .isInstanceOfSatisfying(RevisionApplied.class, applied -> assertThat(applied.evidence()).extracting(
                            Evidence::certainty).isEqualTo(Certainty.CERTAIN));
        }
    }

    private static List<AgentEvent> events(Sandbox database) throws Exception {
        List<CapturedChange> changes = database.read().stream().flatMap(it -> it.changes().stream()).toList();
        VersionTableRows now = new VersionTableRows(false,
                changes.getFirst().operation() == CapturedChange.Operation.DELETE ? List.of("b") : List.of("b", "x"));
        ReplayContext known = new ReplayContext(GRAPH, RevisionFootprints.NONE, "public.alembic_version", false);
        return TransactionReplay.of(new VersionTableRows(false, List.of("a", "x")), changes, now, known).transitions()
                .stream()
                .filter(Captured.class::isInstance).map(Captured.class::cast).map(Captured::event).toList();
    }
}
