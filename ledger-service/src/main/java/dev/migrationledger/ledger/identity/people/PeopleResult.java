package dev.migrationledger.ledger.identity.people;

/** What became of a {@link PeopleCommand}. */
public enum PeopleResult {
    DONE,
    /** There is no such link or token, or it is somebody else's. */
    UNKNOWN,
    /** The link's time is over. */
    EXPIRED,
    /** The person has as many tokens as a person may have. */
    TOO_MANY
}
