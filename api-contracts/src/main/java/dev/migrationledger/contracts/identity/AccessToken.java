package dev.migrationledger.contracts.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token with which a program acts for a person.
 *
 * @param person whose it is
 * @param name what the person calls it
 * @param role what it may do
 * @param project where it may do it; absent: in all projects
 * @param until it is void afterwards
 * @param value what the program sends; present once, in the answer to who made it
 */
public record AccessToken(
        UUID token, String person, String name, Role role, @Nullable String project, Instant issued, Instant until,
        @Nullable String value) {

    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 100;

    /** The longest validity, in days. */
    public static final int LONGEST_DAYS = 365;

    /**
     * What a person asks for.
     *
     * @param role absent: viewer
     * @param project absent: all projects that the person has
     * @param days how long it is valid; absent: 90
     */
    public record Wanted(String name, @Nullable Role role, @Nullable String project, @Nullable Integer days) {}
}
