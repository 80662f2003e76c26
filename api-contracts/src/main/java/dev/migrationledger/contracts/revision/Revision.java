package dev.migrationledger.contracts.revision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One migration, as its file declares it.
 *
 * @param revision its id
 * @param parents {@code down_revision}: none for a base, several for a merge point
 * @param dependsOn revisions (or branch labels) that must be there first without being parents
 * @param labels branch labels that this revision itself declares
 * @param message the first line of the file's docstring; absent where it has none
 * @param file relative to the folder that the scan names as its source, with {@code /} between its parts
 * @param digest SHA-256 of the file's bytes, in lower-case hexadecimal. A digest made in another way begins with that way's name and a colon;
 *     the two are never compared
 * @param semantics what the file does; absent where the agent cannot tell, such as where Python cannot read the file
 */
public record Revision(
        String revision,
        List<String> parents,
        List<String> dependsOn,
        List<String> labels,
        @Nullable String message,
        String file,
        String digest,
        @Nullable SemanticDigest semantics) {
    public Revision {
        parents = List.copyOf(parents);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** One of whose file only the bytes are known. */
    public Revision(
            String revision,
            List<String> parents,
            List<String> dependsOn,
            List<String> labels,
            @Nullable String message,
            String file,
            String digest) {
        this(revision, parents, dependsOn, labels, message, file, digest, null);
    }

    /** Whether its digest was made in the same way as that of another, so that two that are not equal are two files. */
    public boolean isComparableTo(Revision other) {
        return form(digest).equals(form(other.digest));
    }

    /** How its file compares with that of another. What both declare is compared too, so files with different ids differ. */
    public FileComparison compare(Revision other) {
        if (digest.equals(other.digest)) {
            return FileComparison.SAME_FILE;
        }
        if (semantics != null && other.semantics != null) {
            if (!semantics.isComparableTo(other.semantics)) {
                return FileComparison.NOT_COMPARABLE;
            }
            return declaresTheSame(other) && hasSameCode(other)
                    ? FileComparison.SAME_MEANING
                    : FileComparison.DIFFERENT;
        }
        return isComparableTo(other) ? FileComparison.DIFFERENT : FileComparison.NOT_COMPARABLE;
    }

    /** Whether its file has the same bytes as that of another or the same code, even if they declare different things. What cannot be compared has not. */
    public boolean hasSameCode(Revision other) {
        return digest.equals(other.digest) || (semantics != null && other.semantics != null
                && semantics.isComparableTo(other.semantics) && semantics.value().equals(other.semantics.value()));
    }

    /** Whether its file is known to do all that the file of another does, even if they declare different things. Two that do nothing do not count. */
    public boolean doesTheSame(Revision other) {
        return semantics != null && semantics.selfContained() && !semantics.empty()
                && semantics.equals(other.semantics);
    }

    private boolean declaresTheSame(Revision other) {
        return revision.equals(other.revision) && parents.equals(other.parents) && dependsOn.equals(other.dependsOn)
                && labels.equals(other.labels);
    }

    private static String form(String digest) {
        return digest.substring(0, digest.indexOf(':') + 1);
    }
}
