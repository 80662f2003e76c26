package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.identity.agents.KeyStates;
import dev.migrationledger.ledger.identity.issuers.Issuers;
import dev.migrationledger.ledger.identity.people.PeopleView;
import dev.migrationledger.ledger.identity.pipelines.IdTokens;
import dev.migrationledger.ledger.identity.pipelines.PipelineSessions;
import dev.migrationledger.ledger.identity.pipelines.PipelinesView;
import dev.migrationledger.ledger.problem.ProblemWriter;
import dev.migrationledger.ledger.recording.Recorder;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentitySettings.class, OAuth2ClientProperties.class})
class SecurityConfig {

    private static final String BEARER = "Bearer ";

    @Bean
    @Order(50)
    PeopleView peopleView(JdbcClient database) {
        return new PeopleView(database);
    }

    @Bean
    @Order(51)
    AgentsView agentsView(JdbcClient database) {
        return new AgentsView(database);
    }

    @Bean
    AgentKeys agentKeys(Recorder recorder, AgentsView agents, JdbcClient database, Clock clock) {
        return new AgentKeys(recorder, agents, new KeyStates(database), clock);
    }

    @Bean
    AgentActions agentActions(AgentKeys keys) {
        return new AgentActions(keys);
    }

    @Bean
    Identities identities(Recorder recorder, PeopleView people, Clock clock) {
        return new Identities(recorder, people, clock);
    }

    @Bean
    ReadAccess readAccess(Identities identities) {
        return new ReadAccess(identities);
    }

    @Bean
    VerifiedAddresses verifiedAddresses(Identities identities) {
        return new VerifiedAddresses(identities);
    }

    @Bean
    ApproverRoles approverRoles(Identities identities, IdentitySettings settings, Clock clock) {
        return new ApproverRoles(identities, settings.required(), clock);
    }

    @Bean
    Issuers issuers(OAuth2ClientProperties properties, IdentitySettings settings, Clock clock) {
        Issuers issuers = new Issuers(properties, clock);
        issuers.check(settings.roles());
        return issuers;
    }

    @Bean
    @Order(52)
    PipelinesView pipelinesView(JdbcClient database) {
        return new PipelinesView(database);
    }

    @Bean
    TrustedPipelines trustedPipelines(
            Recorder recorder, PipelinesView pipelines, JdbcClient database, IdentitySettings settings, Clock clock) {
        PipelineSessions sessions = new PipelineSessions(database, pipelines,
                new IdTokens(settings.audience(), clock), clock);
        return new TrustedPipelines(recorder, pipelines, sessions, clock);
    }

    @Bean
    PipelineActions pipelineActions(TrustedPipelines pipelines, IdentitySettings settings) {
        return new PipelineActions(pipelines, settings);
    }

    /** Before anything is started. */
    @Bean
    @ConditionalOnWebApplication
    static BeanFactoryPostProcessor listenAddress(Environment environment) {
        return _ -> ListenAddress.check(
                Binder.get(environment).bindOrCreate("ledger.identity", IdentitySettings.class),
                environment.getProperty("server.address"));
    }

    @Bean
    @ConditionalOnWebApplication
    SecurityFilterChain security(HttpSecurity http, IdentitySettings settings, Identities identities,
            TrustedPipelines pipelines, Issuers issuers, ProblemWriter problems, Clock clock) {
        Denials denials = new Denials(problems);
        if (settings.required() && !issuers.all().isEmpty()) {
            new IssuerSignIn(issuers, settings.roles(), identities, clock).configure(http);
        }
        return http
                .authorizeHttpRequests(routes -> {
                    Routes.ALL.forEach(route -> route.methods().forEach(method -> routes
                            .requestMatchers(PathPatternRequestMatcher.withDefaults().matcher(method, route.path()))
                            .access(new Authorization(route.access()))));
                    routes.anyRequest().access(new Authorization(Routes.OTHERWISE));
                })
                .anonymous(nobody -> {
                    if (!settings.required()) {
                        nobody.principal(new Caller.LocalAdministrator());
                    }
                })
                .addFilterBefore(tokens(identities, pipelines, denials), AuthorizationFilter.class)
                .addFilterBefore(new RolesFilter(identities), AuthenticationFilter.class)
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .csrf(csrf -> csrf.ignoringRequestMatchers(withoutSession()))
                // SecurityHeaders writes them, also for what never gets here.
                .headers(headers -> headers.disable())
                .httpBasic(basic -> basic.disable())
                .formLogin(form -> form.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .sessionManagement(sessions -> sessions.sessionFixation(fixation -> fixation.newSession()))
                .build();
    }

    /** A browser sends cookies by itself, and only with those it needs to prove that a page of the ledger asked. OriginFilter refuses pages of other sites. */
    private static RequestMatcher withoutSession() {
        return request -> request.getRequestURI().startsWith(request.getContextPath() + "/api/")
                && (request.getHeader(HttpHeaders.AUTHORIZATION) != null || request.getCookies() == null);
    }

    private static AuthenticationFilter tokens(
            Identities identities, TrustedPipelines pipelines, Denials denials) {
        AuthenticationManager manager = shown -> caller(identities, pipelines, String.valueOf(shown.getCredentials()))
                .map(SecurityConfig::authenticated)
                .orElseThrow(() -> new BadCredentialsException("no such token"));
        AuthenticationFilter filter = new AuthenticationFilter(manager,
                (AuthenticationConverter) SecurityConfig::bearer);
        filter.setSuccessHandler((request, response, authentication) -> {});
        filter.setFailureHandler(denials::commence);
        filter.setSecurityContextRepository(new NullSecurityContextRepository());
        return filter;
    }

    private static @Nullable Authentication bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? UsernamePasswordAuthenticationToken.unauthenticated("", header.substring(BEARER.length()).strip())
                : null;
    }

    private static Optional<? extends Caller> caller(
            Identities identities, TrustedPipelines pipelines, String token) {
        return token.startsWith(TrustedPipelines.TOKEN) ? pipelines.caller(token) : identities.caller(token);
    }

    static Authentication authenticated(Caller caller) {
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, AuthorityUtils.NO_AUTHORITIES);
    }
}
