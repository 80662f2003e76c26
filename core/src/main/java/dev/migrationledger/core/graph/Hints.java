package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What to write instead of a revision that is not there: sentences without their full stop. */
final class Hints {

    private final Links links;
    private final TreeSet<String> ids = new TreeSet<>();

    Hints(Links links) {
        this.links = links;
    }

    String forParent(String parent) {
        Integer labelled = links.labelled(parent);
        if (labelled != null) {
            return "Write the id '%s' instead of the branch label '%s', which down_revision does not accept"
                    .formatted(links.id(labelled), Problems.shortened(parent));
        }
        return forDependency(parent);
    }

    String forDependency(String dependency) {
        Revision named = namedByFile(dependency);
        if (named != null) {
            return "Write the id '%s' instead of the name of its file %s".formatted(named.revision(), named.file());
        }
        String whole = completed(dependency);
        return whole == null
                ? "Restore the file of '%s', or name another revision".formatted(Problems.shortened(dependency))
                : "Write the full id '%s' instead of '%s'".formatted(whole, Problems.shortened(dependency));
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
    private @Nullable String completed(String beginning) {
        if (ids.isEmpty()) {
            links.revisions.forEach(revision -> ids.add(revision.revision()));
        }
        String first = beginning.isEmpty() ? null : ids.ceiling(beginning);
        if (first == null || !first.startsWith(beginning)) {
            return null;
        }
        String second = ids.higher(first);
        return second != null && second.startsWith(beginning) ? null : first;
    }
}
