package dev.migrationledger.contracts.merge;

import java.util.List;

/**
 * Who wrote a revision of a merge, as far as it is known. Names and addresses of mail are not here: they are with the files.
 *
 * @param digest of its file
 * @param people those of its authors whom the ledger knows: issuer and subject of a sign-in with a blank between them
 */
public record MergeAuthors(String revision, String digest, Origin origin, List<String> people) {

    public MergeAuthors {
        people = List.copyOf(people);
    }

    /** Where its file comes from. */
    public enum Origin {
        /** People wrote it, whom Git names. */
        PEOPLE,
        /** The migration tool writes a merge in exactly these bytes: no one is its author. */
        TOOL,
        /** No agent that read the file has a Git repository which reaches back to who wrote it. */
        UNKNOWN
    }
}
