package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SchemaPrint;
import dev.migrationledger.ledger.divergence.project.ProjectRule.Change;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The environments of a project by what their schemas are. */
final class SchemaSides {

    private static final Comparator<Side> LARGEST_FIRST = Comparator.comparingInt((Side it) -> -it.size())
            .thenComparing(it -> it.first().name());

    private final Map<Revisions, Map<Schema, Side>> sides = new HashMap<>();

    private final Map<String, Side> byEnvironment = new HashMap<>();

    /** Environments whose schema could not be read as it was known. It is tried again at each update. */
    private final Set<String> unread = new HashSet<>();

    /** What environments that should have the same schema have in common. */
    private record Revisions(String group, List<String> rows) {}

    /** @param nameless equal for two that are the same but for the name of the schema that is each one's own */
    private record Schema(int form, String nameless) {}

    /** Environments at the same revisions with the same schema. */
    static final class Side {
        private final Revisions revisions;
        private final Schema schema;
        private final TreeMap<String, EnvironmentSnapshot> environments = new TreeMap<>();

        /** What was found in all of them; absent: they could not be judged. */
        Optional<List<Finding>> found = Optional.empty();

        /** What that depends on; absent: on no other side. */
        @Nullable
        Comparison comparison;

        private Side(Revisions revisions, Schema schema) {
            this.revisions = revisions;
            this.schema = schema;
        }

        Collection<String> names() {
            return environments.keySet();
        }

        int size() {
            return environments.size();
        }

        EnvironmentSnapshot first() {
            return environments.firstEntry().getValue();
        }

        int form() {
            return schema.form;
        }
    }

    /**
     * Two sides, each by its first environment.
     *
     * @param have how many environments have the other schema
     */
    record Comparison(String here, SchemaPrint own, String there, SchemaPrint other, int have) {
        static Comparison of(Side here, Side there) {
            return new Comparison(here.first().name(), print(here.first()), there.first().name(), print(there.first()),
                    there.size());
        }
    }

    private static SchemaPrint print(EnvironmentSnapshot environment) {
        return Objects.requireNonNull(environment.schema());
    }

    /** Absent if its revisions or its schema are not known. */
    @Nullable
    Side of(String environment) {
        return byEnvironment.get(environment);
    }

    Set<String> unread() {
        return Collections.unmodifiableSet(unread);
    }

    /**
     * Takes in what changed.
     *
     * @return for all revisions at which anything changed, the sides there, the largest first
     */
    List<List<Side>> update(ProjectSnapshot project, List<Change> changes) {
        Set<Revisions> touched = new HashSet<>();
        Set<String> names = new HashSet<>(unread);
        changes.forEach(change -> names.add(change.name()));
        for (String name : names) {
            remove(name, touched);
            EnvironmentSnapshot now = project.environments().get(name);
            if (now != null && now.schema() != null && now.isPlaced()) {
                add(now, project, touched);
            }
        }
        return touched.stream()
                .map(it -> sides.getOrDefault(it, Map.of()).values().stream().sorted(LARGEST_FIRST).toList())
                .toList();
    }

    private void remove(String name, Set<Revisions> touched) {
        unread.remove(name);
        Side side = byEnvironment.remove(name);
        if (side != null) {
            touched.add(side.revisions);
            side.environments.remove(name);
            if (side.environments.isEmpty()) {
                Map<Schema, Side> others = sides.getOrDefault(side.revisions, Map.of());
                others.remove(side.schema);
                if (others.isEmpty()) {
                    sides.remove(side.revisions);
                }
            }
        }
    }

    private void add(EnvironmentSnapshot environment, ProjectSnapshot project, Set<Revisions> touched) {
        SchemaPrint print = print(environment);
        Optional<String> nameless = project.schemas().nameless(environment);
        if (nameless.isEmpty()) {
            unread.add(environment.name());
        }
        Revisions revisions = new Revisions(environment.group(), Objects.requireNonNull(environment.rows()));
        Schema schema = new Schema(print.fingerprint().form(), nameless.orElse(print.fingerprint().value()));
        Side side = sides.computeIfAbsent(revisions, _ -> new HashMap<>())
                .computeIfAbsent(schema, _ -> new Side(revisions, schema));
        side.environments.put(environment.name(), environment);
        byEnvironment.put(environment.name(), side);
        touched.add(revisions);
    }
}
