package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Merges as they are shown. */
public final class Merges {

    private final MergesView view;
    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final ProjectPolicies policies;
    private final KnownAuthors authors;

    Merges(MergesView view, DeployedScripts scripts, StoredHistories histories, ProjectPolicies policies,
            KnownAuthors authors) {
        this.authors = authors;
        this.view = view;
        this.scripts = scripts;
        this.histories = histories;
        this.policies = policies;
    }

    /** The newest first, also those that are over. */
    List<MergeProposal> of(String project) {
        return shown(project, view.of(project));
    }

    /** One with what it means for each environment, unless it is over. */
    public Optional<MergeProposal> find(String project, UUID merge) {
        return view.find(project, merge).map(found -> {
            MergeProposal proposal = shown(project, List.of(found)).getFirst();
            return found.isClosed()
                    ? proposal
                    : proposal.with(new ProjectForks(project, scripts, histories).meaning(found.content()));
        });
    }

    /** One without what it means for each environment. */
    public Optional<MergeProposal> outline(String project, UUID merge) {
        return view.find(project, merge).map(found -> shown(project, List.of(found)).getFirst());
    }

    /** Those that are not over, the newest first, without what they mean for each environment. */
    public List<MergeProposal> open(ProjectScope scope, int most) {
        return view.open(scope, most).stream()
                .map(one -> shown(one.project(), List.of(one.merge())).getFirst()).toList();
    }

    /**
     * Some of several projects, without what they mean for each environment.
     *
     * @param ids by project
     * @return by id
     */
    public Map<UUID, MergeProposal> outlines(Map<String, List<UUID>> ids) {
        Map<UUID, MergeProposal> found = new HashMap<>();
        ids.forEach((project, some) -> shown(project, view.find(project, some))
                .forEach(one -> found.put(one.merge(), one)));
        return found;
    }

    /** Likewise, of one project. */
    public List<MergeProposal> open(String project, int most) {
        return shown(project, view.open(project).stream().limit(most).toList());
    }

    /** Of a project, by the head of a side or what brings the sides together: the merge that is not over, the newest where there are several. */
    public Map<String, UUID> openByHead(String project) {
        Map<String, UUID> open = new TreeMap<>();
        view.open(project).forEach(merge -> {
            merge.content().heads().forEach(head -> open.put(head, merge.merge()));
            Optional.ofNullable(merge.written()).ifPresent(written -> open.put(written.revision(), merge.merge()));
        });
        return open;
    }

    private List<MergeProposal> shown(String project, List<Merge> some) {
        MergeRule rule = policies.demands(project).policy().merges();
        Map<String, FileOrigin> files = authors.of(project, some.stream().flatMap(one -> one.authors().stream())
                .map(MergeAuthors::digest).collect(Collectors.toSet()));
        return some.stream().map(merge -> merge.proposal(project, rule, files)).toList();
    }
}
