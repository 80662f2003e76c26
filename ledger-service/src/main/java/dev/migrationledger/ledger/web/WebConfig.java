package dev.migrationledger.ledger.web;

import dev.migrationledger.ledger.problem.ProblemWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

@Configuration(proxyBeanMethods = false)
class WebConfig {

    /** @param hosts names beside the usual ones, between commas */
    @Bean
    FilterRegistrationBean<HostFilter> hostFilter(
            @Value("${ledger.hosts:}") String hosts, @Value("${server.address:}") String address,
            ProblemWriter problems) {
        List<String> further = new ArrayList<>(Arrays.asList(hosts.split(",")));
        further.add(address);
        return first(new HostFilter(new HostNames(further), problems), 1);
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> safeHeaders() {
        return first(new SecurityHeaders(), 0);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> originFilter(ProblemWriter problems) {
        return first(new OriginFilter(problems), 3);
    }

    @Bean
    FilterRegistrationBean<RequestLimit> requestLimit(
            @Value("${ledger.requests}") int most, @Value("${server.tomcat.threads.max}") int threads,
            ProblemWriter problems) {
        // Some threads are always left, also where somebody gives it fewer.
        return first(new RequestLimit(Math.min(most, Math.max(1, threads * 3 / 4)), threads, problems), 2);
    }

    /** A digest of the style sheet and the script: a browser fetches them again only after an upgrade that changed them. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> staticFiles() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> registration = first(new ShallowEtagHeaderFilter(), 4);
        registration.addUrlPatterns("/ledger.css", "/ledger.js");
        return registration;
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> first(F filter, int place) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerRefusals(ProblemWriter problems) {
        return tomcat -> tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new TomcatErrorReports(problems)));
    }
}
