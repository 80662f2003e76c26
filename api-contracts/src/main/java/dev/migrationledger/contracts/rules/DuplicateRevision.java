package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.rules.Observations.SchemaSeen;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several files declare one id; where the schema tells, it is said which of them ran. */
final class DuplicateRevision implements Rule {

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
        String ran = whichRan(problem, scripts, schema);
        if (ran == null) {
            return problem;
        }
        List<Exhibit> evidence = new ArrayList<>(problem.evidence());
        evidence.add(Exhibit.detail(ran));
        return new Finding(problem.code(), problem.severity(), problem.subject(), problem.message(), evidence,
                problem.plan());
    }

    /** A sentence on which file ran here; absent where the schema does not tell. */
    static @Nullable String whichRan(Finding problem, ScriptsSeen scripts, @Nullable SchemaSeen schema) {
        List<String> files = problem.evidence().stream().filter(exhibit -> exhibit.what().equals("file"))
                .map(Exhibit::value).distinct().toList();
        if (schema == null || files.size() < 2 || !scripts.rivals().keySet().containsAll(files)) {
            return null;
        }
        Set<ObjectName> present = schema.snapshot().objects().stream().map(SchemaObject::object)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> ran = new ArrayList<>();
        List<String> did = new ArrayList<>();
        for (String file : files) {
            Set<ObjectName> own = made(scripts.rivals().get(file), schema);
            files.stream().filter(other -> !other.equals(file))
                    .forEach(other -> own.removeAll(made(scripts.rivals().get(other), schema)));
            List<ObjectName> found = own.stream().filter(present::contains).toList();
            if (own.isEmpty() || (!found.isEmpty() && found.size() < own.size())) {
                return null;
            }
            if (!found.isEmpty()) {
                ran.add(file);
            }
            did.add("'%s' %s (%s %s)".formatted(file, found.isEmpty() ? "did not run here" : "ran here",
                    Words.objects(own), found.isEmpty() ? "missing" : "there"));
        }
        return ran.size() == 1
                ? "%s: let '%s' keep the id.".formatted(Words.list(did), ran.getFirst())
                : null;
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
