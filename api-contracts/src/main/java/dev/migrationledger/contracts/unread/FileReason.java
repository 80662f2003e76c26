package dev.migrationledger.contracts.unread;

/** Why a script, or a part of what it does, is missing as a whole. */
public sealed interface FileReason extends UnreadReason {

    /** It is not there, or left out. */
    record UnreadFile(Obstacle obstacle) implements FileReason {}

    /**
     * Reading it takes more memory than the agent may use.
     *
     * @param megabytes that it may use
     */
    record MemoryExceeded(long megabytes) implements FileReason {}

    /**
     * The agent fails on it.
     *
     * @param error the exception's name and where it was thrown, without anything from the file
     */
    record AgentFailure(String error, String agentVersion) implements FileReason {}

    enum Obstacle {
        FILE_TOO_DEEP,
        GONE,
        CHANGED,
        /** The agent sends no more effects of one function. */
        TOO_MANY_EFFECTS,
        /** The schema of what it changes was not observed. */
        UNOBSERVED_SCHEMA
    }
}
