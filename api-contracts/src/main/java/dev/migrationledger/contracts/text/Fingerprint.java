package dev.migrationledger.contracts.text;

/**
 * A short name for something large, and the number of the form in which it was made. Equal fingerprints name equal things. Different
 * fingerprints of one form name different things. Fingerprints of different forms, made by different versions, cannot be compared.
 *
 * @param form the constant next to the code that makes {@code value}
 */
public record Fingerprint(int form, String value) {

    public boolean isComparableTo(Fingerprint other) {
        return form == other.form;
    }

    /** Whether it is certain that the other one names something else. */
    public boolean differsFrom(Fingerprint other) {
        return isComparableTo(other) && !equals(other);
    }

    @Override
    public String toString() {
        return form + ":" + value;
    }
}
