package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one function does.
 *
 * @param effects in the order in which it happens
 * @param commits whether it ends a transaction on its way, so that a later failure leaves what it did before; absent: no, or it is not known
 * @param commitsEachStatement whether the connection of {@code env.py} commits each statement; absent: no, or it is not known
 */
public record Effects(List<Effect> effects, @Nullable Boolean commits, @Nullable Boolean commitsEachStatement) {

    public static final Effects NONE = new Effects(List.of());

    public Effects {
        effects = List.copyOf(effects);
        commits = (Boolean.TRUE.equals(commits) && !effects.isEmpty()) ? commits : null;
        commitsEachStatement = (Boolean.TRUE.equals(commitsEachStatement) && !effects.isEmpty())
                ? commitsEachStatement
                : null;
    }

    public Effects(List<Effect> effects) {
        this(effects, null, null);
    }

    /** The same function with other effects. */
    public Effects with(List<Effect> others) {
        return new Effects(others, commits, commitsEachStatement);
    }

    /** What it is known to do. */
    public List<Change> changes() {
        return effects.stream().filter(Change.class::isInstance).map(Change.class::cast).toList();
    }

    /** Places that cannot be known; none: {@link #changes} are all. */
    public List<Unread> unknowns() {
        return effects.stream().filter(Unread.class::isInstance).map(Unread.class::cast).toList();
    }

    /** Whether every place is known. */
    public boolean isRead() {
        for (Effect effect : effects) {
            if (effect instanceof Unread) {
                return false;
            }
        }
        return true;
    }

    /** Whether what it does and its row may be written by several transactions. */
    public boolean takesSeveralTransactions() {
        return commits != null || commitsEachStatement != null;
    }

    /** Whether it is certain that nothing at all is done. */
    public boolean isNone() {
        return effects.isEmpty();
    }
}
