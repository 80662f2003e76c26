package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem.Suggestion.Naming;
import dev.migrationledger.contracts.scripts.GraphProblem.Suggestion;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was probably meant by a revision that is not there. */
final class Hints {

    private final Links links;
    private final TreeSet<String> ids = new TreeSet<>();

    Hints(Links links) {
        this.links = links;
    }

    @Nullable
    Suggestion forParent(String parent) {
        Integer labelled = links.labelled(parent);
        return labelled != null
                ? suggestion(Naming.LABEL, links.revisions.get(labelled))
                : forDependency(parent);
    }

    @Nullable
    Suggestion forDependency(String dependency) {
        Revision named = namedByFile(dependency);
        if (named != null) {
            return suggestion(Naming.FILE, named);
        }
        Integer whole = completed(dependency);
        return whole == null ? null : suggestion(Naming.BEGINNING, links.revisions.get(whole));
    }

    private static Suggestion suggestion(Naming naming, Revision revision) {
        return new Suggestion(naming, revision.revision(), revision.file());
    }

    /** The one revision whose file has this name, with or without its folder and ending. */
    private @Nullable Revision namedByFile(String name) {
        List<Revision> named = links.revisions.stream().filter(revision -> {
            String file = revision.file();
            String stem = file.endsWith(".py") ? file.substring(0, file.length() - ".py".length()) : file;
            return !name.isEmpty() && (("/" + file).endsWith("/" + name) || ("/" + stem).endsWith("/" + name));
        }).limit(2).toList();
        return named.size() == 1 ? named.getFirst() : null;
    }

    /** The one id that begins so. */
    private @Nullable Integer completed(String beginning) {
        if (ids.isEmpty()) {
            links.revisions.forEach(revision -> ids.add(revision.revision()));
        }
        String first = beginning.isEmpty() ? null : ids.ceiling(beginning);
        if (first == null || !first.startsWith(beginning)) {
            return null;
        }
        String second = ids.higher(first);
        return second != null && second.startsWith(beginning) ? null : links.number(first);
    }
}
