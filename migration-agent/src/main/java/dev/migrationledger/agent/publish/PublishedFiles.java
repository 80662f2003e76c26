package dev.migrationledger.agent.publish;

import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was published of the files of revisions in this epoch.
 *
 * @param scan that they were read for: as long as there is no other, no file is read again
 * @param form of the footprints
 * @param files with a mark of what was published of each: the same file may do something else once another has changed
 * @param authors by the digest of a file, a mark of what was published of who wrote it; absent: nothing was
 */
public record PublishedFiles(
        String scan, int form, Map<String, String> files, @Nullable Map<String, String> authors) {

    /** The most files that one event holds, and about the most bytes of them. */
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    public PublishedFiles {
        files = Map.copyOf(files);
        authors = authors == null ? null : Map.copyOf(authors);
    }

    /** Whether this was published for the same scan, by a version that reads files as this one does. */
    public boolean isSame(String other) {
        return form == Footprint.FORM && scan.equals(other);
    }

    /**
     * What has to be published, and what is published afterwards.
     *
     * @param published the same object as before where nothing was read
     */
    public record Delta(PublishedFiles published, List<AgentEvent> events) {
        public Delta {
            events = List.copyOf(events);
        }

        /** The same with what is new of who wrote the files. Of a file that many revisions have it is said once. */
        public Delta with(String source, List<RevisionAuthors> authors) {
            Map<String, String> known = published.authors == null ? Map.of() : published.authors;
            Map<String, String> marks = new TreeMap<>();
            List<RevisionAuthors> changed = new ArrayList<>();
            for (RevisionAuthors one : authors) {
                String mark = PublishedScripts.mark(ContractJson.write(one));
                if (marks.put(one.digest(), mark) == null && !mark.equals(known.get(one.digest()))) {
                    changed.add(one);
                }
            }
            if (marks.isEmpty() || marks.equals(published.authors)) {
                return this;
            }
            List<AgentEvent> all = new ArrayList<>(events);
            for (int from = 0; from < changed.size(); from += MOST_FILES) {
                all.add(new RevisionAuthorsRead(source,
                        changed.subList(from, Math.min(changed.size(), from + MOST_FILES))));
            }
            return new Delta(new PublishedFiles(published.scan, published.form, published.files, marks), all);
        }
    }

    /**
     * What is new.
     *
     * @param published what the ledger knows; absent: nothing
     * @param scan names everything that what is read depends on: the digest of the scan, and who reads it how
     * @param source as the scan names it
     * @param files reads them all
     */
    public static Delta delta(
            @Nullable PublishedFiles published, String scan, String source, Supplier<List<RevisionFile>> files) {
        if (published != null && published.isSame(scan)) {
            return new Delta(published, List.of());
        }
        Map<String, String> marks = new TreeMap<>();
        List<AgentEvent> events = new ArrayList<>();
        List<RevisionFile> part = new ArrayList<>();
        int bytes = 0;
        for (RevisionFile file : files.get()) {
            byte[] json = ContractJson.write(file);
            String mark = PublishedScripts.mark(json);
            marks.put(file.file(), mark);
            if (published != null && published.form == Footprint.FORM
                    && mark.equals(published.files.get(file.file()))) {
                continue;
            }
            if (part.size() == MOST_FILES || (!part.isEmpty() && bytes + json.length > MOST_BYTES)) {
                events.add(new RevisionFilesRead(source, Footprint.FORM, part));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(file);
            bytes += json.length;
        }
        if (!part.isEmpty()) {
            events.add(new RevisionFilesRead(source, Footprint.FORM, part));
        }
        return new Delta(new PublishedFiles(scan, Footprint.FORM, marks,
                published == null ? null : published.authors), events);
    }
}
