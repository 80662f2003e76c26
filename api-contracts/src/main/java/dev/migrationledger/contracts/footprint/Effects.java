package dev.migrationledger.contracts.footprint;

import java.util.List;

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
     */
    public record Unknown(int line, String expression, String reason) {}
}
