package dev.migrationledger.contracts.diagnosis;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named difference between what is and what should be.
 *
 * @param subject what of an environment it is about: stays the same as long as it is the same divergence, whatever the message
 *     says; an id, a file, a source. Empty where an environment has at most one with this code
 * @param message what is wrong with the actual names and values: one sentence of at most 25 words; its details are evidence, and what to
 *     do is the plan
 * @param plan steps that repair it, in order; empty where nothing safe can be said
 */
public record Finding(
        DivergenceCode code,
        Severity severity,
        String subject,
        String message,
        List<Exhibit> evidence,
        List<PlanStep> plan) {
    public Finding {
        evidence = List.copyOf(evidence);
        plan = List.copyOf(plan);
    }

    /** An error about its first exhibit. */
    public static Finding error(DivergenceCode code, String message, Exhibit... evidence) {
        return new Finding(code, Severity.ERROR, subject(evidence), message, List.of(evidence), List.of());
    }

    /** A warning about its first exhibit. */
    public static Finding warning(DivergenceCode code, String message, Exhibit... evidence) {
        return new Finding(code, Severity.WARNING, subject(evidence), message, List.of(evidence), List.of());
    }

    /** The same with another plan. */
    public Finding with(List<PlanStep> other) {
        return new Finding(code, severity, subject, message, evidence, other);
    }

    private static String subject(Exhibit... evidence) {
        return evidence.length == 0 ? "" : evidence[0].value();
    }

    /**
     * Something that anybody can go and look at.
     *
     * @param what its kind: {@code file}, {@code revision}, {@code row}, {@code object}, {@code expression} …; {@code detail} is a line for
     *     people, shown below the message
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

        public static Exhibit row(String version) {
            return new Exhibit("row", version, null);
        }

        public static Exhibit object(ObjectName object) {
            return new Exhibit("object", object.kind().words() + " " + object.dotted(), null);
        }

        public static Exhibit detail(String text) {
            return new Exhibit("detail", text, null);
        }

        public static Exhibit revision(String revision) {
            return new Exhibit("revision", revision, null);
        }
    }

    /**
     * One step of a repair. A plan that stops before the end ends with a step without a command.
     *
     * @param command exactly as it is to be typed; absent where a person has to decide or do something first
     * @param why why it is safe; without a command, what has to be decided or done: two sentences at most
     * @param check how to see that it worked
     * @param details what to know besides, each a sentence; shown below the others
     */
    public record PlanStep(@Nullable String command, String why, String check, List<String> details) {
        public PlanStep {
            details = List.copyOf(details);
        }

        /** Without details. */
        public PlanStep(@Nullable String command, String why, String check) {
            this(command, why, check, List.of());
        }
    }
}
