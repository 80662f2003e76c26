package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.text.Count;

/**
 * What stands around each page.
 *
 * @param caller who signed in, for people to read; empty where the ledger asks for no sign-in
 * @param query what is in the search box
 * @param tamperings places where someone changed the ledger's database; usually none
 */
public record PageFrame(String caller, String query, int tamperings) {

    /** In a sentence; empty if there are none. */
    public String tampering() {
        return tamperings == 0
                ? ""
                : "Someone changed the ledger's database by other means than the ledger, in %s."
                        .formatted(Count.of(tamperings, "place"));
    }
}
