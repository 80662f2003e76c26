package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.problem.ProblemPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.View;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Shows refusals in the layout of all pages. Spring calls no interceptor where a request failed, so this gives the page its frame. */
final class LayoutProblemPages implements ProblemPages {

    private static final String TEMPLATE = "problem";

    private final PageFrames frames;
    private final ThymeleafViewResolver views;
    private final SpringTemplateEngine templates;

    LayoutProblemPages(PageFrames frames, ThymeleafViewResolver views, SpringTemplateEngine templates) {
        this.frames = frames;
        this.views = views;
        this.templates = templates;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        PageFrames.writeHeaders(response);
        // Where the ledger failed, its database is not asked for anything more.
        boolean failed = problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value();
        try {
            View view = Objects.requireNonNull(views.resolveViewName(TEMPLATE, Locale.ENGLISH));
            view.render(model(problem, frames.of(request, !failed)), request, response);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the page of a refusal cannot be made", e);
        }
    }

    @Override
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        PageFrames.writeHeaders(response);
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.getOutputStream().write(templates
                .process(TEMPLATE, new Context(Locale.ENGLISH, model(problem, PageFrame.UNKNOWN)))
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> model(Problem problem, PageFrame frame) {
        return new HashMap<>(Map.of("page", ProblemPage.of(problem), "frame", frame));
    }
}
