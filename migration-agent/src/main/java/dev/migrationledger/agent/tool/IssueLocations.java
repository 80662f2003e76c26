package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CodeQuality.Issue;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the files of scripts are, for reports that show an issue beside its file.
 *
 * @param configuration absolute; shown where an issue is about no revision: the folder of the scripts, if no configuration is named
 * @param base absolute; what files are named relative to
 * @param files of revisions, by their ids
 */
public record IssueLocations(Path configuration, Path base, Map<String, String> files) {

    public IssueLocations {
        files = Map.copyOf(files);
    }

    /**
     * Of these revisions.
     *
     * @param workingDirectory that the location is seen from, also if a copy in another folder was read
     */
    public static IssueLocations of(Path workingDirectory, ScriptsLocation location, List<Revision> revisions) {
        return new IssueLocations(workingDirectory.resolve(location.named()), workingDirectory.resolve(location.base()),
                revisions.stream().collect(Collectors.toMap(Revision::revision, Revision::file, (first, _) -> first)));
    }

    /** A finding, with its own severity. */
    public Issue issue(Finding finding) {
        return issue(finding, finding.severity());
    }

    /** A finding beside the file that it names, or that of the first revision it names. */
    public Issue issue(Finding finding, Severity severity) {
        // What another environment has is in other files.
        List<Exhibit> here = finding.evidence().stream().filter(exhibit -> exhibit.where() == null).toList();
        Exhibit file = here.stream().filter(exhibit -> exhibit.what() == What.FILE).findFirst().orElse(null);
        Path path = file != null
                ? base.resolve(file.value())
                : file(here.stream().filter(exhibit -> exhibit.what() == What.REVISION).map(Exhibit::value));
        return new Issue(finding.code().code(), finding.subject(), severity, finding.message(), path,
                file == null ? null : file.line());
    }

    /**
     * Another issue, beside the file of a revision.
     *
     * @param revisions the first that has a file here counts
     */
    public Issue issue(String check, String subject, Severity severity, String sentence, List<String> revisions) {
        return new Issue(check, subject, severity, sentence, file(revisions.stream()), null);
    }

    private Path file(Stream<String> revisions) {
        return revisions.flatMap(revision -> Stream.ofNullable(files.get(revision))).findFirst().map(base::resolve)
                .orElse(configuration);
    }
}
