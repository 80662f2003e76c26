package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.config.ConfigProblem;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with configuration files; each thing once, file by file and line by line. */
final class ConfigFindings {

    /**
     * Where something stands.
     *
     * @param line from 1; 0: somewhere in the file
     */
    record Place(String file, int line) {}

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final List<String> files;

    /** Of these files, in this order. */
    ConfigFindings(List<String> files) {
        this.files = List.copyOf(files);
    }

    void add(String file, ConfigProblem problem) {
        error(new Place(file, problem.line()), problem.message());
    }

    void error(Place place, String message) {
        add(Severity.ERROR, place, message);
    }

    void warn(Place place, String message) {
        add(Severity.WARNING, place, message);
    }

    void note(Place place, String message) {
        add(Severity.INFO, place, message);
    }

    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.<Finding>comparingInt(finding -> files.indexOf(exhibit(finding).value()))
                .thenComparingInt(ConfigFindings::line));
        return sorted;
    }

    private void add(Severity severity, Place place, String message) {
        Exhibit exhibit = place.line() > 0 ? Exhibit.file(place.file(), place.line()) : Exhibit.file(place.file());
        findings.add(new Finding(DivergenceCode.CONFIG_INVALID, severity, exhibit.value(), Redaction.of(message),
                List.of(exhibit),
                List.of()));
    }

    private static Exhibit exhibit(Finding finding) {
        return finding.evidence().getFirst();
    }

    private static int line(Finding finding) {
        Integer line = exhibit(finding).line();
        return line == null ? 0 : line;
    }
}
