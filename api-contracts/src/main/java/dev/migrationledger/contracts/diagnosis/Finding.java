package dev.migrationledger.contracts.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named difference between what is and what should be.
 *
 * @param message what is wrong with the actual names and values, and what to do next
 * @param plan steps that repair it, in order; empty where nothing safe can be said
 */
public record Finding(
        DivergenceCode code, Severity severity, String message, List<Exhibit> evidence, List<PlanStep> plan) {
    public Finding {
        evidence = List.copyOf(evidence);
        plan = List.copyOf(plan);
    }

    public static Finding error(DivergenceCode code, String message, Exhibit... evidence) {
        return new Finding(code, Severity.ERROR, message, List.of(evidence), List.of());
    }

    public static Finding warning(DivergenceCode code, String message, Exhibit... evidence) {
        return new Finding(code, Severity.WARNING, message, List.of(evidence), List.of());
    }

    /**
     * Something that anybody can go and look at.
     *
     * @param what its kind: {@code file}, {@code revision}, {@code row}, {@code object}, {@code expression} …
     * @param line in the file, from 1; absent where it has none
     */
    public record Exhibit(
            String what, String value, @Nullable Integer line) {
        public static Exhibit file(String file) {
            return new Exhibit("file", file, null);
        }

        public static Exhibit file(String file, int line) {
            return new Exhibit("file", file, line);
        }

        public static Exhibit revision(String revision) {
            return new Exhibit("revision", revision, null);
        }
    }

    /**
     * One step of a repair.
     *
     * @param command exactly as it is to be typed
     * @param why why it is safe
     * @param check how to see that it worked
     */
    public record PlanStep(String command, String why, String check) {}
}
