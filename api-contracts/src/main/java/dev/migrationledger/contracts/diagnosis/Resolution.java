package dev.migrationledger.contracts.diagnosis;

/**
 * Why a divergence is not looked for any more, although no observation showed that it is gone.
 *
 * @param words of the operator who decided it
 */
public record Resolution(Cause cause, String words) {

    public enum Cause {
        ENVIRONMENT_RETIRED
    }
}
