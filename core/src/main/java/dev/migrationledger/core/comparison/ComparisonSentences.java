package dev.migrationledger.core.comparison;

import dev.migrationledger.contracts.environment.Comparison.SchemaForms;
import dev.migrationledger.contracts.environment.Comparison.Shared;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A comparison in sentences.
 *
 * @param left what the left side is called
 * @param right what the right side is called
 */
public record ComparisonSentences(Comparison comparison, String left, String right) {

    private static final int MOST_NAMED = 3;

    /** Of two environments, which are called by their names. */
    public static ComparisonSentences of(Comparison comparison) {
        return new ComparisonSentences(comparison, comparison.left().environment(), comparison.right().environment());
    }

    /** How the two are related, without a full stop. */
    public String verdict() {
        return switch (comparison.relation()) {
            case EQUAL -> "%s and %s have the same revisions%s".formatted(left, right, but());
            case LEFT_BEHIND -> "%s is behind %s by %s".formatted(
                    left, right, Count.of(comparison.onlyRight().size(), "revision"));
            case RIGHT_BEHIND -> "%s is ahead of %s by %s".formatted(
                    left, right, Count.of(comparison.onlyLeft().size(), "revision"));
            case FORKED -> "%s and %s are forked%s: %s only on %s, %s only on %s".formatted(
                    left, right, forkedAt(), Count.of(comparison.onlyLeft().size(), "revision"), left,
                    Count.of(comparison.onlyRight().size(), "revision"), right);
            case UNKNOWN -> "%s and %s cannot be compared: %s".formatted(left, right, why());
        };
    }

    /** Why the schemas cannot be compared, where agents of different versions read them; empty otherwise. */
    public Optional<String> schemaForms() {
        SchemaForms forms = comparison.schemaForms();
        return forms == null ? Optional.empty() : Optional.of(otherForms(forms.left(), forms.right()));
    }

    /** That two schemas are in two forms. */
    public String otherForms(int formOfLeft, int formOfRight) {
        return "The schemas are not comparable: %s was read in form %d, %s in form %d. Upgrade the agent of %s."
                .formatted(left, formOfLeft, right, formOfRight, formOfLeft < formOfRight ? left : right);
    }

    /** What stands between two environments with the same revisions. */
    private String but() {
        List<String> reasons = new ArrayList<>();
        onlyStamped(left, Shared::left, Shared::right).ifPresent(reasons::add);
        onlyStamped(right, Shared::right, Shared::left).ifPresent(reasons::add);
        if (reasons.isEmpty() && !comparison.divergences().isEmpty()) {
            int known = comparison.divergences().size();
            reasons.add(Count.of(known, "divergence") + (known == 1 ? " is" : " are") + " open");
        }
        return reasons.isEmpty() ? "" : ", but " + String.join(", and ", reasons);
    }

    /** What ran on one side, and was only written into the version table on the other. */
    private Optional<String> onlyStamped(
            String side, Function<Shared, RevisionStatus> here, Function<Shared, RevisionStatus> there) {
        List<String> stamped = comparison.both().stream()
                .filter(shared -> here.apply(shared).kind() == RevisionStatus.Kind.STAMPED
                        && there.apply(shared).kind() != RevisionStatus.Kind.STAMPED)
                .map(shared -> here.apply(shared).revision())
                .toList();
        return stamped.isEmpty()
                ? Optional.empty()
                : Optional.of("%s %s only stamped on %s".formatted(ListText.and(stamped, MOST_NAMED),
                        stamped.size() == 1 ? "was" : "were", side));
    }

    private String forkedAt() {
        return comparison.mergeBase().isEmpty()
                ? ", with nothing in common"
                : " at " + String.join(", ", comparison.mergeBase());
    }

    private String why() {
        List<String> reasons = new ArrayList<>();
        reasons.addAll(why(comparison.left(), left));
        reasons.addAll(why(comparison.right(), right));
        return reasons.isEmpty() ? "a version table was never read" : String.join("; ", reasons);
    }

    private static List<String> why(Side side, String name) {
        if (!side.unknownRows().isEmpty()) {
            return List.of("%s is at %s, which none of its scripts has".formatted(name,
                    String.join(", ", side.unknownRows())));
        }
        return side.rows().isEmpty() ? List.of("the version table of %s was never read".formatted(name)) : List.of();
    }
}
