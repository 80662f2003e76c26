package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with configuration files; each thing once, file by file and line by line. */
final class ConfigProblems {

    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private final List<String> files;

    /** Of these files, in this order. */
    ConfigProblems(List<String> files) {
        this.files = List.copyOf(files);
    }

    void add(ConfigProblem problem) {
        problems.add(problem);
    }

    List<ConfigProblem> sorted() {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.<ConfigProblem>comparingInt(problem -> files.indexOf(problem.place().file()))
                .thenComparingInt(problem -> line(problem.place())));
        return sorted;
    }

    private static int line(Place place) {
        return place.line() == null ? 0 : place.line();
    }
}
