package dev.migrationledger.contracts.revision;

/**
 * Names what a revision's file does. Comments, formatting, docstrings and the message do not count, and neither does what the file declares: a
 * {@link Revision} has that beside it. Two digests of one form that are equal name files that do the same; two that differ name files that may
 * do different things. Digests of two forms are not comparable.
 *
 * @param form in which it was made
 * @param value SHA-256, in lower-case hexadecimal
 * @param selfContained whether it says all that the file does. Otherwise the file imports code of its project or reads other files, and those may
 *     differ where the digests are equal
 * @param empty whether the file is known to do nothing, as many merges
 */
public record SemanticDigest(int form, String value, boolean selfContained, boolean empty) {

    public boolean isComparableTo(SemanticDigest other) {
        return form == other.form;
    }
}
