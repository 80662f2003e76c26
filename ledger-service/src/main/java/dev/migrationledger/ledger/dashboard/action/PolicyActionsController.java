package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.policy.DryRunSentence;
import dev.migrationledger.ledger.dashboard.PolicyLine;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.gate.dryrun.DryRuns;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.policy.PolicyChanges;
import dev.migrationledger.ledger.policy.PolicyUpload;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Apply a policy. */
@Controller
@Hidden
@RequestMapping(method = {RequestMethod.GET, RequestMethod.POST})
public class PolicyActionsController {

    private static final String FILE = "file";

    /** That the person saw, and replaces. */
    private static final String VERSION = "version";

    private final PolicyChanges policies;
    private final DryRuns dryRuns;

    PolicyActionsController(PolicyChanges policies, DryRuns dryRuns) {
        this.policies = policies;
        this.dryRuns = dryRuns;
    }

    /** Where a policy of a project is applied; empty: the caller may not. */
    public static String offered(String project, Caller caller) {
        return caller.may(Role.ADMINISTRATOR, project) ? address(project) : "";
    }

    private static String address(String project) {
        return PageAddress.policy(project) + "/apply";
    }

    @RequestMapping("/projects/{project}/policy/apply")
    String apply(
            @PathVariable String project, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        ProjectPolicy current = policies.current(project);
        String before = Objects.requireNonNullElse(current.text(), "");
        String view = ActionPages
                .answer(new PageAction("Apply a policy to " + project, "Apply the policy", address(project),
                        new ActionLink("Policy of " + project, PageAddress.policy(project)),
                        List.of(ActionField.hidden(VERSION, Integer.toString(current.version())),
                                ActionField.code(FILE, "Policy", before)),
                        answers -> {
                            PolicyUpload file = read(answers);
                            policies.check(project, answers.number(VERSION));
                            if (current.version() > 0 && file.text().equals(before)) {
                                throw Refusal.conflict("policy-unchanged",
                                        "This file is version %d already; nothing is to be done.".formatted(
                                                current.version()));
                            }
                            return new Confirmation("%s applies version %d of the policy of %s%s.".formatted(
                                    ActionPages.name(caller), current.version() + 1, project,
                                    current.version() == 0
                                            ? ""
                                            : ", in place of version %d by %s".formatted(current.version(),
                                                    current.by())),
                                    List.of(difference(before, file.text()), DryRunSentence.of(dryRuns.of(project,
                                            Objects.requireNonNull(file.policy()), DryRuns.USUAL_DAYS)),
                                            "It counts for every deploy that asks from then on."));
                        }, answers -> {
                            ProjectPolicy applied = policies.apply(project, read(answers).text(),
                                    answers.number(VERSION),
                                    caller.getName());
                            return Done
                                    .of("Recorded. Version %d of the policy of %s counts.".formatted(applied.version(),
                                            project));
                        }), request, response, model);
        if (response.getStatus() == HttpStatus.UNPROCESSABLE_CONTENT.value()) {
            String typed = Objects.requireNonNullElse(request.getParameter(FILE), "");
            model.addAttribute("lines", PolicyLine.of(typed, PolicyUpload.typed(typed).mistakes()));
        }
        return view;
    }

    private static PolicyUpload read(PageAnswers answers) {
        PolicyUpload file = PolicyUpload.typed(answers.text(FILE));
        Policy policy = file.policy();
        if (policy == null) {
            throw Refusal.invalid(FILE, "The policy has %s. Correct the marked %s."
                    .formatted(Count.of(file.mistakes().size(), "mistake"),
                            file.mistakes().size() == 1 ? "line" : "lines"));
        }
        return file;
    }

    /** How much of a file is another one's. */
    private static String difference(String before, String after) {
        List<String> added = new ArrayList<>(after.lines().toList());
        List<String> removed = new ArrayList<>(before.lines().toList());
        for (String line : List.copyOf(removed)) {
            if (added.remove(line)) {
                removed.remove(line);
            }
        }
        return "%s of the file %s new, and %s gone.".formatted(Count.of(added.size(), "line"),
                added.size() == 1 ? "is" : "are",
                removed.size() == 1 ? "1 is" : "%,d are".formatted(removed.size()));
    }
}
