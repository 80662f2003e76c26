package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Person;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.identity.issuers.ClaimRole;
import dev.migrationledger.ledger.identity.issuers.ForgottenClients;
import dev.migrationledger.ledger.identity.issuers.Issuers;
import dev.migrationledger.ledger.identity.issuers.SignInProblem;
import dev.migrationledger.ledger.identity.people.PeopleResult;
import dev.migrationledger.ledger.identity.people.Roles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;

/** Signs people in with issuers of OpenID Connect. Spring Security talks with the issuers; the ledger records who signed in. */
final class IssuerSignIn implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(IssuerSignIn.class);

    /** Of a name, an address of mail and the reason of a refusal. */
    private static final int LONGEST_TEXT = 300;

    private static final Pattern SUBJECT = Pattern.compile("[^\\s\\p{Cntrl}]+");

    private final Issuers issuers;
    private final List<ClaimRole> roles;
    private final Identities identities;
    private final FailedAttempts failedAttempts;
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    IssuerSignIn(Issuers issuers, List<ClaimRole> roles, Identities identities, Clock clock) {
        this.failedAttempts = new FailedAttempts(clock);
        this.issuers = issuers;
        this.roles = roles;
        this.identities = identities;
    }

    void configure(HttpSecurity http) {
        http.addFilterBefore(new SignInLimit(failedAttempts), OAuth2AuthorizationRequestRedirectFilter.class)
                .oauth2Login(this::configure);
    }

    private void configure(OAuth2LoginConfigurer<?> login) {
        DefaultOAuth2AuthorizationRequestResolver requests = new DefaultOAuth2AuthorizationRequestResolver(issuers);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        login.clientRegistrationRepository(issuers)
                .authorizedClientRepository(new ForgottenClients())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
                .loginPage("/sign-in")
                .successHandler(this)
                .failureHandler(this);
        login.addObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(IssuerSignIn.this);
                return filter;
            }
        });
        // A session has the person, nothing of what the issuer sent. The configurer would replace a repository that is set on it.
        login.addObjectPostProcessor(new ObjectPostProcessor<OAuth2LoginAuthenticationFilter>() {
            @Override
            public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O filter) {
                filter.setSecurityContextRepository(new NullSecurityContextRepository());
                return filter;
            }
        });
    }

    /** The session is a new one already: what was known of the old one opens nothing. */
    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        String issuer = ((OAuth2AuthenticationToken) authentication).getAuthorizedClientRegistrationId();
        OidcUser user = (OidcUser) Objects.requireNonNull(authentication.getPrincipal());
        String person = "%s %s".formatted(user.getIssuer(), user.getSubject());
        SecurityContextHolder.clearContext();
        if (!SUBJECT.matcher(user.getSubject()).matches() || person.length() > Person.LONGEST_ID) {
            refuse(request, response, issuer, SignInProblem.PERSON_REFUSED, "the subject has blanks or is too long");
            return;
        }
        String name = user.getFullName() == null ? user.getPreferredUsername() : user.getFullName();
        String email = Boolean.TRUE.equals(user.getEmailVerified()) ? user.getEmail() : null;
        PeopleResult result = identities.signIn(person, shortened(name), shortened(email),
                Roles.of(ClaimRole.of(roles, issuer, user.getClaims())));
        if (result == PeopleResult.TOO_MANY) {
            refuse(request, response, issuer, SignInProblem.TOO_MANY_PEOPLE, "too many people are known");
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(SecurityConfig.authenticated(identities.person(person)));
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
        response.sendRedirect(request.getContextPath() + "/");
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String path = request.getRequestURI();
        refuse(request, response, path.substring(path.lastIndexOf('/') + 1), SignInProblem.of(failure),
                reason(failure));
    }

    private static String reason(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof OAuth2AuthenticationException error) {
                return error.getError().toString();
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, String issuer, SignInProblem why,
            String reason) throws IOException {
        boolean known = issuers.all().stream().anyMatch(one -> one.id().equals(issuer));
        SignInProblem problem = known ? why : SignInProblem.UNKNOWN_ISSUER;
        if (problem.isSuspicious()) {
            failedAttempts.failed(request.getRemoteAddr());
        }
        log.atWarn().addKeyValue("issuer", known ? issuer : "unknown").addKeyValue("problem", problem.code())
                .addKeyValue("reason", shortened(reason)).log("sign-in refused");
        response.sendRedirect("%s/sign-in?problem=%s%s".formatted(request.getContextPath(), problem.code(),
                known ? "&issuer=" + issuer : ""));
    }

    private static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = Redaction.of(text.replaceAll("\\p{Cntrl}", " ").strip());
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT) + "…";
    }
}
