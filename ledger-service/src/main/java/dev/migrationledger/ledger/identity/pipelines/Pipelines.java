package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPipelines;
import dev.migrationledger.contracts.event.IdentityEvent.PipelineTrustWithdrawn;
import dev.migrationledger.contracts.event.IdentityEvent.PipelineTrusted;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pipelines that may act for environments.
 *
 * @param trusted those whose trust is not withdrawn
 */
public record Pipelines(NavigableMap<UUID, TrustedPipeline> trusted) {

    public static final Pipelines NONE = new Pipelines(new TreeMap<>());

    public Pipelines {
        trusted = Collections.unmodifiableNavigableMap(new TreeMap<>(trusted));
    }

    /** After one more event. */
    public Pipelines evolve(AboutPipelines event, Instant recordedAt) {
        NavigableMap<UUID, TrustedPipeline> changed = new TreeMap<>(trusted);
        switch (event) {
            case PipelineTrusted it -> changed.put(it.pipeline(), new TrustedPipeline(it.pipeline(), it.issuer(),
                    it.match(), it.project(), it.environment(), it.by(), recordedAt));
            case PipelineTrustWithdrawn it -> changed.remove(it.pipeline());
        }
        return new Pipelines(changed);
    }
}
