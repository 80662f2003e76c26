package dev.migrationledger.contracts.identity;

import java.time.Instant;

/**
 * For how long the ledger knows a run of a pipeline.
 *
 * @param token what the pipeline sends as a bearer token; shown this once
 */
public record PipelineSession(PipelineRun run, Instant until, String token) {

    /** The code of the problem that the ledger accepts no id tokens at all. */
    public static final String AUDIENCE_MISSING = "audience-missing";

    /**
     * Asks for one.
     *
     * @param token an id token of the pipeline, made for the ledger
     */
    public record Wanted(String token) {}
}
