package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.scripts.GraphProblem.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that can be wrong with a history by itself. One method per divergence code, in the order of the codes. */
final class Problems {

    /** An id of more characters is shortened. */
    private static final int MOST_CHARACTERS = 2 * LongIds.USUAL_WIDTH;

    /** Alembic gives these a meaning in what a person types: {@code label@head}, {@code rev-1}, {@code a:b}. */
    private static final String ILLEGAL = "@-+:";

    private final Links links;
    private final List<GraphProblem> found = new ArrayList<>();

    private Problems(Links links) {
        this.links = links;
    }

    static List<GraphProblem> of(Links links, Order order) {
        Problems problems = new Problems(links);
        problems.invalidIds();
        LongIds.problem(LongIds.of(links.revisions, LongIds.USUAL_WIDTH), LongIds.USUAL_WIDTH)
                .ifPresent(problems.found::add);
        problems.duplicates();
        problems.missingParents();
        problems.missingDependencies();
        problems.found.addAll(new Cycles(links, order).problems());
        problems.labelClashes();
        if (problems.found.stream().noneMatch(problem -> problem.code() == DivergenceCode.MISSING_PARENT)) {
            // A head may be one only because the file that follows it names another parent.
            Heads.problem(links).ifPresent(problems.found::add);
        }
        return List.copyOf(problems.found);
    }

    private void invalidIds() {
        for (Revision revision : links.revisions) {
            String id = revision.revision();
            if (id.isEmpty()) {
                found.add(new EmptyId(revision.file()));
            } else if (id.chars().anyMatch(Problems::isIllegal)) {
                found.add(new IllegalId(declared(revision), id.chars().filter(Problems::isIllegal).sorted().distinct()
                        .mapToObj(Character::toString).collect(Collectors.joining())));
            }
        }
    }

    private static boolean isIllegal(int character) {
        return ILLEGAL.indexOf(character) >= 0;
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
            found.add(new DuplicateId(shortened(id), declared(numbers)));
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
        children.forEach((parent, numbers) -> found
                .add(new MissingParent(shortened(parent), declared(numbers), hints.forParent(parent))));
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
        dependents.forEach((dependency, numbers) -> found.add(
                new MissingDependency(shortened(dependency), declared(numbers), hints.forDependency(dependency))));
    }

    private void labelClashes() {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < links.revisions.size(); i++) {
            Revision revision = links.revisions.get(i);
            for (String label : revision.labels()) {
                Integer sameId = links.number(label);
                Integer owner = owners.putIfAbsent(label, i);
                if (sameId != null) {
                    found.add(new LabelIsId(label, declared(revision), declared(links.revisions.get(sameId))));
                } else if (owner != null) {
                    found.add(owner == i
                            ? new LabelTwice(label, declared(revision))
                            : new LabelTaken(label, declared(revision), declared(links.revisions.get(owner))));
                }
            }
        }
    }

    private DeclaredRevisions declared(List<Integer> numbers) {
        return declared(links, numbers);
    }

    static DeclaredRevisions declared(Links links, List<Integer> numbers) {
        return new DeclaredRevisions(
                numbers.stream().limit(DeclaredRevisions.MOST).map(links.revisions::get).map(Problems::declared)
                        .toList(),
                numbers.size());
    }

    static DeclaredRevision declared(Revision revision) {
        return new DeclaredRevision(shortened(revision.revision()), revision.file());
    }

    /** An id may be anything that stands between quotes in a file, a megabyte of it too. */
    static String shortened(String id) {
        return id.codePointCount(0, id.length()) <= MOST_CHARACTERS
                ? id
                : id.substring(0, id.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }
}
