package dev.migrationledger.ledger.page;

import dev.migrationledger.ledger.evidence.check.Tamperings;
import dev.migrationledger.ledger.problem.ProblemPages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

@Configuration(proxyBeanMethods = false)
class PageConfig implements WebMvcConfigurer {

    private final PageFrames frames;

    PageConfig(Tamperings tamperings) {
        this.frames = new PageFrames(tamperings);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageInterceptor(frames));
    }

    @Bean
    @ConditionalOnWebApplication
    ProblemPages problemPages(ThymeleafViewResolver views, SpringTemplateEngine templates) {
        return new LayoutProblemPages(frames, views, templates);
    }
}
