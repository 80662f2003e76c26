package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for one divergence in the environments of one project. */
interface ProjectRule {

    /** The code of all its findings. */
    DivergenceCode code();

    /**
     * What was found in an environment: nothing if all is well. Absent: it could not be judged, and what was found in it before stands.
     *
     * @param here one of the project
     * @param project as it was at the last {@link #update}
     */
    Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project);

    /**
     * Takes in what changed. Only rules that compare environments have to know. The first time all environments are new, and what environments
     * have in common stays as it is.
     *
     * @param project as it is now
     * @return environments in which something else may be found now, though they did not change themselves
     */
    default Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        return Set.of();
    }

    /**
     * What became of an environment.
     *
     * @param before absent: it is new
     * @param now absent: it is gone
     */
    record Change(@Nullable EnvironmentSnapshot before, @Nullable EnvironmentSnapshot now) {
        String name() {
            return now != null ? now.name() : Objects.requireNonNull(before).name();
        }
    }
}
