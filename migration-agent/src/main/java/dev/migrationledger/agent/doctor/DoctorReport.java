package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code doctor} answers: its components are the fields of {@code doctor --output json}.
 *
 * @param summary the verdict in a line for people
 * @param database without its password; absent: none was named
 * @param unnamed why no database was named although the configuration has one; absent: it has none, or one was named
 * @param scripts absent: there are none, or they could not be read
 * @param versionTable absent where the database could not be seen
 * @param stamped the rows of the version table; absent where the database could not be seen
 * @param physical absent unless both scripts and schema were seen
 * @param confirmation how far the schema bears out the stamp; absent where nothing is stamped, or the stamp is contradicted
 * @param causes the findings to repair, the first of the report first, each with those that it causes
 * @param plan the smallest that ends healthy
 * @param unseen what was asked for and could not be seen; with any of it, the verdict is that nobody can tell
 */
public record DoctorReport(
        Verdict verdict,
        String summary,
        @Nullable String database,
        @Nullable String unnamed,
        @Nullable Scripts scripts,
        @Nullable VersionTable versionTable,
        @Nullable List<String> stamped,
        @Nullable Physical physical,
        @Nullable Confirmation confirmation,
        List<Finding> findings,
        List<Cause> causes,
        List<PlanStep> plan,
        List<MissingInput> unseen) {

    /**
     * What was judged.
     *
     * @param source as the operator named it
     * @param revisions how many
     * @param heads revisions that no other follows or depends on
     */
    public record Scripts(String source, int revisions, List<String> heads) {
        static Scripts of(ScriptsSeen seen) {
            return new Scripts(seen.source(), seen.graph().revisions().size(), seen.graph().realHeads());
        }
    }

    /**
     * Which revisions the schema matches, as {@link PhysicalState} has it.
     *
     * @param exact whether there is exactly one set that matches
     */
    public record Physical(
            boolean exact,
            boolean complete,
            List<List<String>> candidates,
            List<List<String>> nearest,
            List<Discrepancy> discrepancies,
            List<Unexplained> unexplained,
            List<String> doubts) {
        static Physical of(PhysicalState state) {
            return new Physical(
                    state.exact(), state.complete(), state.candidates(), state.nearest(), state.discrepancies(),
                    state.unexplained(), state.doubts());
        }
    }

    /**
     * A finding that explains others: their repair is its own.
     *
     * @param subject as in the finding
     * @param consequences findings that end when this one is repaired
     */
    public record Cause(DivergenceCode code, String subject, List<Named> consequences) {
        static Cause of(RootCause cause) {
            return new Cause(cause.finding().code(), cause.finding().subject(),
                    cause.consequences().stream().map(it -> new Named(it.code(), it.subject())).toList());
        }
    }

    /** One of {@code findings}, by its code and subject. */
    public record Named(DivergenceCode code, String subject) {}

    static DoctorReport of(Examination examination, Diagnosis diagnosis) {
        ScriptsSeen scripts = examination.observations().scripts();
        Verdict verdict = Verdict.of(examination, diagnosis);
        PhysicalState physical = diagnosis.physical();
        return new DoctorReport(
                verdict,
                new Summary(examination, diagnosis).of(verdict),
                examination.database(),
                examination.unnamed(),
                scripts == null ? null : Scripts.of(scripts),
                examination.observations().versionTable(),
                diagnosis.stamped(),
                physical == null ? null : Physical.of(physical),
                diagnosis.confirmation(),
                diagnosis.findings(),
                RootCause.of(diagnosis.findings()).stream().map(Cause::of).toList(),
                diagnosis.plan(),
                examination.unseen());
    }

    int exitCode() {
        return switch (verdict) {
            case HEALTHY, BEHIND -> ExitCode.OK;
            case WARNING, WRONG -> ExitCode.FINDINGS;
            case UNCONFIRMED, UNKNOWN -> ExitCode.UNKNOWN;
        };
    }
}
