package dev.migrationledger.ledger.live;

import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What changed in a part of the log.
 *
 * @param everything whether so much changed that it is not listed
 * @param projects by name, those of their environments that changed; none: something about the project itself
 */
record ProjectChanges(boolean everything, Map<String, List<String>> projects) {

    static final ProjectChanges EVERYTHING = new ProjectChanges(true, Map.of());

    ProjectChanges {
        projects = Map.copyOf(projects);
    }

    static ProjectChanges of(Collection<StreamId> streams) {
        Map<String, TreeSet<String>> projects = new TreeMap<>();
        for (StreamId stream : streams) {
            String project = StreamId.project(stream);
            if (project != null) {
                TreeSet<String> environments = projects.computeIfAbsent(project, _ -> new TreeSet<>());
                switch (stream) {
                    case StreamId.Environment one -> environments.add(one.environment());
                    case StreamId.Deploys one -> environments.add(one.environment());
                    case StreamId.Project _,StreamId.Merges _,StreamId.Branches _,StreamId.Webhook _,StreamId.Organisation _,StreamId.Evidence _ -> {
                        // It is about no single environment.
                    }
                }
            }
        }
        return new ProjectChanges(false, projects.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> List.copyOf(one.getValue()))));
    }

    /** What of it someone may know. */
    ProjectChanges visible(Predicate<String> mayRead) {
        return new ProjectChanges(everything, projects.entrySet().stream().filter(one -> mayRead.test(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    boolean isEmpty() {
        return !everything && projects.isEmpty();
    }
}
