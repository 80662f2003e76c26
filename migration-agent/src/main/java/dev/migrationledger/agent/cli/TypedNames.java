package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.envelope.InvalidName;
import dev.migrationledger.contracts.envelope.PlainNames;

/** Names of projects, environments and agents, as a person types them. */
public final class TypedNames {

    private TypedNames() {}

    /** The name; fails with wrong usage if it cannot be one. */
    public static String check(String what, String name) {
        try {
            return PlainNames.check(what, name);
        } catch (InvalidName e) {
            throw CommandFailure.usage(e.getMessage() + ".");
        }
    }
}
