package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookDelivery;
import dev.migrationledger.contracts.webhook.WebhookFormat;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.webhook.WebhookRequests;
import dev.migrationledger.ledger.webhook.Webhooks;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Adds, tries and removes webhooks, and has their messages sent again. */
@Controller
@Hidden
@RequestMapping(path = "/webhooks", method = {RequestMethod.GET, RequestMethod.POST})
public class WebhookActionsController {

    private static final ActionLink BACK = new ActionLink("Webhooks", "/webhooks");
    private static final String ALL = "all";

    private final Webhooks webhooks;
    private final WebhookRequests requests;

    WebhookActionsController(Webhooks webhooks, WebhookRequests requests) {
        this.webhooks = webhooks;
        this.requests = requests;
    }

    /** What can be done with a webhook by those who see it. */
    public static List<ActionLink> offered(Webhook webhook) {
        return List.of(new ActionLink("Send a test message …", address(webhook, "test")),
                new ActionLink("Send messages again …", address(webhook, "replay")),
                new ActionLink("Remove …", address(webhook, "remove")));
    }

    @RequestMapping("/new")
    String add(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response,
            Model model) {
        return ActionPages.answer(new PageAction("Add a webhook", "Add the webhook", "/webhooks/new", BACK,
                List.of(ActionField.line("name", "Name", "", "What you call it.", WebhookRequests.LONGEST_NAME),
                        ActionField.line("url", "URL", "",
                                "Where messages are sent. Afterwards only its host is shown.", 2_000),
                        ActionField.choice("format", "Format", "json", List.of(
                                option("json", "JSON for programs"),
                                option("chat", "Text for Slack, Mattermost, Rocket.Chat or Google Chat"),
                                option("teams", "Card for Microsoft Teams"), option("discord", "Text for Discord"))),
                        ActionField.line("project", "Project", "*", "* matches any text, as in tenant-*.", 63),
                        ActionField.line("environment", "Environment", "*", "* matches any text.", 63),
                        ActionField.choice("kind", "What it reports", ALL,
                                Stream.concat(Stream.of(option(ALL, "everything")),
                                        Stream.of(WebhookKind.values())
                                                .map(it -> option(AuditKeys.word(it), AuditKeys.word(it))))
                                        .toList()),
                        ActionField.choice("severity", "Divergences from", "warning",
                                List.of(option("error", "error"), option("warning", "warning"),
                                        option("info", "info")))),
                answers -> {
                    Webhook wanted = requests.check(wanted(answers), null, caller.getName());
                    return new Confirmation("%s has messages about %s of %s/%s sent to %s.".formatted(
                            ActionPages.name(caller),
                            wanted.kinds().size() == WebhookKind.values().length
                                    ? "everything"
                                    : AuditKeys.word(wanted.kinds().iterator().next()),
                            wanted.project(), wanted.environment(), wanted.origin()),
                            List.of("It reports what is recorded from then on.",
                                    "The next page shows the secret that verifies messages, this once."));
                }, answers -> {
                    Webhook.Added added = requests.add(wanted(answers), null, caller.getName());
                    return new Done("Recorded. This is the secret of the webhook '%s'. It is shown only now."
                            .formatted(Redaction.of(added.webhook().name())), added.secret());
                }), request, response, model);
    }

    private static Webhook.Wanted wanted(PageAnswers answers) {
        return new Webhook.Wanted(answers.text("name"), answers.text("url"), answers.text("project").strip(),
                answers.text("environment").strip(), null, kinds(answers.text("kind")),
                constant(Severity.class, answers.text("severity")),
                constant(WebhookFormat.class, answers.text("format")), null);
    }

    /** Absent: all. */
    private static @Nullable Set<WebhookKind> kinds(String word) {
        WebhookKind one = word.equals(ALL) ? null : constant(WebhookKind.class, word);
        return one == null ? null : EnumSet.of(one);
    }

    /** Absent where no option was chosen: then the default counts. */
    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants()).filter(it -> AuditKeys.word(it).equals(word)).findFirst()
                .orElse(null);
    }

    private static ActionField.Option option(String value, String text) {
        return new ActionField.Option(value, text);
    }

    @RequestMapping("/{webhook}/test")
    String test(
            @PathVariable UUID webhook, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        Webhook known = requests.find(null, webhook);
        return ActionPages.answer(new PageAction("Send a test message to " + Redaction.of(known.name()), "Send it",
                address(known, "test"), back(known), List.of(),
                _ -> new Confirmation("%s has a test message sent to %s.".formatted(ActionPages.name(caller),
                        known.origin()),
                        List.of("The page waits for the answer of the receiver, up to 15 seconds.",
                                "A message that is not accepted is sent again like every other.")),
                _ -> Done.of(sentence(webhooks.test(known)))), request, response, model);
    }

    private static String sentence(WebhookDelivery sent) {
        return switch (sent.state()) {
            case ACCEPTED -> "The receiver accepted the message: %s.".formatted(sent.lastAnswer());
            case WAITING -> "The receiver did not accept the message: %s. It is sent again.".formatted(
                    sent.lastAnswer() == null ? "it was not sent yet" : sent.lastAnswer());
            case GIVEN_UP -> "The message was given up: %s.".formatted(sent.lastAnswer());
        };
    }

    @RequestMapping("/{webhook}/replay")
    String replay(
            @PathVariable UUID webhook, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        Webhook known = requests.find(null, webhook);
        return ActionPages.answer(new PageAction("Send messages of %s again".formatted(Redaction.of(known.name())),
                "Send them again", address(known, "replay"), back(known),
                List.of(ActionField.number("from", "From position", 1,
                        "Messages about events at this position of the log, or later. The list of messages has the positions.")),
                answers -> new Confirmation("%s has messages about events from position %d sent to %s again.".formatted(
                        ActionPages.name(caller), answers.number("from"), known.origin()),
                        List.of("They keep their order and their ids, and so receivers know those that they have.",
                                "Messages of the last 30 days are kept.")),
                answers -> Done.of("%d messages are sent again.".formatted(
                        webhooks.replay(known, answers.number("from")).messages()))),
                request, response, model);
    }

    @RequestMapping("/{webhook}/remove")
    String remove(
            @PathVariable UUID webhook, @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        Webhook known = requests.find(null, webhook);
        return ActionPages.answer(new PageAction("Remove the webhook " + Redaction.of(known.name()),
                "Remove the webhook", address(known, "remove"), BACK, List.of(),
                _ -> new Confirmation("%s removes the webhook '%s' to %s.".formatted(ActionPages.name(caller),
                        Redaction.of(known.name()), known.origin()),
                        List.of("Nothing is sent to it any more. Its secret and its messages are forgotten.")),
                _ -> {
                    webhooks.remove(known, caller.getName());
                    return Done.of("Recorded. The webhook '%s' is removed.".formatted(Redaction.of(known.name())));
                }), request, response, model);
    }

    private static ActionLink back(Webhook webhook) {
        return new ActionLink("Webhook " + Redaction.of(webhook.name()), "/webhooks/" + webhook.webhook());
    }

    private static String address(Webhook webhook, String action) {
        return "/webhooks/%s/%s".formatted(webhook.webhook(), action);
    }
}
