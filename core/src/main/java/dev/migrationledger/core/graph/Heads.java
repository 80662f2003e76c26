package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several heads stop {@code alembic upgrade head}. Where each has a branch label that no other has, the project means them, and that is
 * only worth knowing.
 */
final class Heads {

    /** Nobody names more branches by hand, and each head's labels cost a walk through the history. */
    private static final int MOST_LABELLED = 64;

    private Heads() {}

    static Optional<Finding> finding(Links links) {
        List<Integer> heads = IntStream.range(0, links.revisions.size())
                .filter(i -> links.isFound(i) && links.children.count(i) == 0)
                .boxed()
                .toList();
        if (heads.size() < 2) {
            return Optional.empty();
        }
        boolean meant = heads.size() <= MOST_LABELLED && eachHasItsLabel(links, heads);
        String message = (meant
                ? "%d heads, each with its own branch label: %s. Upgrade to 'heads' or to '<label>@head'."
                : "%d heads: %s. 'alembic upgrade head' cannot choose: merge them, or give each branch a label and upgrade to 'heads'.")
                .formatted(heads.size(), Problems.declared(links, heads));
        return Optional.of(new Finding(
                DivergenceCode.MULTIPLE_HEADS,
                meant ? Severity.INFO : Severity.ERROR,
                "",
                message + effective(links, heads),
                List.of(Problems.exhibits(links, heads)),
                List.of()));
    }

    /** What Alembic calls an effective head has no row of its own once the revision ran that depends on it. */
    private static String effective(Links links, List<Integer> heads) {
        List<String> needed = heads.stream()
                .filter(head -> links.followers.count(head) > 0)
                .map(head -> "'%s' is an effective head: '%s' depends on it, so it needs no row of its own."
                        .formatted(Problems.shortened(links.id(head)),
                                Problems.shortened(links.id(links.followers.target(links.followers.start(head))))))
                .toList();
        return needed.isEmpty() ? "" : " " + String.join(" ", needed.subList(0, Math.min(needed.size(), 3)));
    }

    private static boolean eachHasItsLabel(Links links, List<Integer> heads) {
        List<Set<String>> labels = heads.stream().map(head -> Labels.of(links, head)).toList();
        return labels.stream().allMatch(own -> own.stream()
                .anyMatch(label -> labels.stream().filter(other -> other.contains(label)).count() == 1));
    }
}
