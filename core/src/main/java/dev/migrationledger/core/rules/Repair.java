package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode.Area;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one plan for an environment.
 *
 * @param steps all that were thought of, in order
 * @param reach how many of them may be taken before somebody has to look again
 */
record Repair(List<Step> steps, int reach) {
    Repair {
        steps = List.copyOf(steps);
    }

    /** @param of the divergences that it repairs, whichever of them are there */
    record Step(Set<DivergenceCode> of, PlanStep step) {}

    static Repair of(
            Observations seen, @Nullable SchemaSays schema, @Nullable Rows rows, Place place,
            @Nullable Confirmation confirmation) {
        Repair repair = new Planning(seen, schema, rows, place, confirmation).repair();
        PlanStep rather = SeveralVersionTables.advice(seen);
        return rather == null ? repair : repair.withoutCommands(rather);
    }

    /** A command would write another version table than the one that was judged. What is wrong with the scripts is mended all the same. */
    private Repair withoutCommands(PlanStep rather) {
        List<Step> kept = new ArrayList<>();
        Set<DivergenceCode> of = EnumSet.of(DivergenceCode.SEVERAL_VERSION_TABLES);
        for (Step step : steps) {
            if (step.of().stream().allMatch(Repair::isBrokenScript)) {
                kept.add(step);
            } else {
                of.addAll(step.of());
            }
        }
        kept.add(new Step(of, rather));
        return new Repair(kept, kept.size());
    }

    /** Several heads are merged by a command, and then upgraded to. */
    private static boolean isBrokenScript(DivergenceCode code) {
        return code.area() == Area.SCRIPTS && code != DivergenceCode.MULTIPLE_HEADS;
    }

    List<PlanStep> plan() {
        return steps.stream().limit(reach).map(Step::step).toList();
    }

    List<PlanStep> steps(DivergenceCode code) {
        return steps.stream().filter(step -> step.of().contains(code)).map(Step::step).toList();
    }

    /** Steps being written down, until one of them has no command. */
    static final class Draft {

        private final Commands commands;
        private final List<Step> steps = new ArrayList<>();
        private int reach = -1;

        Draft(Commands commands) {
            this.commands = commands;
        }

        void run(Set<DivergenceCode> of, String command, String why, String check) {
            add(of, new PlanStep(command, why + commands.tool().noteOn(command), check));
        }

        void add(Set<DivergenceCode> of, PlanStep step) {
            steps.add(new Step(of, step));
        }

        /** A person has to decide or do something. */
        void stop(Set<DivergenceCode> of, String why, String check) {
            add(of, new PlanStep(null, why, check));
            end();
        }

        /** What follows belongs to its findings, and is not taken before somebody has looked again. */
        void end() {
            if (reach < 0) {
                reach = steps.size();
            }
        }

        boolean isStopped() {
            return reach >= 0;
        }

        Repair done() {
            return new Repair(steps, reach < 0 ? steps.size() : reach);
        }
    }
}
