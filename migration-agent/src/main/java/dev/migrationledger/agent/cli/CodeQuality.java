package dev.migrationledger.agent.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Issues in the form of a code quality report, which GitLab shows in the merge request of a job.
 *
 * <p>Source: https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format".
 */
public final class CodeQuality {

    private CodeQuality() {}

    /**
     * Something that is wrong.
     *
     * @param check its code, such as {@code multiple-heads}
     * @param subject what it is about: the same in every run, whatever the sentence says
     * @param file absolute
     * @param line from 1; absent: the whole file
     */
    public record Issue(
            String check, String subject, Severity severity, String sentence, Path file, @Nullable Integer line) {}

    private record Entry(
            String description, @JsonProperty("check_name") String checkName, String fingerprint, String severity,
            Location location) {}

    private record Location(String path, Lines lines) {}

    private record Lines(int begin) {}

    /**
     * The report.
     *
     * @param folders absolute; a path is relative to the first of these that contains its file
     */
    static String json(List<Path> folders, List<Issue> issues) {
        return ContractJson.pretty(issues.stream().map(issue -> entry(issue, path(folders, issue.file))).toList())
                + "\n";
    }

    private static Entry entry(Issue issue, String path) {
        return new Entry(ErrorLines.shown(issue.sentence), issue.check,
                Sha256.hex(String.join("\0", issue.check, issue.subject, path)),
                switch (issue.severity) {
                    case ERROR -> "critical";
                    case WARNING -> "minor";
                    case INFO -> "info";
                },
                new Location(ErrorLines.shown(path), new Lines(Objects.requireNonNullElse(issue.line, 1))));
    }

    private static String path(List<Path> folders, Path file) {
        Path normal = file.normalize();
        Path shown = folders.stream().map(Path::normalize).filter(normal::startsWith).findFirst()
                .map(folder -> folder.relativize(normal)).orElse(normal);
        return shown.toString().replace('\\', '/');
    }
}
