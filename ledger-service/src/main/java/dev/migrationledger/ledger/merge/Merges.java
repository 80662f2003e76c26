package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Merges as they are shown. */
public final class Merges {

    private final MergesView view;
    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final ProjectPolicies policies;

    Merges(MergesView view, DeployedScripts scripts, StoredHistories histories, ProjectPolicies policies) {
        this.view = view;
        this.scripts = scripts;
        this.histories = histories;
        this.policies = policies;
    }

    /** The newest first, also those that are over. */
    List<MergeProposal> of(String project) {
        return view.of(project).stream().map(merge -> shown(project, merge)).toList();
    }

    /** One with what it means for each environment, unless it is over. */
    public Optional<MergeProposal> find(String project, UUID merge) {
        return view.find(project, merge).map(found -> {
            MergeProposal proposal = shown(project, found);
            return found.isClosed()
                    ? proposal
                    : proposal.with(new ProjectForks(project, scripts, histories).meaning(found.content()));
        });
    }

    /** Those that are not over, the newest first, without what they mean for each environment. */
    public List<MergeProposal> open(ProjectScope scope, int most) {
        return view.open(scope, most).stream().map(one -> shown(one.project(), one.merge())).toList();
    }

    private MergeProposal shown(String project, Merge merge) {
        return merge.proposal(project, policies.demands(project).policy().merges());
    }
}
