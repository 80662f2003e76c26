package dev.migrationledger.contracts.log;

/**
 * The text of a leaf: a line that names its form, and then each value in a line. In values a backslash is written {@code \\} and a line break {@code \n}, so
 * two leaves never share a text.
 */
final class LeafText {

    private final StringBuilder text = new StringBuilder();

    /** @param form what the leaf is, with its version */
    LeafText(String form) {
        text.append(form).append('\n');
    }

    LeafText line(Object value) {
        text.append(value.toString().replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
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
