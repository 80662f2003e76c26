package dev.migrationledger.core.query;

import java.util.List;

/** A language with every kind of keys. */
final class TestLanguage {

    static final QueryLanguage LANGUAGE = new QueryLanguage(List.of(
            QueryKey.text("actor", "Who did it."),
            QueryKey.text("environment", "Where.", "env"),
            QueryKey.oneOf("kind", "What.", List.of("stamped", "applied", "policy-changed")),
            QueryKey.numbers("position", "The place in the log.", "pos"),
            QueryKey.times("since", "From then on.", QueryKey.TimeUse.SINCE),
            QueryKey.times("until", "Up to then.", QueryKey.TimeUse.UNTIL),
            QueryKey.times("at", "Within it.", QueryKey.TimeUse.WITHIN)));

    private TestLanguage() {}
}
