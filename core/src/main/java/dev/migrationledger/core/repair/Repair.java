package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode.Area;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaPosition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one plan for an environment.
 *
 * @param steps all that were thought of, in order
 * @param reach how many of them may be taken before somebody has to look again
 */
public record Repair(List<Step> steps, int reach) {
    public Repair {
        steps = List.copyOf(steps);
    }

    /** @param of the divergences that it repairs, whichever of them are there */
    record Step(Set<DivergenceCode> of, PlanStep step) {}

    public static Repair of(
            Observations seen, @Nullable SchemaAnalysis schema, @Nullable ResolvedRows rows, SchemaPosition place,
            @Nullable Confirmation confirmation) {
        Repair repair = new RepairPlanner(seen, schema, rows, place, confirmation).repair();
        PlanStep rather = OtherTableWritten.step(seen);
        return rather == null ? repair : repair.withoutCommands(rather);
    }

    /** A command would write another version table than the one that was judged. What is wrong with the scripts is mended all the same. */
    private Repair withoutCommands(PlanStep rather) {
        List<Step> remaining = new ArrayList<>();
        Set<DivergenceCode> of = EnumSet.of(DivergenceCode.SEVERAL_VERSION_TABLES);
        for (Step step : steps) {
            if (step.of().stream().allMatch(Repair::isBrokenScript)) {
                remaining.add(step);
            } else {
                of.addAll(step.of());
            }
        }
        remaining.add(new Step(of, rather));
        return new Repair(remaining, remaining.size());
    }

    /** Several heads are merged by a command, and then upgraded to. */
    private static boolean isBrokenScript(DivergenceCode code) {
        return code.area() == Area.SCRIPTS && code != DivergenceCode.MULTIPLE_HEADS;
    }

    public List<PlanStep> plan() {
        return steps.stream().limit(reach).map(Step::step).toList();
    }

    /** All steps up to the last one that repairs a divergence, because it may need those before it; none if no step repairs it. */
    public List<PlanStep> steps(DivergenceCode code) {
        int count = steps.size();
        while (count > 0 && !steps.get(count - 1).of().contains(code)) {
            count--;
        }
        return steps.subList(0, count).stream().map(Step::step).toList();
    }

    /** Steps in the making, until one of them has no command. */
    static final class Draft {

        private final Commands commands;
        private final List<Step> steps = new ArrayList<>();
        private int reach = -1;

        Draft(Commands commands) {
            this.commands = commands;
        }

        void run(Set<DivergenceCode> of, String command, String why, String check, List<String> details) {
            add(of, new PlanStep(command, why, check,
                    Stream.concat(details.stream(), commands.tool().notesOn(command).stream()).toList()));
        }

        void add(Set<DivergenceCode> of, PlanStep step) {
            steps.add(new Step(of, step));
        }

        /** A person has to decide or do something. */
        void stop(Set<DivergenceCode> of, PlanStep step) {
            add(of, step);
            end();
        }

        void stop(Set<DivergenceCode> of, String why, String check, List<String> details) {
            stop(of, new PlanStep(null, why, check, details));
        }

        void stop(Set<DivergenceCode> of, String why, String check) {
            stop(of, why, check, List.of());
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
