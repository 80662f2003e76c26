package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.GateReason.ApprovalsMissing;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.gate.DeployApprovals;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.RelativeTime;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Approve a deploy that was asked for. */
@Controller
@Hidden
@RequestMapping(path = "/projects/{project}/environments/{environment}/deploys/{deploy}", method = {RequestMethod.GET,
    RequestMethod.POST})
public class DeployActionsController {

    private static final int NAMED = 4;

    private static final ActionLink BACK = new ActionLink("Deploys", "/deploys");

    private final DeployApprovals approvals;

    DeployActionsController(DeployApprovals approvals) {
        this.approvals = approvals;
    }

    /** What a caller may do about a deploy; absent: nothing, or no approval is missing. */
    public static @Nullable ActionLink offered(DeployRecord deploy, Caller caller) {
        boolean own = deploy.asked().asker() == Asker.PERSON && deploy.asked().by().equals(caller.getName())
                && !caller.getName().equals(Caller.LOCAL);
        return deploy.decision() == Decision.BLOCKED
                && deploy.reasons().stream().anyMatch(ApprovalsMissing.class::isInstance)
                && caller.may(Role.APPROVER, deploy.project()) && !own
                && !deploy.approvers().contains(caller.getName())
                        ? new ActionLink("Approve …",
                                address(deploy.project(), deploy.environment(), deploy.deploy()))
                        : null;
    }

    private static String address(String project, String environment, UUID deploy) {
        return PageAddress.environment(project, environment) + "/deploys/" + deploy + "/approve";
    }

    @RequestMapping("/approve")
    String approve(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID deploy,
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        String place = project + "/" + environment;
        return ActionPages.answer(new PageAction("Approve a deploy of " + place, "Approve",
                address(project, environment, deploy), BACK,
                List.of(ActionField.comment("Recorded with it. Everyone who reads this project sees it.")), _ -> {
                    DeployRecord known = approvals.check(project, environment, deploy, caller.getName());
                    Deploy asked = known.asked();
                    return new Confirmation(Redaction.of("%s approves the deploy of %s to %s that %s asked for at %s."
                            .formatted(ActionPages.name(caller), what(asked), place, asked.by(),
                                    RelativeTime.absolute(known.decidedAt()))),
                            List.of("It counts for every deploy of the same scripts, while the version table has the same rows.",
                                    "It starts nothing: ask the gate again, or start the pipeline again."));
                }, answers -> {
                    approvals.approve(project, environment, deploy, caller.getName(), ActionPages.comment(answers));
                    return Done.of("Recorded. The deploy of %s is approved.".formatted(place));
                }), request, response, model);
    }

    private static String what(Deploy asked) {
        return asked.pending().isEmpty()
                ? "scripts with nothing to run"
                : ListText.and(asked.pending(), NAMED);
    }
}
