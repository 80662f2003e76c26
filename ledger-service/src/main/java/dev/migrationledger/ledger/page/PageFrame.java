package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import java.util.List;

/**
 * What stands around each page.
 *
 * @param caller who signed in, for people to read; empty where no one did
 * @param open whether the ledger asks for no sign-in
 * @param query what is in the search box
 * @param tamperings places where someone changed the ledger's database; usually none
 */
public record PageFrame(String caller, boolean open, String query, int tamperings) {

    /** Around a page for someone of whom nothing is known. */
    static final PageFrame UNKNOWN = new PageFrame("", false, "", 0);

    /** All signs of the pages, for the legend. */
    public List<Glyph> glyphs() {
        return List.of(Glyph.values());
    }

    /** A sentence in pieces, for the fragment {@code times :: sentence}. */
    public List<SentencePart> parts(String sentence) {
        return SentencePart.of(sentence);
    }

    /** In a sentence; empty if there are none. */
    public String tampering() {
        return tamperings == 0
                ? ""
                : "Someone changed the ledger's database by other means than the ledger, in %s."
                        .formatted(Count.of(tamperings, "place"));
    }
}
