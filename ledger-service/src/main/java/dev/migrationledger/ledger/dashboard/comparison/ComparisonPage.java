package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.comparison.ComparisonSentences;
import dev.migrationledger.ledger.dashboard.SomeNames;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a comparison says.
 *
 * @param sign tells the outcomes apart without their colours
 * @param swapped the address with the sides exchanged
 * @param pinned an address that shows the same for ever; absent: this one does
 * @param knownAt only what the ledger had recorded by then; absent: all that it knows
 * @param latest the address with all that the ledger knows
 * @param json what a program reads
 */
record ComparisonPage(
        String project, String address, String sign, String tone, String verdict, Side left, Side right, String swapped,
        @Nullable String pinned, @Nullable PageTime knownAt, String latest, String json) {

    /**
     * One side.
     *
     * @param name of its environment, with its moment where the other side has another one
     * @param label that tells it apart in few words
     * @param address of the environment's page at that moment
     * @param at absent: now
     * @param rows of the version table
     */
    record Side(
            String name, String label, String environment, String address, @Nullable PageTime at, SomeNames rows,
            SomeNames heads, PageTime observed) {}

    static ComparisonPage of(ChosenSides sides, Comparison comparison, ComparisonSentences words, SchemaPart schema,
            Instant now) {
        Relation relation = comparison.relation();
        boolean same = relation == Relation.EQUAL && comparison.divergences().isEmpty()
                && !schema.sign().equals(Glyph.DIFFERENT.sign());
        boolean alike = sides.left().equals(sides.right());
        return new ComparisonPage(comparison.project(), PageAddress.project(comparison.project()) + "/compare",
                (relation == Relation.UNKNOWN ? Glyph.NOT_KNOWN : same ? Glyph.EQUAL : Glyph.DIFFERENT).sign(),
                same ? "good" : relation == Relation.FORKED || relation == Relation.EQUAL ? "bad" : "due",
                Redaction.of(words.verdict() + "."),
                side(words.left(), alike ? "left" : sides.left(), comparison.project(), comparison.left(),
                        sides.leftAt(), sides.knownAt(), now),
                side(words.right(), alike ? "right" : sides.right(), comparison.project(), comparison.right(),
                        sides.rightAt(), sides.knownAt(), now),
                sides.swapped().address(comparison.project()),
                sides.knownAt() == null ? sides.pinned(now).address(comparison.project()) : null,
                sides.knownAt() == null ? null : PageTime.of(sides.knownAt(), now),
                sides.latest().address(comparison.project()), sides.json(comparison.project()));
    }

    private static Side side(
            String name, String label, String project, Comparison.Side side, @Nullable Instant at,
            @Nullable Instant knownAt, Instant now) {
        return new Side(name, label, side.environment(),
                PageAddress.environment(project, side.environment(), at, knownAt),
                at == null ? null : PageTime.of(at, now), SomeNames.of(side.rows()), SomeNames.of(side.heads()),
                PageTime.of(side.observedAt(), now));
    }
}
