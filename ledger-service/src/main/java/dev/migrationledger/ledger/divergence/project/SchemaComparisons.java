package dev.migrationledger.ledger.divergence.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SchemaPrint;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Schemas;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Compares live schemas, and remembers what came of it: hundreds of environments are held against one another at each change of one. */
public final class SchemaComparisons {

    private static final int PRINTS = 20_000;

    /** Objects that differ, of all differences that are remembered. */
    private static final int DIFFERING = 200_000;

    private final BiFunction<String, String, Optional<SchemaSeen>> schemas;
    private final Cache<SchemaPrint, String> nameless = Caffeine.newBuilder()
            .maximumSize(PRINTS)
            .executor(Runnable::run)
            .build();
    private final Cache<Pair, SchemaDifference> differences = Caffeine.newBuilder()
            .maximumWeight(DIFFERING)
            .<Pair, SchemaDifference>weigher((_, one) -> 1 + one.created().size() + one.dropped().size()
                    + one.changed().size())
            .executor(Runnable::run)
            .build();

    private record Pair(SchemaPrint from, SchemaPrint to) {}

    /** @param schemas the live schema of a project's environment */
    public SchemaComparisons(BiFunction<String, String, Optional<SchemaSeen>> schemas) {
        this.schemas = schemas;
    }

    public Schemas of(String project) {
        return new Schemas() {
            @Override
            public Optional<String> nameless(EnvironmentSnapshot environment) {
                SchemaPrint print = print(environment);
                if (print.own() == null) {
                    return Optional.of(print.fingerprint().value());
                }
                String known = nameless.getIfPresent(print);
                return known == null
                        ? schemas.apply(project, environment.name()).filter(seen -> printOf(seen).equals(print))
                                .map(seen -> remembered(print, seen))
                        : Optional.of(known);
            }

            @Override
            public Optional<SchemaDifference> difference(EnvironmentSnapshot from, EnvironmentSnapshot to) {
                Pair pair = new Pair(print(from), print(to));
                SchemaDifference known = differences.getIfPresent(pair);
                return known == null
                        ? schemas.apply(project, from.name()).flatMap(left -> schemas.apply(project, to.name())
                                .filter(right -> left.snapshot().isComparableTo(right.snapshot()))
                                .map(right -> compared(pair, left, right)))
                        : Optional.of(known);
            }
        };
    }

    private static SchemaPrint print(EnvironmentSnapshot environment) {
        return Objects.requireNonNull(environment.schema());
    }

    private String remembered(SchemaPrint print, SchemaSeen seen) {
        String fingerprint = withoutName(seen).fingerprint().value();
        nameless.put(print, fingerprint);
        return fingerprint;
    }

    /** What was read may be newer than what is asked for: it is remembered for what it is. */
    private SchemaDifference compared(Pair pair, SchemaSeen left, SchemaSeen right) {
        SchemaDifference difference = SchemaDifference.between(withoutName(left), withoutName(right));
        if (new Pair(printOf(left), printOf(right)).equals(pair)) {
            differences.put(pair, difference);
        }
        return difference;
    }

    public static SchemaPrint printOf(SchemaSeen seen) {
        return new SchemaPrint(seen.snapshot().fingerprint(), seen.defaultSchema());
    }

    /** Without the name of the schema that comes first on the search path. */
    public static SchemaSnapshot withoutName(SchemaSeen seen) {
        String own = seen.defaultSchema();
        return own == null
                ? seen.snapshot()
                : new SchemaSnapshot(seen.snapshot().form(), seen.snapshot().objects().stream()
                        .map(it -> own.equals(it.object().schema())
                                ? new SchemaObject(new ObjectName(it.object().kind(), null, it.object().table(),
                                        it.object().name()), it.definition())
                                : it)
                        .toList());
    }
}
