package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Enumeration;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that can be wrong with a history by itself. One method per divergence code, in the order of the codes. */
final class Problems {

    /** An id of more characters is shortened in messages. */
    private static final int MOST_CHARACTERS = 2 * LongIds.USUAL_WIDTH;

    /** Alembic gives these a meaning in what a person types: {@code label@head}, {@code rev-1}, {@code a:b}. */
    private static final String ILLEGAL = "@-+:";

    /** Evidence that names more is not read. */
    static final int MOST_NAMED = 8;

    /** A message that names more has to be read twice. */
    private static final int FEW = 3;

    private static final String REFUSED = "Alembic refuses every command until then.";

    private final Links links;
    private final List<Finding> found = new ArrayList<>();

    private Problems(Links links) {
        this.links = links;
    }

    static List<Finding> of(Links links, Order order) {
        Problems problems = new Problems(links);
        problems.invalidIds();
        LongIds.perhaps(links.revisions).ifPresent(problems.found::add);
        problems.duplicates();
        problems.missingParents();
        problems.missingDependencies();
        problems.found.addAll(new Cycles(links, order).findings());
        problems.labelClashes();
        if (problems.found.stream().noneMatch(problem -> problem.code() == DivergenceCode.MISSING_PARENT)) {
            // A head may be one only because the file that follows it names another parent.
            Heads.finding(links).ifPresent(problems.found::add);
        }
        return List.copyOf(problems.found);
    }

    private void invalidIds() {
        for (Revision revision : links.revisions) {
            String id = revision.revision();
            if (id.isEmpty()) {
                invalid(revision, "%s declares an empty revision id.".formatted(revision.file()),
                        "Give the revision an id, such as 12 hexadecimal digits.");
            } else if (id.chars().anyMatch(Problems::isIllegal)) {
                String illegal = id.chars().filter(Problems::isIllegal).sorted().distinct()
                        .mapToObj(Character::toString).collect(Collectors.joining("' and '"));
                invalid(revision,
                        "Revision id '%s' in %s contains '%s', which Alembic does not allow."
                                .formatted(shortened(id), revision.file(), illegal),
                        "Rename '%s' in its file and in every down_revision and depends_on that names it."
                                .formatted(shortened(id)));
            }
        }
    }

    private static boolean isIllegal(int character) {
        return ILLEGAL.indexOf(character) >= 0;
    }

    private void invalid(Revision revision, String message, String advice) {
        found.add(Finding.error(DivergenceCode.REVISION_ID_INVALID, message, Exhibit.file(revision.file()),
                Exhibit.detail(advice)));
    }

    private void duplicates() {
        Map<String, List<Integer>> others = new LinkedHashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            if (!links.isFound(i)) {
                others.computeIfAbsent(links.id(i), id -> new ArrayList<>()).add(i);
            }
        }
        others.forEach((id, numbers) -> {
            Integer winner = links.number(id);
            if (winner != null) {
                numbers.add(winner);
            }
            found.add(Finding.error(
                    DivergenceCode.DUPLICATE_REVISION,
                    "%d files declare the revision id '%s': %s."
                            .formatted(numbers.size(), id,
                                    few(numbers.stream().map(i -> links.revisions.get(i).file()).toList())),
                    exhibits(links, numbers, "Keep one of the files and give the others their own ids.",
                            "Alembic follows the last and counts the others as heads.")));
        });
    }

    private void missingParents() {
        Map<String, List<Integer>> children = new LinkedHashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            for (String parent : links.revisions.get(i).parents()) {
                if (links.number(parent) == null) {
                    children.computeIfAbsent(parent, id -> new ArrayList<>()).add(i);
                }
            }
        }
        Hints hints = new Hints(links);
        children.forEach((parent, numbers) -> found.add(Finding.error(
                DivergenceCode.MISSING_PARENT,
                "No file declares '%s', the parent of %s.".formatted(shortened(parent), declared(numbers)),
                exhibits(links, numbers, hints.forParent(parent) + ".", REFUSED))));
    }

    private void missingDependencies() {
        Map<String, List<Integer>> dependents = new LinkedHashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            for (String dependency : links.revisions.get(i).dependsOn()) {
                if (!dependency.isEmpty() && links.required(dependency) == null) {
                    dependents.computeIfAbsent(dependency, id -> new ArrayList<>()).add(i);
                }
            }
        }
        Hints hints = new Hints(links);
        dependents.forEach((dependency, numbers) -> found.add(Finding.error(
                DivergenceCode.MISSING_PARENT,
                "No revision or branch label is called '%s', which %s depends on.".formatted(shortened(dependency),
                        declared(numbers)),
                exhibits(links, numbers, hints.forDependency(dependency) + ".", REFUSED))));
    }

    private void labelClashes() {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            Revision revision = links.revisions.get(i);
            for (String label : revision.labels()) {
                Integer sameId = links.number(label);
                Integer owner = owners.putIfAbsent(label, i);
                if (sameId != null) {
                    clash(i, sameId, "Branch label '%s' of %s is also the id of %s."
                            .formatted(label, declared(List.of(i)), declared(List.of(sameId))),
                            "Choose another label than '%s'.".formatted(label));
                } else if (owner != null && owner == i) {
                    clash(i, owner, "%s declares the branch label '%s' twice.".formatted(declared(List.of(i)), label),
                            "Declare '%s' only once.".formatted(label));
                } else if (owner != null) {
                    clash(i, owner, "Branch label '%s' of %s is already that of %s."
                            .formatted(label, declared(List.of(i)), declared(List.of(owner))),
                            "Rename or remove one of the two labels '%s'.".formatted(label));
                }
            }
        }
    }

    private void clash(int one, int other, String message, String advice) {
        found.add(Finding.error(DivergenceCode.BRANCH_LABEL_CLASH, message,
                exhibits(links, one == other ? List.of(one) : List.of(other, one), advice)));
    }

    private String declared(List<Integer> numbers) {
        return declared(links, numbers);
    }

    /** Such as {@code 'ae1027a6acf' (ae1027a6acf_migrate.py) and 3 more}. */
    private static String declared(Links links, List<Integer> numbers) {
        return few(numbers.stream()
                .map(i -> "'%s' (%s)".formatted(shortened(links.id(i)), links.revisions.get(i).file())).toList());
    }

    /** As many as a message names; its evidence has more. */
    static String few(List<String> names) {
        return Enumeration.of(names, FEW);
    }

    /** An id may be anything that stands between quotes in a file, a megabyte of it too. */
    static String shortened(String id) {
        return id.codePointCount(0, id.length()) <= MOST_CHARACTERS
                ? id
                : id.substring(0, id.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }

    /** Files, and below them sentences: first what to do, then what else to know. */
    static Exhibit[] exhibits(Links links, List<Integer> numbers, String... details) {
        return Stream.concat(
                numbers.stream().limit(MOST_NAMED).map(i -> Exhibit.file(links.revisions.get(i).file())),
                Stream.of(details).map(Exhibit::detail)).toArray(Exhibit[]::new);
    }
}
