package dev.migrationledger.ledger.dashboard;

import java.util.List;
import java.util.stream.IntStream;

/** The order of stages, as far as names of environments tell it: development comes before production. */
public final class Stages {

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

    private static int named(String environment) {
        // "preprod" is before "prod" in the list, so the first that fits is the longest.
        return IntStream.range(0, NAMES.size()).filter(at -> environment.startsWith(NAMES.get(at))).findFirst()
                .orElseGet(() -> IntStream.range(0, NAMES.size()).filter(at -> environment.contains(NAMES.get(at)))
                        .findFirst().orElse(-1));
    }
}
