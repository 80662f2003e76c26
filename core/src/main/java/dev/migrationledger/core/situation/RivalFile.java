package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of several files that declare the same id.
 *
 * @param here whether it ran here
 * @param made what it makes and no other of the files does
 */
public record RivalFile(String file, boolean here, Set<ObjectName> made) {

    String named() {
        return "'" + file + "'";
    }

    public String sentence() {
        return "%s %s: %s %s.".formatted(named(), here ? "ran here" : "did not run here", MessageText.objects(made),
                made.size() == 1 ? here ? "exists" : "is missing" : here ? "exist" : "are missing");
    }

    /** Which file should keep the id; absent where the schema does not show which ran here. */
    public static @Nullable String advice(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<RivalFile> files = of(problem, scripts, schema);
        return files.isEmpty()
                ? null
                : "Let %s keep the id, because it ran here. Give %s %s.".formatted(
                        MessageText.list(files.stream().filter(RivalFile::here).map(RivalFile::named).toList()),
                        MessageText.list(files.stream().filter(one -> !one.here).map(RivalFile::named).toList()),
                        files.size() == 2 ? "its own id" : "their own ids");
    }

    /** Of exactly one file all is there, and nothing of the others; else none is said. */
    public static List<RivalFile> of(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<String> files = problem.evidence().stream().filter(exhibit -> exhibit.what() == Exhibit.What.FILE)
                .map(Exhibit::value).distinct().toList();
        if (schema == null || files.size() < 2 || !scripts.rivals().keySet().containsAll(files)) {
            return List.of();
        }
        Set<ObjectName> present = schema.snapshot().objects().stream().map(SchemaObject::object)
                .collect(Collectors.toCollection(TreeSet::new));
        List<RivalFile> all = new ArrayList<>();
        for (String file : files) {
            Set<ObjectName> own = made(scripts.rivals().get(file), schema);
            files.stream().filter(other -> !other.equals(file))
                    .forEach(other -> own.removeAll(made(scripts.rivals().get(other), schema)));
            List<ObjectName> found = own.stream().filter(present::contains).toList();
            if (own.isEmpty() || (!found.isEmpty() && found.size() < own.size())) {
                return List.of();
            }
            all.add(new RivalFile(file, !found.isEmpty(), own));
        }
        return all.stream().filter(RivalFile::here).count() == 1 ? all : List.of();
    }

    private static Set<ObjectName> made(@Nullable Footprint footprint, SchemaSeen schema) {
        return footprint == null
                ? new TreeSet<>()
                : footprint.upgrade().changes().stream()
                        .filter(effect -> effect.action() == Action.CREATE && effect.condition().isAlways())
                        .map(effect -> effect.object().resolved(schema.defaultSchema()))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
