package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.issuers.Issuers;
import dev.migrationledger.ledger.identity.issuers.SignInProblem;
import dev.migrationledger.ledger.identity.people.PeopleResult;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How people sign in with a browser. */
@Controller
@Hidden
final class SignInController {

    private final Identities identities;
    private final IdentitySettings settings;
    private final Issuers issuers;
    private final FailedAttempts failedAttempts;
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    SignInController(Identities identities, IdentitySettings settings, Issuers issuers, Clock clock) {
        this.failedAttempts = new FailedAttempts(clock);
        this.identities = identities;
        this.settings = settings;
        this.issuers = issuers;
    }

    /**
     * The page. It does not use the link up: programs that look at links would.
     *
     * @param code the secret of a link
     * @param problem why a sign-in with an issuer failed
     */
    @GetMapping("/sign-in")
    String form(
            @RequestParam(defaultValue = "") String code, @RequestParam(defaultValue = "") String problem,
            @RequestParam(defaultValue = "") String issuer, @AuthenticationPrincipal @Nullable Caller caller,
            Model model, HttpServletResponse response) {
        model.addAttribute("code", code);
        if (problem.equals(SignInProblem.TOO_MANY_ATTEMPTS.code())) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        }
        return page(SignInProblem.of(problem).map(one -> one.sentence(issuers.name(issuer))).orElse(""), caller, model);
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String code, @AuthenticationPrincipal @Nullable Caller caller,
            Model model, HttpServletRequest request, HttpServletResponse response) {
        model.addAttribute("code", "");
        String address = request.getRemoteAddr();
        if (failedAttempts.tooMany(address)) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return page("%d wrong codes came from %s. Wait a minute.".formatted(FailedAttempts.MOST, address), caller,
                    model);
        }
        PeopleResult result = identities.useLink(code.strip());
        if (result == PeopleResult.DONE) {
            signIn(identities.person(Caller.LOCAL), request, response);
            return "redirect:/";
        }
        failedAttempts.failed(address);
        response.setStatus(HttpStatus.FORBIDDEN.value());
        return page(result == PeopleResult.EXPIRED
                ? "The link has expired. Start the ledger again to get a new one."
                : "The link is unknown or was used before. Start the ledger again to get a new one.",
                caller, model);
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
        return "redirect:/sign-in";
    }

    private void signIn(Caller.Person person, HttpServletRequest request, HttpServletResponse response) {
        Authentication authentication = SecurityConfig.authenticated(person);
        // A session id that was known before the sign-in must not open anything after it.
        new SessionFixationProtectionStrategy().onAuthentication(authentication, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
    }

    private String page(String problem, @Nullable Caller caller, Model model) {
        model.addAttribute("required", settings.required());
        model.addAttribute("problem", problem);
        model.addAttribute("issuers", issuers.all());
        boolean wantsToSignIn = !problem.isEmpty() || !"".equals(model.getAttribute("code"));
        model.addAttribute("person", !wantsToSignIn && caller instanceof Caller.Person person ? person : null);
        return "sign-in";
    }
}
