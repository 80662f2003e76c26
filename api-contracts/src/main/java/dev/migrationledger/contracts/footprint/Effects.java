package dev.migrationledger.contracts.footprint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one function does.
 *
 * @param effects what it is known to do, in order
 * @param unknowns places where it does something that cannot be known; none: {@code effects} is all
 */
public record Effects(List<Effect> effects, List<Unknown> unknowns) {

    public static final Effects NONE = new Effects(List.of(), List.of());

    public Effects {
        effects = List.copyOf(effects);
        unknowns = List.copyOf(unknowns);
    }

    /** Whether it is certain that nothing at all is done. */
    public boolean isNone() {
        return effects.isEmpty() && unknowns.isEmpty();
    }

    /**
     * A place that cannot be known without running it.
     *
     * @param line in the revision's file, from 1
     * @param expression its source, shortened
     * @param reason why, as a clause without a full stop
     * @param bounds what it can have changed; absent: anything
     */
    public record Unknown(int line, String expression, String reason, @Nullable Reach bounds) {
        public Unknown {
            bounds = Reach.ANYTHING.equals(bounds) ? null : bounds;
        }

        public Unknown(int line, String expression, String reason) {
            this(line, expression, reason, null);
        }

        public Reach reach() {
            return bounds == null ? Reach.ANYTHING : bounds;
        }
    }
}
