package dev.migrationledger.agent.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code audit verify} answers.
 *
 * @param verified whether every line is tied to a checkpoint that the caller trusts
 * @param lines of events
 * @param origin of the checkpoint
 * @param leaves of the log at the checkpoint
 * @param notExported leaves that are in no line
 * @param withdrawn events whose content was withdrawn
 * @param signature how the checkpoint's signature was checked
 * @param kept how the checkpoint that was kept elsewhere compares; absent if none was given
 * @param problems first ones, in the order of lines
 */
record Verification(
        boolean verified, long lines, String origin, long leaves, String root, long notExported, long withdrawn,
        SignatureCheck signature, @Nullable KeptCheck kept, long problemCount, List<LineProblem> problems) {

    Verification {
        problems = List.copyOf(problems);
    }

    /** Of the checkpoint. */
    enum SignatureCheck {
        /** The given key made it. */
        VALID,
        /** The given key did not make it. */
        WRONG,
        /** No key was given. Whoever wrote the file could have made the checkpoint. */
        NO_KEY
    }

    /** Of a checkpoint that was kept elsewhere. */
    enum KeptCheck {
        /** Both are of one log: they are equal, or a proof shows that one continues the other. */
        CONSISTENT,
        /** Two different logs. */
        CONTRADICTS,
        /** They have different sizes, and no proof was given. */
        NO_PROOF
    }

    /** What is wrong in a line. */
    record LineProblem(long line, String problem) {}

    /** Whether something is wrong, in contrast to not known. */
    boolean differs() {
        return problemCount > 0 || signature == SignatureCheck.WRONG || kept == KeptCheck.CONTRADICTS;
    }
}
