package dev.migrationledger.contracts.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that may act for environments.
 *
 * @param issuer who signs its tokens: an address, exactly as the tokens name it
 * @param match which of the issuer's tokens are its own
 * @param project where it may act; {@code *} stands for any text
 * @param environment likewise
 * @param by the administrator who trusts it
 */
public record TrustedPipeline(
        UUID pipeline, String issuer, PipelineMatch match, String project, String environment, String by,
        Instant since) {

    /**
     * Asks to trust a pipeline.
     *
     * @param issuer absent: GitHub's or GitLab's own
     */
    public record Wanted(@Nullable String issuer, PipelineMatch match, String project, String environment) {}

    /** Whether it may act for an environment. */
    public boolean covers(String ofProject, String ofEnvironment) {
        return AgentKey.covers(project, ofProject) && AgentKey.covers(environment, ofEnvironment);
    }
}
