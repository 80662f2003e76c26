package dev.migrationledger.core.export;

/** Why lines of an export do not match their checkpoint. Lines are counted from 1. */
public sealed interface ExportProblem {

    /** The first line that it is about. */
    long line();

    /** The event of a line is not the one that the log has there. */
    record EventChanged(long line, long position) implements ExportProblem {}

    /** The ledger found no leaf for an event: someone put it into the ledger's database. */
    record NotInLog(long line, long position) implements ExportProblem {}

    /** A line has no record, so there is nothing to check in it. */
    record RecordMissing(long line) implements ExportProblem {}

    /** A leaf comes twice, or before one that precedes it. */
    record OutOfOrder(long line, long leaf) implements ExportProblem {}

    /** Lines were taken out before this one: nothing connects it with the line before. */
    record LinesMissing(long line, long firstLeaf, long lastLeaf) implements ExportProblem {}

    /** The proof of a line does not lead to the checkpoint. */
    record ProofWrong(long line) implements ExportProblem {}

    /** At least one line or proof among these was changed along with its hash. */
    record LinesChanged(long line, long lastLine) implements ExportProblem {}

    /** The manifest counts other lines than there are. */
    record CountWrong(long line, long expected, long found) implements ExportProblem {}
}
