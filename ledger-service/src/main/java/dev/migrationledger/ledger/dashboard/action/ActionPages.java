package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import dev.migrationledger.ledger.dashboard.action.PageAction.Done;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Leads a person through an action: the form, then what will be recorded, then back with a message. Only the second {@code POST} records something,
 * and it checks everything again.
 */
final class ActionPages {

    /** The field of a comment. */
    static final String COMMENT = "comment";

    private static final String STEP = "step";
    private static final String CONFIRMED = "confirmed";
    private static final String CHANGE = "change";

    private ActionPages() {}

    /** The view that answers a request. */
    static String answer(
            PageAction action, HttpServletRequest request, HttpServletResponse response, Model model) {
        PageAnswers answers = answers(request);
        boolean sent = HttpMethod.POST.matches(request.getMethod());
        String step = sent ? answers.text(STEP) : "";
        if (step.equals(CHANGE) || (!sent && action.asks())) {
            return page(ActionPage.of(action, answers, "", "", null), model);
        }
        try {
            Confirmation confirmation = action.check().apply(answers);
            if (!step.equals(CONFIRMED)) {
                return page(ActionPage.of(action, answers, "", "", confirmation), model);
            }
            return done(action.record().apply(answers), action.back().address(), request);
        } catch (Refusal refusal) {
            Problem problem = refusal.problem();
            if (problem.status() == HttpStatus.NOT_FOUND.value()) {
                throw refusal;
            }
            response.setStatus(problem.status());
            return page(ActionPage.of(action, answers, Redaction.of(problem.detail()),
                    Objects.requireNonNullElse(problem.field(), ""), null), model);
        }
    }

    private static PageAnswers answers(HttpServletRequest request) {
        Map<String, String> texts = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> texts.put(name, values[0]));
        return new PageAnswers(texts);
    }

    private static String page(ActionPage page, Model model) {
        model.addAttribute("page", page);
        return "action";
    }

    /** The next page says it once: to load that page again records nothing again. */
    static String done(Done done, String next, HttpServletRequest request) {
        FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
        flash.put("done", Redaction.of(done.message()));
        if (done.secret() != null) {
            flash.put("secret", done.secret());
        }
        return "redirect:" + next;
    }

    /** The comment as it would be recorded; absent: none. */
    static @Nullable String comment(PageAnswers answers) {
        return RequestFields.optional(COMMENT, answers.text(COMMENT), ActionComment.LONGEST);
    }

    /** As the caller is recorded, with the name that people know. */
    static String name(Caller caller) {
        return caller instanceof Caller.Person person && person.name() != null
                ? "%s (%s)".formatted(person.name(), person.id())
                : caller.getName();
    }
}
