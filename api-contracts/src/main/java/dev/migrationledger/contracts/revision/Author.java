package dev.migrationledger.contracts.revision;

/**
 * A person as a commit names them, which is not proved.
 *
 * @param name after the repository's {@code .mailmap}
 * @param address of mail, likewise; may be empty
 */
public record Author(String name, String address) {}
