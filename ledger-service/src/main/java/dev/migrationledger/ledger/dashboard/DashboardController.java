package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.view.EnvironmentViews;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@Controller
@Hidden
class DashboardController {

    private final EnvironmentViews views;
    private final DivergenceViews divergences;
    private final Clock clock;

    DashboardController(EnvironmentViews views, DivergenceViews divergences, Clock clock) {
        this.views = views;
        this.divergences = divergences;
        this.clock = clock;
    }

    @GetMapping("/")
    String dashboard(Model model, HttpServletResponse response) {
        model.addAttribute("page", Dashboard.of(views.linesByProject(), divergences.open(), clock.instant()));
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        // Nothing on the page comes from elsewhere, and nothing on it may run.
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:");
        response.setHeader("Cache-Control", "no-store");
        return "dashboard";
    }
}
