package dev.migrationledger.contracts.diagnosis;

import dev.migrationledger.contracts.schema.ObjectName;
import java.time.Instant;
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
     * @param value what is shown: a name, a path, a time, or the line of a {@link What#DETAIL}
     * @param line in the file, from 1; absent where it has none
     * @param object that the value names; absent for every other kind
     * @param where the environment or the source that has it; absent: the environment that the finding is about
     * @param since when it has been there; absent where that is not known
     */
    public record Exhibit(
            What what, String value, @Nullable Integer line, @Nullable ObjectName object, @Nullable String where,
            @Nullable Instant since) {

        /** What a value is. */
        public enum What {
            /** A line for people, shown below the message. */
            DETAIL,
            /** A line for people that says what to do, shown below the message. */
            ADVICE,
            FILE,
            /** A part of a script. */
            EXPRESSION,
            REVISION,
            /** A revision that another environment has. */
            REVISION_ELSEWHERE,
            /** A revision that only one source has. */
            REVISION_ONLY_IN_SOURCE,
            /** A revision that a database has and no agent saw run. */
            REVISION_NEVER_SEEN_TO_RUN,
            OLD_PARENT,
            NEW_PARENT,
            /** The parent of a revision that no script declares any more. */
            REMEMBERED_PARENT,
            /** The file of a revision that no script declares any more. */
            REMEMBERED_FILE,
            SOURCE,
            /** Of a file. */
            DIGEST,
            /** Of another file that declares the same revision. */
            OTHER_DIGEST,
            /** Of what a revision's file does, whatever its bytes are; its {@link #DIGEST} is then no fact of its own. */
            CODE,
            /** Of the version table. */
            ROW,
            /** Of the version table, before an edit by hand. */
            ROW_BEFORE,
            /** Of the version table, after an edit by hand. */
            ROW_AFTER,
            /** Another version table. */
            TABLE,
            OBJECT,
            MISSING_OBJECT,
            /** An object that is not the same elsewhere. */
            DIFFERENT_OBJECT,
            /** An object that was created or changed. */
            WRITTEN_OBJECT,
            DROPPED_OBJECT,
            AGENT,
            SINCE,
            FROM,
            UNTIL
        }

        public Exhibit(What what, String value) {
            this(what, value, null, null, null, null);
        }

        public static Exhibit file(String file) {
            return new Exhibit(What.FILE, file);
        }

        public static Exhibit file(String file, @Nullable Integer line) {
            return new Exhibit(What.FILE, file, line, null, null, null);
        }

        public static Exhibit row(String version) {
            return new Exhibit(What.ROW, version);
        }

        public static Exhibit object(ObjectName object) {
            return object(What.OBJECT, object);
        }

        public static Exhibit object(What what, ObjectName object) {
            return new Exhibit(what, object.kind().words() + " " + object.dotted(), null, object, null, null);
        }

        public static Exhibit detail(String text) {
            return new Exhibit(What.DETAIL, text);
        }

        public static Exhibit advice(String text) {
            return new Exhibit(What.ADVICE, text);
        }

        public static Exhibit revision(String revision) {
            return new Exhibit(What.REVISION, revision);
        }

        /** Whether it is a sentence, shown below the message. */
        public boolean isSentence() {
            return what == What.DETAIL || what == What.ADVICE;
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
