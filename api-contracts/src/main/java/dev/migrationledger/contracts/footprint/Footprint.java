package dev.migrationledger.contracts.footprint;

/**
 * What a revision's two functions do to a schema.
 *
 * @param upgrade in the order in which it happens
 * @param downgrade in the order in which it happens
 */
public record Footprint(Effects upgrade, Effects downgrade) {

    /**
     * The form of this version. Raise it whenever the same change would get another definition than before, also where
     * {@link dev.migrationledger.contracts.schema.SchemaSnapshot#FORM} is raised. Reading more of a script than before needs no new form.
     */
    public static final int FORM = 1;

    /** Nothing is changed, for certain. */
    public static final Footprint NONE = new Footprint(Effects.NONE, Effects.NONE);
}
