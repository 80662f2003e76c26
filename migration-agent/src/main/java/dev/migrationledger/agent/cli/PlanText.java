package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a plan for people, numbered.
 *
 * @param screen everything but commands is broken to fit it
 */
public record PlanText(String title, List<PlanStep> steps, Paint paint, Screen screen) {

    public PlanText {
        steps = List.copyOf(steps);
    }

    /** None where there is no step. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PlanStep step : steps) {
            int first = lines.size();
            String command = step.command();
            if (command != null) {
                // Broken only where it is broken already: it is to be copied.
                command.lines().forEach(line -> lines.add("    " + paint.strong(Paint.plain(line))));
            }
            lines.addAll(screen.wrapped("    ", Paint.plain(step.why())));
            int number = steps.indexOf(step) + 1;
            lines.set(first, "%2d. ".formatted(number) + lines.get(first).substring(4));
            for (String detail : step.details()) {
                List<String> wrapped = new ArrayList<>(screen.wrapped("      ", Paint.plain(detail)));
                wrapped.set(0, "    - " + wrapped.getFirst().substring(6));
                lines.addAll(wrapped);
            }
            if (!step.check().isEmpty()) {
                screen.wrapped("    ", Paint.plain("Check: " + step.check())).forEach(
                        line -> lines.add(paint.faint(line)));
            }
        }
        if (!lines.isEmpty()) {
            lines.addFirst(paint.strong(title));
        }
        return lines;
    }
}
