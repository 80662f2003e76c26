package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.git.FileAuthors;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MergeOrigin;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ProposedFile.NotComputed;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.agent.tool.alembic.write.MergeFile;
import dev.migrationledger.agent.tool.alembic.write.NotWritten;
import dev.migrationledger.agent.tool.alembic.write.RecomputedMerge;
import dev.migrationledger.agent.tool.alembic.write.Reparented;
import dev.migrationledger.agent.tool.alembic.write.WriteSettings;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Works out files of revisions from what lies on disk. It writes none. */
final class AlembicFiles {

    /** Bytes. */
    private static final int LARGEST_TEMPLATE = 1 << 16;

    private static final String TEMPLATE = "script.py.mako";

    private final Layout layout;
    private final Script.Contents contents;

    AlembicFiles(Layout layout, Script.Contents contents) {
        this.layout = layout;
        this.contents = contents;
    }

    /**
     * The file that {@code alembic merge} writes.
     *
     * @param settings absent: no configuration is known
     */
    ProposedFile merge(@Nullable WriteSettings settings, List<Path> locations, History history, NewMerge merge) {
        try {
            if (settings == null) {
                throw new NotWritten(
                        "A folder alone does not say how files are named; name the configuration with --config.");
            }
            Path folder = folder(locations, history, merge);
            MergeFile written = MergeFile.of(settings, template(), merge);
            Path file = folder.resolve(written.name());
            if (Files.exists(file)) {
                throw new NotWritten("'%s' exists already.".formatted(layout.name(file)));
            }
            requireSame(merge, read(file, written.bytes()));
            return new Computed(layout.name(file), written.bytes(), notes(settings));
        } catch (NotWritten e) {
            return new NotComputed(e.reason());
        }
    }

    private static List<String> notes(WriteSettings settings) {
        return settings.hooks().isEmpty()
                ? List.of()
                : List.of("Alembic would run %s on this file afterwards; run %s yourself.".formatted(
                        "the hook" + (settings.hooks().size() == 1 ? " '" : "s '")
                                + String.join("', '", settings.hooks()) + "'",
                        settings.hooks().size() == 1 ? "it" : "them"));
    }

    /** Where the new file lies: with several folders beside the first head. */
    private Path folder(List<Path> locations, History history, NewMerge merge) throws NotWritten {
        if (new HashSet<>(merge.heads()).size() < merge.heads().size()) {
            throw new NotWritten("A head is named twice.");
        }
        if (merge.revision().chars().anyMatch(c -> "@-+:".indexOf(c) >= 0) || merge.revision().isEmpty()) {
            throw new NotWritten("'%s' cannot be the id of a revision.".formatted(merge.revision()));
        }
        Revision first = null;
        for (String head : merge.heads()) {
            List<Revision> found = history.revisions().stream().filter(one -> one.revision().equals(head)).toList();
            if (found.size() != 1) {
                throw new NotWritten(found.isEmpty()
                        ? "There is no revision %s.".formatted(head)
                        : "Revision %s is in %d files.".formatted(head, found.size()));
            }
            if (history.revisions().stream().anyMatch(one -> one.parents().contains(head))) {
                throw new NotWritten("Revision %s is not a head.".formatted(head));
            }
            first = first == null ? found.getFirst() : first;
        }
        if (history.revisions().stream().anyMatch(one -> one.revision().equals(merge.revision()))) {
            throw new NotWritten("Revision %s exists already.".formatted(merge.revision()));
        }
        String label = merge.label();
        if (label != null && history.revisions().stream().anyMatch(
                one -> one.revision().equals(label) || one.labels().contains(label))) {
            throw new NotWritten("Branch label '%s' is in use.".formatted(label));
        }
        if (locations.size() > 1 && first != null) {
            Path folder = layout.base().resolve(first.file()).normalize().getParent();
            if (folder == null || locations.stream().noneMatch(folder::equals)) {
                throw new NotWritten("'%s' lies in no folder of 'version_locations'.".formatted(first.file()));
            }
            return folder;
        }
        if (locations.isEmpty() || !Files.isDirectory(locations.getFirst())) {
            throw new NotWritten("The folder for new revisions does not exist.");
        }
        return locations.getFirst();
    }

    private byte[] template() throws NotWritten {
        Path environment = layout.environment();
        Path file = environment == null ? null : environment.resolveSibling(TEMPLATE);
        try {
            if (file == null || !Files.isRegularFile(file)) {
                throw new NotWritten("There is no '%s' beside env.py.".formatted(TEMPLATE));
            }
            if (Files.size(file) > LARGEST_TEMPLATE) {
                throw new NotWritten("'%s' is larger than 64 KB.".formatted(layout.name(file)));
            }
            return contents.of(file);
        } catch (IOException e) {
            throw new NotWritten("'%s' cannot be read: %s.".formatted(TEMPLATE, e.getMessage()));
        }
    }

    private Script read(Path file, byte[] bytes) {
        return Script.of(layout.name(file), bytes, new ProjectModules(file, layout));
    }

    /** Alembic loads what it has written, and fails where the template does not declare what it should. */
    private static void requireSame(NewMerge merge, Script script) throws NotWritten {
        Revision revision = script.revision();
        List<String> labels = merge.label() == null ? List.of() : List.of(merge.label());
        if (revision == null || !revision.revision().equals(merge.revision())
                || !revision.parents().equals(merge.heads()) || !revision.labels().equals(labels)
                || !script.problems().isEmpty()) {
            throw new NotWritten("What '%s' makes for this message is not revision %s with these parents%s."
                    .formatted(TEMPLATE, merge.revision(), labels.isEmpty() ? "" : " and this label"));
        }
    }

    /** The file of a revision with other parents. */
    ProposedFile reparented(Revision revision, List<String> parents) {
        try {
            byte[] bytes = unchanged(revision);
            Reparented file = Reparented.of(revision.file(), bytes, parents);
            Revision read = read(layout.base().resolve(revision.file()), file.bytes()).revision();
            if (read == null || !read.parents().equals(parents) || !read.revision().equals(revision.revision())) {
                throw new NotWritten("'%s' computes its parents; change it by hand.".formatted(revision.file()));
            }
            return new Computed(revision.file(), file.bytes(), file.revises() == null
                    ? List.of()
                    : List.of("The docstring still says 'Revises: %s'.".formatted(file.revises())));
        } catch (NotWritten e) {
            return new NotComputed(e.reason());
        }
    }

    /** Where the file of a merge comes from. */
    MergeOrigin origin(@Nullable WriteSettings settings, Revision revision, Footprint footprint) {
        if (revision.parents().size() < 2) {
            return MergeOrigin.NO_MERGE;
        }
        if (!footprint.upgrade().isNone() || !footprint.downgrade().isNone()) {
            return MergeOrigin.HAS_OPERATIONS;
        }
        try {
            byte[] bytes = unchanged(revision);
            String docstring = EvaluatedModule.of(revision.file(), bytes,
                    new ProjectModules(layout.base().resolve(revision.file()), layout), AlembicRuntime.ASSUMPTIONS)
                    .docstring();
            return settings != null && RecomputedMerge.is(settings, template(), revision, bytes, docstring)
                    ? MergeOrigin.RECOMPUTED
                    : MergeOrigin.JOINS_ONLY;
        } catch (NotWritten notComputed) {
            return MergeOrigin.JOINS_ONLY;
        }
    }

    /**
     * Who wrote the files, if that is known.
     *
     * @param origin of a merge
     */
    List<RevisionAuthors> authors(List<Revision> revisions, Function<Revision, MergeOrigin> origin) {
        Map<Path, FileAuthors> folders = new HashMap<>();
        List<RevisionAuthors> known = new ArrayList<>();
        for (Revision revision : revisions) {
            Path file = layout.base().resolve(revision.file()).normalize();
            Path below = layout.folders().stream().filter(file::startsWith).findFirst().orElse(file.getParent());
            if (below == null) {
                continue;
            }
            Optional<List<Author>> authors = bytes(revision)
                    .flatMap(bytes -> folders.computeIfAbsent(below, FileAuthors::below).of(file, bytes));
            boolean generated = revision.parents().size() > 1 && origin.apply(revision) == MergeOrigin.RECOMPUTED;
            if (generated || authors.isPresent()) {
                known.add(new RevisionAuthors(revision.digest(), generated, authors.orElse(null)));
            }
        }
        return List.copyOf(known);
    }

    private Optional<byte[]> bytes(Revision revision) {
        try {
            return Optional.of(unchanged(revision));
        } catch (NotWritten gone) {
            return Optional.empty();
        }
    }

    /** The bytes of a file that is still what was read. */
    private byte[] unchanged(Revision revision) throws NotWritten {
        try {
            byte[] bytes = contents.of(layout.base().resolve(revision.file()));
            if (!Sha256.hex(bytes).equals(revision.digest())) {
                throw new NotWritten("'%s' changed after it was read.".formatted(revision.file()));
            }
            return bytes;
        } catch (IOException e) {
            throw new NotWritten("'%s' cannot be read: %s.".formatted(revision.file(), e.getMessage()));
        }
    }
}
