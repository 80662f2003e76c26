package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.identity.AgentActions;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Make a code for an agent, and revoke and reinstate keys. */
@Controller
@Hidden
@RequestMapping(path = "/agents", method = {RequestMethod.GET, RequestMethod.POST})
public class AgentActionsController {

    private static final ActionLink BACK = new ActionLink("Agents", "/agents");

    private final AgentActions agents;

    AgentActionsController(AgentActions agents) {
        this.agents = agents;
    }

    /** Agents are for several projects, so that only administrators of all projects decide about them. */
    public static boolean offered(Caller caller) {
        return caller.may(Role.ADMINISTRATOR, null);
    }

    /** What can be done with a key; absent: nothing. */
    public static @Nullable ActionLink offered(AgentKey key, Caller caller) {
        if (!offered(caller)) {
            return null;
        }
        return switch (key.status()) {
            case ACTIVE -> new ActionLink("Revoke …", "/agents/" + key.key() + "/revoke");
            case SUSPENDED -> new ActionLink("Reinstate …", "/agents/" + key.key() + "/reinstate");
            case REVOKED -> null;
        };
    }

    @RequestMapping("/enrolment-codes/new")
    String code(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        return ActionPages.answer(new PageAction("Make a code for an agent", "Make the code",
                "/agents/enrolment-codes/new", BACK,
                List.of(ActionField.line("project", "Project", "", "* matches any text, as in tenant-*.", 63),
                        ActionField.line("environment", "Environment", "*", "* matches any text.", 63),
                        ActionField.number("hours", "Hours until it ends", AgentActions.USUAL_HOURS,
                                "At most %d.".formatted(AgentKey.LONGEST_HOURS)),
                        ActionField.comment("Recorded with it. Everyone who reads the audit sees it.")),
                answers -> {
                    AgentKey.CodeWanted wanted = AgentActions.check(wanted(answers));
                    return new Confirmation("%s makes a code with which one agent enrols for %s/%s within %d hours.%s"
                            .formatted(ActionPages.name(caller), wanted.project(), wanted.environment(),
                                    answers.number("hours"),
                                    wanted.comment() == null ? "" : " Comment: " + wanted.comment()),
                            List.of("The next page shows the code, this once.",
                                    "Who has the code gets a key that the ledger trusts. Pass it on safely."));
                }, answers -> {
                    AgentKey.Code code = agents.issue(wanted(answers), caller.getName());
                    return new Done("Recorded. This is the code for %s/%s. It is shown only now.".formatted(
                            code.project(), code.environment()), code.value());
                }), request, response, model);
    }

    private static AgentKey.CodeWanted wanted(PageAnswers answers) {
        return new AgentKey.CodeWanted(answers.text("project").strip(), answers.text("environment").strip(),
                answers.number("hours"), answers.text(ActionPages.COMMENT));
    }

    @RequestMapping("/{key}/revoke")
    String revoke(
            @PathVariable String key, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        AgentKey known = agents.show(key);
        return ActionPages.answer(new PageAction("Revoke the key of " + known.name(), "Revoke the key",
                "/agents/" + key + "/revoke", BACK,
                List.of(ActionField.text("reason", "Reason", "Everyone who reads the audit sees it.",
                        AgentKey.LONGEST_TEXT)),
                answers -> new Confirmation("%s revokes the key of %s for %s/%s: %s".formatted(
                        ActionPages.name(caller), known.name(), known.project(), known.environment(),
                        AgentActions.reason(answers.text("reason"))),
                        List.of("Nothing that it signs is accepted any more, from then on.",
                                "It cannot be undone: the agent enrols again, with a new key and a new code.")),
                answers -> {
                    agents.revoke(key, caller.getName(), answers.text("reason"));
                    return Done.of("Recorded. The key of %s is revoked.".formatted(known.name()));
                }), request, response, model);
    }

    @RequestMapping("/{key}/reinstate")
    String reinstate(
            @PathVariable String key, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        AgentKey known = agents.show(key);
        return ActionPages.answer(new PageAction("Reinstate the key of " + known.name(), "Reinstate the key",
                "/agents/" + key + "/reinstate", BACK, List.of(),
                _ -> {
                    if (known.status() != AgentKey.Status.SUSPENDED) {
                        throw Refusal.conflict("not-suspended", "The key is not suspended; nothing is to be done.");
                    }
                    return new Confirmation("%s reinstates the key of %s for %s/%s.".formatted(
                            ActionPages.name(caller), known.name(), known.project(), known.environment()),
                            List.of("Stop all agents with this key but one first, or it is suspended again."));
                }, _ -> {
                    agents.reinstate(key, caller.getName());
                    return Done.of("Recorded. The key of %s is accepted again.".formatted(known.name()));
                }), request, response, model);
    }
}
