package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several heads stop {@code alembic upgrade head}. Where each has a branch label that no other has, they are intended, and that is only
 * worth knowing.
 */
final class Heads {

    /** Nobody names more branches by hand, and each head's labels cost a walk through the history. */
    private static final int MOST_LABELLED = 64;

    private static final int MOST_EFFECTIVE = 3;

    private Heads() {}

    static Optional<Finding> finding(Links links) {
        List<Integer> heads = IntStream.range(0, links.revisions.size())
                .filter(i -> links.isFound(i) && links.children.count(i) == 0)
                .boxed()
                .toList();
        if (heads.size() < 2) {
            return Optional.empty();
        }
        boolean labelled = heads.size() <= MOST_LABELLED && eachHasItsLabel(links, heads);
        String message = (labelled
                ? "The history has %d heads, each with its own branch label: %s."
                : "The history has %d heads: %s.")
                .formatted(heads.size(),
                        Problems.few(heads.stream().map(head -> "'%s'".formatted(Problems.shortened(links.id(head))))
                                .toList()));
        List<String> details = new ArrayList<>(labelled
                ? List.of("Upgrade to 'heads' or to '<label>@head'.")
                : List.of("Merge them, or give each branch a label and upgrade to 'heads'.",
                        "'alembic upgrade head' cannot choose between them."));
        details.addAll(effective(links, heads));
        return Optional.of(new Finding(
                DivergenceCode.MULTIPLE_HEADS,
                labelled ? Severity.INFO : Severity.ERROR,
                "",
                message,
                List.of(Problems.exhibits(links, heads, details.toArray(String[]::new))),
                List.of()));
    }

    /** What Alembic calls an effective head has no row of its own once the revision ran that depends on it. */
    private static List<String> effective(Links links, List<Integer> heads) {
        return heads.stream()
                .filter(head -> links.followers.count(head) > 0)
                .limit(MOST_EFFECTIVE)
                .map(head -> "'%s' is an effective head: '%s' depends on it, so it needs no row of its own."
                        .formatted(Problems.shortened(links.id(head)),
                                Problems.shortened(links.id(links.followers.target(links.followers.start(head))))))
                .toList();
    }

    private static boolean eachHasItsLabel(Links links, List<Integer> heads) {
        List<Set<String>> labels = heads.stream().map(head -> Labels.of(links, head)).toList();
        return labels.stream().allMatch(own -> own.stream()
                .anyMatch(label -> labels.stream().filter(other -> other.contains(label)).count() == 1));
    }
}
