package dev.migrationledger.contracts.log;

/** The text of a leaf: a line that names its form, and then each value in a line. No value has a line break, so two leaves never share a text. */
final class LeafText {

    private final StringBuilder text = new StringBuilder();

    /** @param form what the leaf is, with its version */
    LeafText(String form) {
        line(form);
    }

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if it has a line break
     */
    LeafText line(Object value) {
        String line = value.toString();
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a value of a leaf must not have a line break");
        }
        text.append(line).append('\n');
        return this;
    }

    LogHash hash() {
        return LogHash.leaf(text.toString());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
