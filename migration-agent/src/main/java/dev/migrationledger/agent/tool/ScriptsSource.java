package dev.migrationledger.agent.tool;

import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How scripts are told to a ledger.
 *
 * @param name of where they came from, such as {@code git:4f2a91c} or {@code image:navbot:1.4}; absent: where they lie
 * @param texts whether the text of their files is told, too
 * @param authors whether Git is asked who wrote them
 */
public record ScriptsSource(
        @Nullable String name, boolean texts, boolean authors) {

    /** By where they lie, with their text and their authors. */
    public static final ScriptsSource AS_THEY_LIE = new ScriptsSource(null, true, true);

    /** The name; empty where they have none of their own. */
    public String shown() {
        return name == null ? "" : name;
    }

    /** The history at a location, under this name. */
    public History read(MigrationTool tool, ScriptsLocation location) {
        History history = tool.read(location);
        return name == null ? history : new History(name, history.revisions(), history.problems());
    }

    /** Who wrote the files of a history's revisions, as far as it is known and told. */
    public List<RevisionAuthors> authors(MigrationTool tool, ScriptsLocation location, History history) {
        return authors ? tool.authors(location, history.revisions()) : List.of();
    }

    /** The files of a history's revisions, read now: what they do and, where it is told, their text. */
    public List<RevisionFile> files(MigrationTool tool, ScriptsLocation location, History history) {
        List<RevisionFile> files = tool.files(location, history.revisions());
        return texts
                ? files
                : files.stream()
                        .map(file -> new RevisionFile(file.revision(), file.file(), file.digest(), null,
                                RevisionFile.Withheld.LEFT_OUT, file.footprint()))
                        .toList();
    }
}
