package dev.migrationledger.agent.doctor;

import dev.migrationledger.core.situation.Observations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a project and its database at one moment.
 *
 * @param database that was asked, without its password; absent: none was named
 * @param unnamed why none was although the configuration has one: a whole sentence; absent: it has none, or one was asked
 * @param unseen what was asked for and cannot be judged
 */
record Examination(
        Observations observations, @Nullable String database, @Nullable String unnamed, List<MissingInput> unseen) {
    Examination {
        unseen = List.copyOf(unseen);
    }
}
