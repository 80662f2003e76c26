package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.gate.Overrides;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.RelativeTime;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Open, close and review an override of the gate. */
@Controller
@Hidden
@RequestMapping(path = "/projects/{project}/environments/{environment}/overrides", method = {RequestMethod.GET,
    RequestMethod.POST})
public class OverrideActionsController {

    private static final Duration USUAL = Duration.ofHours(1);

    private final Overrides overrides;
    private final Clock clock;

    OverrideActionsController(Overrides overrides, Clock clock) {
        this.overrides = overrides;
        this.clock = clock;
    }

    /** What a caller may do with an override now. */
    public static @Nullable ActionLink offered(GateOverride it, Caller caller, Instant now) {
        if (!caller.may(Role.APPROVER, it.project())) {
            return null;
        }
        String address = address(it.project(), it.environment()) + "/" + it.override();
        if (it.isOpen(now)) {
            return new ActionLink("Close the override …", address + "/close");
        }
        return it.reviewedAt() == null && !it.deploys().isEmpty()
                ? new ActionLink("Review its deploys …", address + "/review")
                : null;
    }

    /**
     * Where a caller may open an override of an environment now.
     *
     * @param latest the newest override; absent: it had none
     */
    public static @Nullable ActionLink offered(
            String project, String environment, @Nullable GateOverride latest, Caller caller, Instant now) {
        return caller.may(Role.APPROVER, project) && (latest == null || offered(latest, caller, now) == null)
                ? new ActionLink("Open an override …", address(project, environment) + "/new")
                : null;
    }

    @RequestMapping("/new")
    String open(
            @PathVariable String project, @PathVariable String environment, @AuthenticationPrincipal Caller caller,
            HttpServletRequest request, HttpServletResponse response, Model model) {
        String place = project + "/" + environment;
        return ActionPages.answer(new PageAction("Let deploys of %s run".formatted(place), "Open the override",
                address(project, environment) + "/new", back(project, environment),
                List.of(ActionField.text("reason", "Reason", "Everyone who reads this project sees it.",
                        Overrides.LONGEST_TEXT),
                        ActionField.moment("until", "Until", PageAnswers.field(clock.instant().plus(USUAL)),
                                "At most 7 days ahead. It can be closed earlier.")),
                answers -> {
                    GateOverride.Opening opening = overrides.check(project, environment, opening(answers));
                    return new Confirmation("%s lets deploys of %s run until %s although something blocks them: %s"
                            .formatted(ActionPages.name(caller), place, RelativeTime.absolute(opening.until()),
                                    opening.reason()),
                            List.of("A deploy that runs already still holds up others.",
                                    "Someone has to review what was deployed before the next override can be opened."));
                }, answers -> Done.of("Recorded. The override of %s is open until %s.".formatted(place,
                        RelativeTime.absolute(overrides.open(project, environment, opening(answers), caller.getName())
                                .until())))),
                request, response, model);
    }

    private static GateOverride.Opening opening(PageAnswers answers) {
        return new GateOverride.Opening(answers.text("reason"), answers.moment("until"));
    }

    @RequestMapping("/{override}/close")
    String close(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        GateOverride known = overrides.show(project, environment, override);
        String place = project + "/" + environment;
        return ActionPages.answer(new PageAction("Close the override of " + place, "Close the override",
                address(project, environment) + "/" + override + "/close", back(project, environment),
                List.of(ActionField.comment("Recorded with it. Everyone who reads this project sees it.")),
                _ -> {
                    if (!known.isOpen(clock.instant())) {
                        throw Refusal.conflict("not-open", "The override is closed already; nothing is to be done.");
                    }
                    return new Confirmation("%s closes the override of %s that %s opened: %s".formatted(
                            ActionPages.name(caller), place, known.by(), known.reason()),
                            List.of("%s ran under it.".formatted(Count.of(known.deploys().size(), "deploy")),
                                    "What blocks deploys blocks them again."));
                }, answers -> {
                    overrides.close(project, environment, override, caller.getName(), ActionPages.comment(answers));
                    return Done.of("Recorded. The override of %s is closed.".formatted(place));
                }), request, response, model);
    }

    @RequestMapping("/{override}/review")
    String review(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        GateOverride known = overrides.show(project, environment, override);
        String place = project + "/" + environment;
        return ActionPages.answer(new PageAction("Review the override of " + place, "Record the review",
                address(project, environment) + "/" + override + "/review", back(project, environment),
                List.of(ActionField.text("remark", "What you found", "Everyone who reads this project sees it.",
                        Overrides.LONGEST_TEXT)),
                answers -> new Confirmation("%s reviewed %s under the override that %s opened: %s".formatted(
                        ActionPages.name(caller), Count.of(known.deploys().size(), "deploy"), known.by(),
                        Overrides.remark(answers.text("remark"))), List.of("After that, another one can be opened.")),
                answers -> {
                    overrides.review(project, environment, override, answers.text("remark"), caller.getName());
                    return Done.of("Recorded. The override of %s is reviewed.".formatted(place));
                }), request, response, model);
    }

    private static String address(String project, String environment) {
        return PageAddress.environment(project, environment) + "/overrides";
    }

    private static ActionLink back(String project, String environment) {
        return new ActionLink(project + "/" + environment, PageAddress.environment(project, environment));
    }
}
