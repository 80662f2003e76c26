package dev.migrationledger.contracts.scripts;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.SameCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the history that revisions form. An id may be anything that stands between quotes in a file: one of more than 64
 * characters is shortened.
 */
public sealed interface GraphProblem extends ScriptProblem {

    @Override
    default DivergenceCode code() {
        return switch (this) {
            // @formatter:off: the formatter knows no list of patterns
            case EmptyId _, IllegalId _, OverlongIds _ -> DivergenceCode.REVISION_ID_INVALID;
            case DuplicateId _ -> DivergenceCode.DUPLICATE_REVISION;
            case MissingParent _, MissingDependency _ -> DivergenceCode.MISSING_PARENT;
            case Cycle _ -> DivergenceCode.REVISION_CYCLE;
            case LabelIsId _, LabelTwice _, LabelTaken _ -> DivergenceCode.BRANCH_LABEL_CLASH;
            case SeveralHeads _ -> DivergenceCode.MULTIPLE_HEADS;
            // @formatter:on
        };
    }

    /** A revision and the file that declares it. */
    record DeclaredRevision(String revision, String file) {}

    /**
     * Revisions, the first few of them.
     *
     * @param some the first of them
     * @param count how many there are
     */
    record DeclaredRevisions(List<DeclaredRevision> some, int count) {

        /** So many are kept: a sentence names eight, or all of nine. */
        public static final int MOST = 9;

        public DeclaredRevisions {
            some = List.copyOf(some.subList(0, Math.min(some.size(), MOST)));
        }
    }

    /** A revision id is empty. */
    record EmptyId(String file) implements GraphProblem {}

    /**
     * An id holds characters that have a meaning on a command line.
     *
     * @param characters of the id that Alembic does not allow, each once
     */
    record IllegalId(DeclaredRevision declaration, String characters) implements GraphProblem {}

    /**
     * Ids are longer than the version table's column usually is.
     *
     * @param lengths of the ids that are named, in characters
     */
    record OverlongIds(DeclaredRevisions longer, List<Integer> lengths, int width) implements GraphProblem {
        public OverlongIds {
            lengths = List.copyOf(lengths.subList(0, Math.min(lengths.size(), DeclaredRevisions.MOST)));
        }
    }

    /** Several files declare one id. */
    record DuplicateId(String revision, DeclaredRevisions files) implements GraphProblem {}

    /**
     * A {@code down_revision} names no revision.
     *
     * @param meant what to write instead; absent: nothing like it is there
     */
    record MissingParent(String parent, DeclaredRevisions children,
            @Nullable Suggestion meant) implements GraphProblem {}

    /**
     * A {@code depends_on} names neither a revision nor a branch label.
     *
     * @param meant what to write instead; absent: nothing like it is there
     */
    record MissingDependency(String dependency, DeclaredRevisions dependents,
            @Nullable Suggestion meant) implements GraphProblem {}

    /**
     * The revision that a name probably refers to.
     *
     * @param file of it
     */
    record Suggestion(Naming naming, String revision, String file) {

        /** How it was named. */
        public enum Naming {
            /** By one of its branch labels. */
            LABEL,
            /** By the name of its file. */
            FILE,
            /** By the beginning of its id. */
            BEGINNING
        }
    }

    /**
     * Revisions come before themselves.
     *
     * @param alongDependencies whether a {@code depends_on} is part of the cycle
     */
    record Cycle(DeclaredRevisions revisions, boolean alongDependencies) implements GraphProblem {}

    /**
     * A branch label is also the id of a revision.
     *
     * @param same the revision whose id the label is
     */
    record LabelIsId(String label, DeclaredRevision declaration, DeclaredRevision same) implements GraphProblem {}

    /** One file declares a label twice. */
    record LabelTwice(String label, DeclaredRevision declaration) implements GraphProblem {}

    /**
     * Two revisions declare one branch label.
     *
     * @param owner the revision that declared it first
     */
    record LabelTaken(String label, DeclaredRevision declaration, DeclaredRevision owner) implements GraphProblem {}

    /**
     * The history has several ends.
     *
     * @param labelled whether each has a branch label of its own, so that the project means them
     * @param effective those on which another revision depends, at most three
     * @param same revisions on the ways to two heads that do the same, at most three; none are looked for where the project means its heads
     */
    record SeveralHeads(
            DeclaredRevisions heads, boolean labelled, List<EffectiveHead> effective, List<SameCode> same)
            implements
                GraphProblem {
        public SeveralHeads {
            effective = List.copyOf(effective);
            same = List.copyOf(same);
        }
    }

    /** A head that needs no row of its own once the revision ran that depends on it. */
    record EffectiveHead(String head, String dependent) {}
}
