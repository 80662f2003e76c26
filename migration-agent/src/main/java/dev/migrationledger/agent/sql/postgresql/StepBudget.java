package dev.migrationledger.agent.sql.postgresql;

import java.util.function.Supplier;

/**
 * Counts what reading the SQL of one script costs. A step takes about a microsecond, whether the parser looks ahead, a token is taken or a
 * loop turns. Steps are counted instead of time, so that a slow machine reads the same as a fast one. For one thread.
 */
final class StepBudget {

    /** A thousand statements of a dump take 250,000, a check with 200 brackets around one another 450,000. */
    private static final int MOST_OF_TEXT = 3_000_000;

    private static final int MOST_OF_SCRIPT = 10_000_000;

    /** Texts that are executed by texts. */
    private static final int DEEPEST = 20;

    private static final ScopedValue<StepBudget> OF_SCRIPT = ScopedValue.newInstance();

    private int ofText;
    private int ofScript;
    private int depth;

    /** Everything that is read meanwhile is of one script. */
    static <T> T ofScript(Supplier<T> reading) {
        return ScopedValue.where(OF_SCRIPT, new StepBudget()).call(reading::get);
    }

    /** Those of the script that is read; its own for a text that stands alone. */
    static StepBudget current() {
        return OF_SCRIPT.isBound() ? OF_SCRIPT.get() : new StepBudget();
    }

    /** Begins a text, within another one or not; {@link #leave} ends it. */
    boolean enter() {
        if (depth == DEEPEST) {
            return false;
        }
        if (depth++ == 0) {
            ofText = 0;
        }
        return true;
    }

    void leave() {
        depth--;
    }

    /** Whether the text that is read stands in no other. */
    boolean isOutermost() {
        return depth == 1;
    }

    void take(int more) {
        ofText += depth > 0 ? more : 0;
        ofScript += more;
        if (ofScript > MOST_OF_SCRIPT) {
            throw new StepLimitExceeded(true);
        }
        if (ofText > MOST_OF_TEXT) {
            throw new StepLimitExceeded(false);
        }
    }
}
