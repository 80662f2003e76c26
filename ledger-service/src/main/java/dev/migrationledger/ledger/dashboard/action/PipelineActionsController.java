package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.ledger.dashboard.action.ActionField.Option;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.PipelineActions;
import dev.migrationledger.ledger.page.PipelineText;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Trust pipelines, and withdraw that. */
@Controller
@Hidden
@RequestMapping(path = "/agents/pipelines", method = {RequestMethod.GET, RequestMethod.POST})
public class PipelineActionsController {

    private static final ActionLink BACK = new ActionLink("Agents", "/agents");

    private static final String PROTECTED = "protected";

    private final PipelineActions pipelines;

    PipelineActionsController(PipelineActions pipelines) {
        this.pipelines = pipelines;
    }

    /** Pipelines may act in several projects, and only administrators of all projects decide about them. */
    public static List<ActionLink> offered(Caller caller) {
        return may(caller)
                ? List.of(new ActionLink("Trust a GitHub repository …", "/agents/pipelines/github/new"),
                        new ActionLink("Trust a GitLab project …", "/agents/pipelines/gitlab/new"),
                        new ActionLink("Trust a Kubernetes account …", "/agents/pipelines/kubernetes/new"))
                : List.of();
    }

    /** Where trust in a pipeline is withdrawn; absent: the caller may not. */
    public static @Nullable ActionLink offered(TrustedPipeline pipeline, Caller caller) {
        return may(caller) ? new ActionLink("Withdraw …", withdrawal(pipeline.pipeline())) : null;
    }

    private static boolean may(Caller caller) {
        return caller.may(Role.ADMINISTRATOR, null);
    }

    private static String withdrawal(UUID pipeline) {
        return "/agents/pipelines/" + pipeline + "/withdraw";
    }

    @RequestMapping("/github/new")
    String github(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        return trust("Trust a GitHub repository", "github", List.of(
                ActionField.line("repositoryId", "Number of the repository", "",
                        "As 'gh api repos/OWNER/NAME --jq .id' prints it. A repository that takes over the name has another.",
                        PipelineActions.LONGEST_TEXT),
                ActionField.optional("deployment", "GitHub environment",
                        "Such as production. Empty: jobs with any, or with none.", PipelineActions.LONGEST_TEXT),
                ActionField.optional("workflow", "Workflow",
                        "Such as acme/shop/.github/workflows/deploy.yml@refs/heads/main. Empty: any.",
                        PipelineActions.LONGEST_TEXT),
                ActionField.optional("ref", "Branch or tag", "Such as refs/heads/main. Empty: any.",
                        PipelineActions.LONGEST_TEXT)),
                answers -> new GithubRepository(answers.text("repositoryId").strip(), typed(answers, "deployment"),
                        typed(answers, "workflow"), typed(answers, "ref")),
                caller, request, response, model);
    }

    @RequestMapping("/gitlab/new")
    String gitlab(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        return trust("Trust a GitLab project", "gitlab", List.of(
                ActionField.line("projectId", "Number of the project", "", "GitLab shows it on the project's page.",
                        PipelineActions.LONGEST_TEXT),
                ActionField.optional("deployment", "GitLab environment",
                        "Such as production. Empty: jobs with any, or with none.", PipelineActions.LONGEST_TEXT),
                ActionField.choice("refs", "Jobs of", PROTECTED,
                        List.of(new Option(PROTECTED, "protected branches and tags"),
                                new Option("all", "all branches and tags"))),
                ActionField.optional("issuer", "Address of GitLab", "Empty: https://gitlab.com",
                        PipelineActions.LONGEST_TEXT)),
                answers -> new GitlabProject(answers.text("projectId").strip(), typed(answers, "deployment"),
                        answers.text("refs").equals(PROTECTED) ? Boolean.TRUE : null),
                caller, request, response, model);
    }

    @RequestMapping("/kubernetes/new")
    String kubernetes(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        return trust("Trust a Kubernetes account", "kubernetes", List.of(
                ActionField.line("issuer", "Issuer of the cluster", "",
                        "As 'kubectl get --raw /.well-known/openid-configuration' names it.",
                        PipelineActions.LONGEST_TEXT),
                ActionField.line("namespace", "Namespace", "", "", PipelineActions.LONGEST_TEXT),
                ActionField.line("serviceAccount", "Service account", "", "", PipelineActions.LONGEST_TEXT),
                ActionField.optional("uid", "Its uid",
                        "An account that is made again under the name has another. Empty: any.",
                        PipelineActions.LONGEST_TEXT)),
                answers -> new KubernetesAccount(answers.text("namespace").strip(),
                        answers.text("serviceAccount").strip(), typed(answers, "uid")),
                caller, request, response, model);
    }

    private String trust(
            String title, String kind, List<ActionField> fields, Function<PageAnswers, PipelineMatch> match,
            Caller caller, HttpServletRequest request, HttpServletResponse response, Model model) {
        Function<PageAnswers, TrustedPipeline.Wanted> wanted = answers -> pipelines.check(
                new TrustedPipeline.Wanted(typed(answers, "issuer"), match.apply(answers),
                        answers.text("project").strip(), answers.text("environment").strip()));
        List<ActionField> all = Stream.concat(fields.stream(), Stream.of(
                ActionField.line("project", "May act for the project", "", "* matches any text, as in tenant-*.", 63),
                ActionField.line("environment", "and its environment", "*", "* matches any text.", 63))).toList();
        return ActionPages.answer(new PageAction(title, "Trust it", "/agents/pipelines/" + kind + "/new", BACK, all,
                answers -> {
                    TrustedPipeline.Wanted checked = wanted.apply(answers);
                    return new Confirmation("%s trusts %s of %s to act for %s/%s.".formatted(ActionPages.name(caller),
                            PipelineText.of(checked.match()), checked.issuer(), checked.project(),
                            checked.environment()),
                            List.of("It needs no secret: each of its jobs signs in with a token of its issuer.",
                                    "It may report events, and deploy as far as the policy allows, until you withdraw that."));
                }, answers -> {
                    TrustedPipeline trusted = pipelines.trust(wanted.apply(answers), caller.getName());
                    return Done.of("Recorded. %s may act for %s/%s.".formatted(
                            PipelineText.sentence(trusted.match()), trusted.project(), trusted.environment()));
                }), request, response, model);
    }

    /** Absent where nothing was typed: then it is not compared. */
    private static @Nullable String typed(PageAnswers answers, String field) {
        String text = answers.text(field).strip();
        return text.isEmpty() ? null : text;
    }

    @RequestMapping("/{pipeline}/withdraw")
    String withdraw(
            @PathVariable UUID pipeline, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        TrustedPipeline known = pipelines.show(pipeline);
        String name = PipelineText.of(known.match());
        return ActionPages.answer(new PageAction("Withdraw trust in " + name, "Withdraw the trust",
                withdrawal(pipeline), BACK, List.of(),
                _ -> new Confirmation("%s withdraws the trust in %s of %s, which %s granted for %s/%s.".formatted(
                        ActionPages.name(caller), name, known.issuer(), known.by(), known.project(),
                        known.environment()),
                        List.of("Its jobs may do nothing there any more, also those that run now.")),
                _ -> {
                    pipelines.withdraw(pipeline, caller.getName());
                    return Done.of("Recorded. %s is trusted there no longer.".formatted(
                            PipelineText.sentence(known.match())));
                }), request, response, model);
    }
}
