package dev.migrationledger.contracts.kafka;

/**
 * Headers of records, beside those that HTTP has for the same: the key, signature and state of an agent's key, and {@code Content-Encoding}. Values are
 * UTF-8.
 */
public final class LedgerHeaders {

    /** Of a request: the address that it has over HTTP, such as {@code /api/v1/events}. */
    public static final String PATH = "Migration-Ledger-Path";

    /** Of a request: a name for it. Of an answer: the request that it answers. */
    public static final String REQUEST = "Migration-Ledger-Request";

    /** Of a request: the partition of the topic of receipts on which its sender awaits the answer. */
    public static final String ANSWER_PARTITION = "Migration-Ledger-Answer-Partition";

    /** Of an answer: its status over HTTP, such as {@code 200}. */
    public static final String STATUS = "Migration-Ledger-Status";

    /** Of a refused request: the code of the problem, such as {@code unknown-event-type}. */
    public static final String CODE = "Migration-Ledger-Refusal";

    private LedgerHeaders() {}
}
