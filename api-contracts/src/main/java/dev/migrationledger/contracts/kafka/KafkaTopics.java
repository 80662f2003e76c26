package dev.migrationledger.contracts.kafka;

/**
 * The topics of one ledger.
 *
 * @param prefix of their names
 */
public record KafkaTopics(String prefix) {

    public static final String DEFAULT_PREFIX = "migration-ledger";

    public static final int LONGEST_PREFIX = 200;

    /** The most bytes that a record may have. Batches are compressed; one with a large history has some megabytes. */
    public static final int MOST_BYTES = 32 * 1024 * 1024;

    /** Of a refused record: it has further headers, which say why. */
    public static final int MOST_BYTES_REFUSED = MOST_BYTES + 1024 * 1024;

    /** Whether names of topics can begin with it. */
    public static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX && text.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    }

    /** What agents send. The key of a record is {@code project/environment}: requests about one environment keep their order. */
    public String requests() {
        return prefix + ".requests";
    }

    /** What the ledger answers. Compacted: the last receipt of each agent and epoch stays. */
    public String receipts() {
        return prefix + ".receipts";
    }

    /** Requests that the ledger refuses for good, with headers that say why. */
    public String refused() {
        return requests() + "-dlt";
    }

    /** The key of requests about an environment. */
    public static String key(String project, String environment) {
        return project + "/" + environment;
    }

    /**
     * The partition on which an agent awaits its answers, so that it reads no others.
     *
     * @param key of its requests
     * @param partitions that the topic of receipts has
     */
    public static int answerPartition(String key, int partitions) {
        return Math.floorMod(key.hashCode(), partitions);
    }
}
