package dev.migrationledger.contracts.footprint;

/**
 * What a revision's two functions do to a schema.
 *
 * @param upgrade in the order in which it happens
 * @param downgrade in the order in which it happens
 */
public record Footprint(Effects upgrade, Effects downgrade) {

    /** Nothing is changed, for certain. */
    public static final Footprint NONE = new Footprint(Effects.NONE, Effects.NONE);
}
