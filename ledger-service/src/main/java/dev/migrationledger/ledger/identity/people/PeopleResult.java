package dev.migrationledger.ledger.identity.people;

/** What became of a {@link PeopleCommand}. */
public enum PeopleResult {
    DONE,
    /** It is so already. */
    UNCHANGED,
    /** There is no such link, token or role, or it is somebody else's. */
    UNKNOWN,
    /** The link's time is over. */
    EXPIRED,
    /** There are as many tokens, roles or people as there may be. */
    TOO_MANY,
    /** A person does not decide on their own role. */
    OWN_ROLE,
    /** Nobody else administers all projects. */
    LAST_ADMINISTRATOR
}
