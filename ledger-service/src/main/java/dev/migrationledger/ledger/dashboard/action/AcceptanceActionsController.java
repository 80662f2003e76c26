package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.action.ActionField.Option;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.RelativeTime;
import dev.migrationledger.ledger.policy.Acceptances;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Accept a finding for a while, and withdraw that. */
@Controller
@Hidden
@RequestMapping(method = {RequestMethod.GET, RequestMethod.POST})
public class AcceptanceActionsController {

    private static final Duration USUAL = Duration.ofDays(30);

    private final Acceptances acceptances;
    private final Baselines baselines;
    private final DivergenceViews divergences;
    private final Clock clock;

    AcceptanceActionsController(
            Acceptances acceptances, Baselines baselines, DivergenceViews divergences, Clock clock) {
        this.acceptances = acceptances;
        this.baselines = baselines;
        this.divergences = divergences;
        this.clock = clock;
    }

    /** Where findings of an environment are accepted; empty: the caller may not. */
    public static String offered(String project, String environment, Caller caller) {
        return caller.may(Role.ADMINISTRATOR, project) ? address(project, environment) : "";
    }

    private static String address(String project, String environment) {
        return PageAddress.environment(project, environment) + "/acceptances/new";
    }

    @RequestMapping("/projects/{project}/environments/{environment}/acceptances/new")
    String accept(
            @PathVariable String project, @PathVariable String environment, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        String place = project + "/" + environment;
        List<Divergence> open = divergences.openIn(project, List.of(environment), null);
        List<Option> options = open.stream()
                .map(one -> new Option(one.id().toString(), Redaction.of(name(one) + ": " + one.message()))).toList();
        return ActionPages.answer(new PageAction("Accept a finding of " + place, "Accept the finding",
                address(project, environment), new ActionLink(place, PageAddress.environment(project, environment)),
                List.of(ActionField.choice("finding", "Finding",
                        Objects.requireNonNullElse(request.getParameter("finding"), ""), options),
                        ActionField.text("reason", "Reason", "Everyone who reads this project sees it.",
                                Baseline.LONGEST_REASON),
                        ActionField.line("owner", "Who takes care of it", "", "A person or a team.",
                                Baseline.LONGEST_OWNER),
                        ActionField.moment("until", "Until", PageAnswers.field(clock.instant().plus(USUAL)),
                                "At most %d days ahead.".formatted(Baseline.LONGEST_DAYS))),
                answers -> {
                    Baseline.Acceptance wanted = acceptances.check(project, wanted(answers, environment, open));
                    return new Confirmation("%s accepts %s in %s until %s: %s %s takes care of it.".formatted(
                            ActionPages.name(caller), Redaction.of(name(chosen(answers, open))), place,
                            RelativeTime.absolute(wanted.until()), sentence(wanted.reason()), wanted.owner()),
                            List.of("Until then it blocks no deploy.",
                                    "If it becomes graver or has new evidence, it is a new finding."));
                }, answers -> {
                    Baseline.Acceptance wanted = wanted(answers, environment, open);
                    acceptances.accept(project, wanted, caller.getName());
                    return Done.of("Recorded. %s is accepted until %s.".formatted(
                            Redaction.of(name(chosen(answers, open))), RelativeTime.absolute(wanted.until())));
                }), request, response, model);
    }

    private static Baseline.Acceptance wanted(PageAnswers answers, String environment, List<Divergence> open) {
        Divergence finding = chosen(answers, open);
        return new Baseline.Acceptance(environment, List.of(finding.code()), List.of(finding.subject()),
                answers.text("reason"), answers.text("owner"), answers.moment("until"));
    }

    private static Divergence chosen(PageAnswers answers, List<Divergence> open) {
        return open.stream().filter(one -> one.id().toString().equals(answers.text("finding"))).findFirst()
                .orElseThrow(() -> Refusal.invalid("finding",
                        "The finding is not open, or none was chosen. Choose one that is open."));
    }

    private static String name(Divergence finding) {
        return finding.code().code() + (finding.subject().isEmpty() ? "" : " (" + finding.subject() + ")");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    @RequestMapping("/projects/{project}/acceptances/{acceptance}/withdraw")
    String withdraw(
            @PathVariable String project, @PathVariable UUID acceptance, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        Baseline.Entry known = baselines.of(project, Set.of(acceptance)).findings().stream().findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "Project '%s' has no acceptance %s.".formatted(project, acceptance)));
        String place = project + "/" + known.environment();
        String name = Redaction.of(known.code().code()
                + (known.subject().isEmpty() ? "" : " (" + known.subject() + ")"));
        return ActionPages.answer(new PageAction("Withdraw the acceptance of %s in %s".formatted(name, place),
                "Withdraw the acceptance", withdrawal(project, acceptance),
                new ActionLink(place, PageAddress.environment(project, known.environment())), List.of(),
                _ -> new Confirmation("%s withdraws the acceptance of %s in %s that %s granted: %s".formatted(
                        ActionPages.name(caller), name, place, known.by(), known.reason()),
                        List.of("From then on the finding counts as if it had not been accepted.")),
                _ -> {
                    acceptances.withdraw(project, acceptance, caller.getName());
                    return Done.of("Recorded. %s is accepted no longer.".formatted(name));
                }), request, response, model);
    }

    /** Where an acceptance is withdrawn. */
    public static String withdrawal(String project, UUID acceptance) {
        return PageAddress.project(project) + "/acceptances/" + acceptance + "/withdraw";
    }
}
