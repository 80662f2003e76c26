package dev.migrationledger.ledger.dashboard;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The order of stages, as far as names of environments tell it: development comes before production. */
public final class Stages {

    /** In the order in which changes usually reach them. A name has the rank of the first of these words that it begins with or contains. */
    private static final List<String> NAMES = List.of("local", "dev", "ci", "test", "qa", "int", "demo", "preview",
            "uat", "stag", "preprod", "pre-prod", "canary", "prod", "live");

    private static final int PRODUCTION = NAMES.indexOf("prod");

    private Stages() {}

    /** A name that tells nothing counts as production. */
    public static int of(String environment) {
        int named = named(environment);
        return named < 0 ? PRODUCTION : named;
    }

    /** Whether its name says that it is in production. */
    public static boolean isProduction(String environment) {
        return named(environment) >= PRODUCTION;
    }

    /** Two environments, the one that changes usually reach first on the left. */
    public record Pair(String left, String right) {}

    /** What is compared until the reader chooses: production, or what comes nearest to it, with the stage before. Empty for fewer than two environments. */
    public static Optional<Pair> pair(Collection<String> environments) {
        return environments.stream()
                .min(Comparator.comparing(Stages::isProduction).reversed()
                        .thenComparing(Comparator.comparingInt(Stages::of).reversed())
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(right -> before(right, environments).map(left -> new Pair(left, right)));
    }

    /** What an environment is compared with until the reader chooses: production, or for production the stage before. Empty if it is the only one. */
    public static Optional<String> other(String environment, Collection<String> environments) {
        return pair(environments).map(pair -> environment.equals(pair.right) ? pair.left : pair.right);
    }

    private static Optional<String> before(String right, Collection<String> environments) {
        return environments.stream().filter(name -> !name.equals(right))
                .min(Comparator.comparing((String name) -> of(name) >= of(right))
                        .thenComparing(Comparator.comparingInt(Stages::of).reversed())
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int named(String environment) {
        // "preprod" is before "prod" in the list, so the first that fits is the longest.
        return IntStream.range(0, NAMES.size()).filter(at -> environment.startsWith(NAMES.get(at))).findFirst()
                .orElseGet(() -> IntStream.range(0, NAMES.size()).filter(at -> environment.contains(NAMES.get(at)))
                        .findFirst().orElse(-1));
    }
}
