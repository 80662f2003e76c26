package dev.migrationledger.core.query;

/** What is wrong with a query, for programs. */
public enum QueryProblemCode {
    UNKNOWN_KEY("unknown-key"),
    UNKNOWN_VALUE("unknown-value"),
    MISSING_VALUE("missing-value"),
    MISSING_TEXT("missing-text"),
    UNCLOSED_QUOTE("unclosed-quote"),
    MISPLACED_STAR("misplaced-star"),
    BAD_NUMBER("bad-number"),
    BAD_TIME("bad-time"),
    EMPTY_RANGE("empty-range"),
    BAD_CHARACTER("bad-character"),
    TOO_LONG("too-long"),
    TOO_MANY_TERMS("too-many-terms");

    private final String code;

    QueryProblemCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
