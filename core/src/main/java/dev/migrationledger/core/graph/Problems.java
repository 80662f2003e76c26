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

/** Everything that can be wrong with a history by itself. One method per divergence code, in the order of the codes. */
final class Problems {

    /** An id of more characters is shortened in messages. */
    private static final int MOST_CHARACTERS = 2 * LongIds.USUAL_WIDTH;

    /** Alembic gives these a meaning in what a person types: {@code label@head}, {@code rev-1}, {@code a:b}. */
    private static final String ILLEGAL = "@-+:";

    /** A message that names more is not read. */
    static final int MOST_NAMED = 8;

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
                invalid(revision, "%s declares an empty revision id; give it one, such as 12 hexadecimal digits."
                        .formatted(revision.file()));
            } else if (id.chars().anyMatch(Problems::isIllegal)) {
                String illegal = id.chars().filter(Problems::isIllegal).sorted().distinct()
                        .mapToObj(Character::toString).collect(Collectors.joining("' and '"));
                invalid(revision,
                        "The revision id '%s' in %s contains '%s', which Alembic does not allow. Rename it there and in every down_revision and depends_on that names it."
                                .formatted(shortened(id), revision.file(), illegal));
            }
        }
    }

    private static boolean isIllegal(int character) {
        return ILLEGAL.indexOf(character) >= 0;
    }

    private void invalid(Revision revision, String message) {
        found.add(Finding.error(DivergenceCode.REVISION_ID_INVALID, message, Exhibit.file(revision.file())));
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
                    "%d files declare the revision id '%s': %s. Keep one and give the others their own ids; Alembic follows the last and counts the others as heads."
                            .formatted(numbers.size(), id,
                                    named(numbers.stream().map(i -> links.revisions.get(i).file()).toList())),
                    exhibits(numbers)));
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
                "The parent '%s' of %s is in no file, so Alembic refuses every command. %s."
                        .formatted(shortened(parent), declared(numbers), hints.forParent(parent)),
                exhibits(numbers))));
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
                "'%s', which %s depends on, is neither a revision nor a branch label, so Alembic refuses every command. %s."
                        .formatted(shortened(dependency), declared(numbers), hints.forDependency(dependency)),
                exhibits(numbers))));
    }

    private void labelClashes() {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            Revision revision = links.revisions.get(i);
            for (String label : revision.labels()) {
                Integer sameId = links.number(label);
                Integer owner = owners.putIfAbsent(label, i);
                if (sameId != null) {
                    clash(i, sameId, "The branch label '%s' of %s is also the id of %s; choose another label."
                            .formatted(label, declared(List.of(i)), declared(List.of(sameId))));
                } else if (owner != null) {
                    clash(i, owner, owner == i
                            ? "The branch label '%s' stands twice in %s; write it once."
                                    .formatted(label, declared(List.of(i)))
                            : "The branch label '%s' of %s is already that of %s; a label may be declared once, so rename or remove one."
                                    .formatted(label, declared(List.of(i)), declared(List.of(owner))));
                }
            }
        }
    }

    private void clash(int one, int other, String message) {
        found.add(Finding.error(
                DivergenceCode.BRANCH_LABEL_CLASH, message,
                exhibits(one == other ? List.of(one) : List.of(other, one))));
    }

    private String declared(List<Integer> numbers) {
        return declared(links, numbers);
    }

    /** Such as {@code 'ae1027a6acf' (ae1027a6acf_migrate.py) and 3 more}. */
    static String declared(Links links, List<Integer> numbers) {
        return named(numbers.stream()
                .map(i -> "'%s' (%s)".formatted(shortened(links.id(i)), links.revisions.get(i).file())).toList());
    }

    static String named(List<String> names) {
        return Enumeration.of(names, MOST_NAMED);
    }

    /** An id may be anything that stands between quotes in a file, a megabyte of it too. */
    static String shortened(String id) {
        return id.codePointCount(0, id.length()) <= MOST_CHARACTERS
                ? id
                : id.substring(0, id.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }

    private Exhibit[] exhibits(List<Integer> numbers) {
        return exhibits(links, numbers);
    }

    static Exhibit[] exhibits(Links links, List<Integer> numbers) {
        return numbers.stream().limit(MOST_NAMED)
                .map(i -> Exhibit.file(links.revisions.get(i).file())).toArray(Exhibit[]::new);
    }
}
