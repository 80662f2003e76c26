package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.merge.MergeAuthorship;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.merge.MergeActions;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Approve, reject and withdraw a merge. */
@Controller
@Hidden
@RequestMapping(path = "/projects/{project}/merges/{merge}", method = {RequestMethod.GET, RequestMethod.POST})
public class MergeActionsController {

    private static final int NAMED = 4;
    private static final String SEEN = "seen";

    private final MergeActions merges;

    MergeActionsController(MergeActions merges) {
        this.merges = merges;
    }

    /** What a caller may do with a merge now. */
    public static List<ActionLink> offered(MergeProposal merge, Caller caller) {
        List<ActionLink> offered = new ArrayList<>();
        if (merge.status() == Status.OPEN) {
            String address = address(merge);
            boolean approver = caller.may(Role.APPROVER, merge.project());
            if (approver && merge.approvals().stream().noneMatch(one -> counts(one, caller))) {
                offered.add(new ActionLink("Approve …", address + "/approve"));
            }
            if (approver && merge.applied().isEmpty()) {
                offered.add(new ActionLink("Reject …", address + "/reject"));
            }
            if ((approver || caller.getName().equals(merge.proposedBy())) && merge.applied().isEmpty()) {
                offered.add(new ActionLink("Withdraw …", address + "/withdraw"));
            }
        }
        return offered;
    }

    private static boolean counts(Approval approval, Caller caller) {
        return approval.expired() == null && approval.by().equals(caller.getName());
    }

    @RequestMapping("/approve")
    String approve(
            @PathVariable String project, @PathVariable UUID merge, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        MergeProposal known = merges.show(project, merge);
        String content = Sha256.hex(ContractJson.write(known.content()));
        List<String> notes = Stream.of(MergeSentences.way(known.content()), MergeAuthorship.whoMay(known),
                "The approval ends if the scripts of the merge change what they do, or if another policy is applied.")
                .filter(note -> !note.isEmpty()).map(Redaction::of).toList();
        return ActionPages.answer(new PageAction(title("Approve", known), "Approve", address(known) + "/approve",
                back(known), List.of(ActionField.hidden(SEEN, content),
                        ActionField.comment("Recorded with it. Everyone who reads this project sees it.")),
                answers -> {
                    // Who approves has seen something, and approves that.
                    if (!answers.text(SEEN).isEmpty() && !answers.text(SEEN).equals(content)) {
                        throw Refusal.conflict("merge-changed",
                                "The merge changed while you looked at it. Open it again, and approve what it is now.");
                    }
                    MergeActions.checkOpen(known.status());
                    return new Confirmation("%s approves the merge of %s in %s, as it is now.".formatted(
                            ActionPages.name(caller), heads(known), project), notes);
                }, answers -> {
                    if (answers.text(SEEN).isEmpty()) {
                        throw Refusal.invalid(SEEN, "The form does not say what you approve. Open it again.");
                    }
                    return done(merges.approve(project, merge, caller.getName(), ActionPages.comment(answers)));
                }), request, response, model);
    }

    @RequestMapping("/reject")
    String reject(
            @PathVariable String project, @PathVariable UUID merge, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        MergeProposal known = merges.show(project, merge);
        return ActionPages.answer(withReason("Reject", "reject", "rejects", known, caller,
                "If the merge becomes another one, it is open again.",
                answers -> done(merges.reject(project, merge, caller.getName(), answers.text("reason")))), request,
                response, model);
    }

    @RequestMapping("/withdraw")
    String withdraw(
            @PathVariable String project, @PathVariable UUID merge, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        MergeProposal known = merges.show(project, merge);
        return ActionPages.answer(withReason("Withdraw", "withdraw", "withdraws", known, caller,
                "The ledger no longer asks for it. Propose it again if you need it.",
                answers -> done(merges.withdraw(project, merge, caller.getName(), caller.may(Role.APPROVER, project),
                        answers.text("reason")))),
                request, response, model);
    }

    private static PageAction withReason(
            String button, String path, String verb, MergeProposal known, Caller caller, String note,
            Function<PageAnswers, Done> record) {
        return new PageAction(title(button, known), button, address(known) + "/" + path, back(known),
                List.of(ActionField.text("reason", "Reason", "Everyone who reads this project sees it.",
                        MergeActions.LONGEST_REASON)),
                answers -> {
                    String reason = MergeActions.reason(answers.text("reason"));
                    return new Confirmation("%s %s the merge of %s in %s: %s".formatted(ActionPages.name(caller), verb,
                            heads(known), known.project(), reason), List.of(note));
                }, record);
    }

    private static Done done(MergeProposal merge) {
        return Done.of("Recorded. " + MergeSentences.headline(merge));
    }

    private static String title(String verb, MergeProposal merge) {
        return "%s the merge of %s".formatted(verb, heads(merge));
    }

    private static String heads(MergeProposal merge) {
        return ListText.and(merge.content().heads(), NAMED);
    }

    private static String address(MergeProposal merge) {
        return PageAddress.merge(merge.project(), merge.merge());
    }

    private static ActionLink back(MergeProposal merge) {
        return new ActionLink("The merge of %s".formatted(heads(merge)), address(merge));
    }
}
