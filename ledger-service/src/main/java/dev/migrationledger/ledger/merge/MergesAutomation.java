package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.ApproverRoles;
import dev.migrationledger.ledger.merge.MergesCommand.Arrived;
import dev.migrationledger.ledger.merge.MergesCommand.Observe;
import dev.migrationledger.ledger.merge.MergesCommand.Outcome;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.Automation;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proposes a merge where scripts that are deployed have several heads, and follows what becomes of it: files that change, approvals that end, the
 * merge that is written and runs. Looks again at a project when anything that is known of its environments, its policy or the authors of its files
 * changes, or who may approve.
 */
final class MergesAutomation implements Automation<StreamId.Project> {

    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final MergesView merges;
    private final ProjectPolicies policies;
    private final ApproverRoles approvers;
    private final KnownAuthors authors;
    private final Recorder recorder;
    private final Clock clock;
    private final RandomGenerator random;

    /** By project, what it looked like when it was looked at last; after a start each is looked at once. */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    /** As they were when it was asked last what the time makes due. */
    private volatile List<String> projects = List.of();

    MergesAutomation(
            DeployedScripts scripts, StoredHistories histories, MergesView merges, ProjectPolicies policies,
            ApproverRoles approvers, KnownAuthors authors, Recorder recorder, Clock clock, RandomGenerator random) {
        this.authors = authors;
        this.scripts = scripts;
        this.histories = histories;
        this.merges = merges;
        this.policies = policies;
        this.approvers = approvers;
        this.recorder = recorder;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "merges";
    }

    @Override
    public Set<StreamId.Project> due() {
        projects = scripts.projects();
        return dueByEvents();
    }

    @Override
    public Set<StreamId.Project> dueByEvents() {
        return marks().entrySet().stream()
                .filter(one -> !one.getValue().equals(seen.get(one.getKey())))
                .map(one -> new StreamId.Project(one.getKey())).collect(Collectors.toUnmodifiableSet());
    }

    private Map<String, String> marks() {
        Map<String, Integer> versions = policies.versions();
        String people = approvers.mark() + " " + authors.mark();
        Map<String, Long> files = authors.marks();
        Map<String, String> marks = new HashMap<>();
        Map<String, Long> changes = scripts.marks();
        Stream.concat(projects.stream(), changes.keySet().stream()).distinct().forEach(project -> marks.put(project,
                "%d %d %s %d".formatted(changes.getOrDefault(project, 0L), versions.getOrDefault(project, 0), people,
                        files.getOrDefault(project, 0L))));
        return marks;
    }

    @Override
    public void run(StreamId.Project target) {
        String project = target.project();
        // Before anything is read: what comes in meanwhile makes it due again.
        String mark = marks().getOrDefault(project, "");
        ProjectForks forks = new ProjectForks(project, scripts, histories);
        if (forks.names().isEmpty()) {
            seen.put(project, mark);
            return;
        }
        List<Merge> open = merges.open(project);
        Map<UUID, Outcome> outcomes = new HashMap<>();
        open.forEach(one -> forks.outcome(one).ifPresent(outcome -> outcomes.put(one.merge(), outcome)));
        List<MergeContent> seenForks = forks.forks(open);
        ProjectPolicies.Demands policy = policies.demands(project);
        List<Arrived> arrived = policy.policy().merges().needsApprovals()
                ? forks.arrived(merges.of(project), seenForks)
                : List.of();
        Set<String> digests = new HashSet<>();
        arrived.forEach(one -> {
            digests.addAll(Merge.digests(one.content()));
            one.outcome().beyond().forEach(revision -> digests.add(revision.digest()));
        });
        open.forEach(one -> digests.addAll(one.digests()));
        seenForks.forEach(one -> digests.addAll(Merge.digests(one)));
        outcomes.values().forEach(one -> one.beyond().forEach(revision -> digests.add(revision.digest())));
        recorder.decide(MergesDecisions.DECIDER, new Observe(project, clock.instant(), random.nextLong(),
                seenForks, outcomes, arrived, forks.names(), policy.policy().merges(), policy.version(),
                open.stream().flatMap(one -> one.counting().stream()).map(Approval::by)
                        .filter(person -> approvers.mayApprove(person, project)).collect(Collectors.toSet()),
                authors.of(project, digests)));
        seen.put(project, mark);
    }
}
