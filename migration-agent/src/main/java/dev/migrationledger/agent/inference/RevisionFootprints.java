package dev.migrationledger.agent.inference;

import dev.migrationledger.contracts.footprint.Footprint;
import java.util.Optional;

/** What the scripts say that revisions do. */
public interface RevisionFootprints {

    /** Knows none. */
    RevisionFootprints NONE = _ -> Optional.empty();

    /** What this revision does; nothing where it cannot be known. */
    Optional<Footprint> of(String revision);
}
