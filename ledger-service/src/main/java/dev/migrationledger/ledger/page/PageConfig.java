package dev.migrationledger.ledger.page;

import dev.migrationledger.ledger.evidence.check.Tamperings;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PageConfig implements WebMvcConfigurer {

    private final Tamperings tamperings;

    PageConfig(Tamperings tamperings) {
        this.tamperings = tamperings;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageInterceptor(tamperings));
    }
}
