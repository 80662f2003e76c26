package dev.migrationledger.agent.tool;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.graph.RevisionGraph;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project's revisions as one source has them.
 *
 * @param source as the operator named it: a configuration file or a folder
 * @param revisions in the order in which the tool itself loads their files; two files with one id are two revisions
 * @param problems everything wrong: with the configuration, with files, and with the graph
 */
public record History(String source, List<Revision> revisions, List<ScriptProblem> problems) {

    /**
     * The form of this version. Raise it whenever the same files would be read as other revisions or problems, or get another {@link #digest} or
     * semantic digest:
     * the agent then publishes the whole history again, and no difference.
     */
    public static final int FORM = 5;

    public History {
        revisions = List.copyOf(revisions);
        problems = List.copyOf(problems);
    }

    /** What was read, together with what is wrong with the graph it forms. */
    public static History of(String source, List<Revision> revisions, List<ScriptProblem> whileReading) {
        List<ScriptProblem> problems = new ArrayList<>(whileReading);
        problems.addAll(RevisionGraph.of(revisions).problems());
        return new History(source, revisions, problems);
    }

    /** The same, with a kind of problem left out that the tool's own configuration takes care of. */
    public History without(Class<? extends ScriptProblem> kind) {
        return new History(source, revisions, problems.stream().filter(problem -> !kind.isInstance(problem)).toList());
    }

    /** The graph of the revisions, built by each call. */
    public RevisionGraph graph() {
        return RevisionGraph.of(revisions);
    }

    /**
     * SHA-256 in lower-case hexadecimal over revisions, files and problems. The source is left out, so that the same
     * scripts have one digest wherever they lie; so is the order, because it differs between versions of a tool and of this agent.
     */
    public String digest() {
        Hash hash = new Hash();
        revisions.stream()
                .sorted(Comparator.comparing(Revision::file).thenComparing(Revision::revision))
                .forEach(revision -> {
                    hash.add("revision").add(revision.revision()).add(revision.file()).add(revision.digest());
                    hash.add(revision.message());
                    hash.add(revision.parents()).add(revision.dependsOn()).add(revision.labels());
                });
        problems.stream()
                .map(problem -> new String(ContractJson.write(problem), StandardCharsets.UTF_8))
                .sorted()
                .forEach(problem -> hash.add("problem").add(problem));
        return hash.hex();
    }

    /** Every part is preceded by its length, so that no two lists of parts look alike. */
    private static final class Hash {
        private final MessageDigest sha256 = Sha256.digest();

        Hash add(@Nullable String part) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            int length = part == null ? -1 : bytes.length;
            for (int shift = 24; shift >= 0; shift -= 8) {
                sha256.update((byte) (length >>> shift));
            }
            sha256.update(bytes);
            return this;
        }

        Hash add(List<String> parts) {
            add(Integer.toString(parts.size()));
            parts.forEach(this::add);
            return this;
        }

        String hex() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }
}
