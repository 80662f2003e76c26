package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which applied revision made an object or dropped it, by what is known of them. */
final class ObjectOrigins {

    private final ScriptsSeen scripts;
    private final @Nullable String defaultSchema;
    private final List<String> applied;
    private final @Nullable SchemaAnalysis schema;

    ObjectOrigins(
            ScriptsSeen scripts, @Nullable String defaultSchema, List<String> rows, @Nullable SchemaAnalysis schema) {
        this.scripts = scripts;
        this.defaultSchema = defaultSchema;
        this.applied = scripts.graph().topological(scripts.graph().implied(rows));
        this.schema = schema;
    }

    /**
     * Where an object comes from.
     *
     * @param maker the revision that left it; absent: none did
     * @param remover the revision that last dropped or renamed it; absent: none did, or it was made again
     * @param renamed whether the maker, or the remover, only renames it
     * @param perhaps a revision that may have made it in a place that cannot be read
     */
    record Origin(
            @Nullable String maker, @Nullable String remover, boolean renamed, @Nullable String perhaps) {}

    Origin of(ObjectName object) {
        String maker = null;
        String remover = null;
        boolean renamed = false;
        for (String revision : applied) {
            Footprint footprint = scripts.footprints().get(revision);
            for (Change effect : footprint == null ? List.<Change>of() : footprint.upgrade().changes()) {
                if (makes(effect, object)) {
                    maker = revision;
                    remover = null;
                    renamed = effect.action() == Action.RENAME;
                } else if (removes(effect, object)) {
                    maker = null;
                    remover = revision;
                    renamed = effect.action() == Action.RENAME;
                }
            }
        }
        return new Origin(maker, remover, renamed, perhaps(object));
    }

    /** Whether any revision, applied or not, is known to make it. */
    boolean isOfTheHistory(ObjectName object) {
        return scripts.footprints().values().stream()
                .flatMap(footprint -> footprint.upgrade().changes().stream())
                .anyMatch(effect -> makes(effect, object));
    }

    private boolean makes(Change effect, ObjectName object) {
        return (effect.action() == Action.CREATE && effect.object().resolved(defaultSchema).equals(object))
                || (effect instanceof Rename rename && rename.object().kind() == object.kind()
                        && rename.to().name().equals(object.name())
                        && Objects.equals(object.table(), rename.object().table()));
    }

    private boolean removes(Change effect, ObjectName object) {
        return (effect.action() == Action.DROP || effect.action() == Action.RENAME)
                && effect.object().resolved(defaultSchema).holds(object);
    }

    private @Nullable String perhaps(ObjectName object) {
        return schema == null
                ? null
                : schema.physical().unexplained().stream()
                        .filter(one -> one.object().equals(object) && one.perhaps() != null)
                        .map(Unexplained::perhaps)
                        .findFirst().orElse(null);
    }
}
