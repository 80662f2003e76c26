package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.rules.Observations.SchemaSeen;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several files declare one id; where the schema tells, it is said which of them ran. */
final class DuplicateRevision implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.DUPLICATE_REVISION;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS);
    }

    @Override
    public List<Finding> judge(Case c) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts == null
                ? List.of()
                : scripts.problems().stream()
                        .filter(problem -> problem.code() == DivergenceCode.DUPLICATE_REVISION)
                        .map(problem -> finding(problem, scripts, c.seen().schema()))
                        .toList();
    }

    private static Finding finding(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<Ran> files = files(problem, scripts, schema);
        if (files.isEmpty()) {
            return problem;
        }
        List<Exhibit> evidence = new ArrayList<>(problem.evidence());
        files.forEach(one -> evidence.add(Exhibit.detail(one.sentence())));
        return new Finding(problem.code(), problem.severity(), problem.subject(), problem.message(), evidence,
                problem.plan());
    }

    /** Which file should keep the id; absent where the schema does not show which ran here. */
    static @Nullable String advice(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<Ran> files = files(problem, scripts, schema);
        return files.isEmpty()
                ? null
                : "Let %s keep the id, because it ran here. Give %s %s.".formatted(
                        Words.list(files.stream().filter(Ran::here).map(Ran::named).toList()),
                        Words.list(files.stream().filter(one -> !one.here).map(Ran::named).toList()),
                        files.size() == 2 ? "its own id" : "their own ids");
    }

    /**
     * Whether a file ran here.
     *
     * @param made what it makes and no other of the files does
     */
    private record Ran(String file, boolean here, Set<ObjectName> made) {

        String named() {
            return "'" + file + "'";
        }

        String sentence() {
            return "%s %s: %s %s.".formatted(named(), here ? "ran here" : "did not run here", Words.objects(made),
                    made.size() == 1 ? here ? "exists" : "is missing" : here ? "exist" : "are missing");
        }
    }

    /** Of exactly one file all is there, and nothing of the others; else none is said. */
    private static List<Ran> files(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<String> files = problem.evidence().stream().filter(exhibit -> exhibit.what().equals("file"))
                .map(Exhibit::value).distinct().toList();
        if (schema == null || files.size() < 2 || !scripts.rivals().keySet().containsAll(files)) {
            return List.of();
        }
        Set<ObjectName> present = schema.snapshot().objects().stream().map(SchemaObject::object)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Ran> all = new ArrayList<>();
        for (String file : files) {
            Set<ObjectName> own = made(scripts.rivals().get(file), schema);
            files.stream().filter(other -> !other.equals(file))
                    .forEach(other -> own.removeAll(made(scripts.rivals().get(other), schema)));
            List<ObjectName> found = own.stream().filter(present::contains).toList();
            if (own.isEmpty() || (!found.isEmpty() && found.size() < own.size())) {
                return List.of();
            }
            all.add(new Ran(file, !found.isEmpty(), own));
        }
        return all.stream().filter(Ran::here).count() == 1 ? all : List.of();
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
