package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.people.PeopleResult;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
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
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    SignInController(Identities identities, IdentitySettings settings) {
        this.identities = identities;
        this.settings = settings;
    }

    /**
     * The page. It does not use the link up: programs that look at links would.
     *
     * @param code the secret of a link
     */
    @GetMapping("/sign-in")
    String form(@RequestParam(defaultValue = "") String code, Model model, HttpServletResponse response) {
        model.addAttribute("required", settings.required());
        model.addAttribute("code", code);
        model.addAttribute("problem", "");
        return page(response);
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String code, Model model, HttpServletRequest request,
            HttpServletResponse response) {
        PeopleResult result = identities.useLink(code.strip());
        if (result == PeopleResult.DONE) {
            signIn(identities.person(Caller.LOCAL), request, response);
            return "redirect:/";
        }
        model.addAttribute("required", settings.required());
        model.addAttribute("code", "");
        model.addAttribute("problem", result == PeopleResult.EXPIRED
                ? "The link has expired. Start the ledger again to get a new one."
                : "The link is unknown or was used before. Start the ledger again to get a new one.");
        response.setStatus(HttpStatus.FORBIDDEN.value());
        return page(response);
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

    private static String page(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("Cache-Control", "no-store");
        return "sign-in";
    }
}
