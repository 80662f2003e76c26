package dev.migrationledger.agent.cli;

/** Says that something needs more heap than this process may use. */
public final class MemoryLimit {

    private MemoryLimit() {}

    /**
     * A clause without a full stop.
     *
     * @param activity such as {@code reading it}
     */
    public static String exceededBy(String activity) {
        return "%s takes more memory than this process may use (%d MB)".formatted(activity,
                megabytes());
    }

    /** What this process may use. */
    public static long megabytes() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }
}
