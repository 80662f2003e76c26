package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.dashboard.graph.RevisionPage.Known;
import dev.migrationledger.ledger.dashboard.graph.RevisionPage.Skipped;
import dev.migrationledger.ledger.dashboard.graph.RevisionPage.SourceFootprint;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.history.StoredHistories.StoredFile;
import dev.migrationledger.ledger.history.StoredHistories.StoredFootprint;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@Hidden
class RevisionPageController {

    /** Groups of environments that are listed. */
    private static final int MOST_GROUPS = 24;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    private final EnvironmentGroups groups;
    private final EnvironmentViews views;
    private final StoredHistories histories;
    private final DeployedScripts scripts;
    private final KnownAuthors authors;
    private final DivergenceViews divergences;
    private final AuditSearch audit;
    private final Clock clock;

    RevisionPageController(
            EnvironmentGroups groups, EnvironmentViews views, StoredHistories histories, DeployedScripts scripts,
            KnownAuthors authors, DivergenceViews divergences, AuditSearch audit, Clock clock) {
        this.groups = groups;
        this.views = views;
        this.histories = histories;
        this.scripts = scripts;
        this.authors = authors;
        this.divergences = divergences;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * For ids that a path cannot carry, or that look like secrets.
     *
     * @param hash what the SHA-256 of the id begins with
     */
    @GetMapping("/projects/{project}/revisions")
    String revisionById(
            @PathVariable String project, @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String hash, @RequestParam(defaultValue = "") String environment,
            @RequestParam(defaultValue = "") String content,
            @RequestParam(name = "contents", defaultValue = "0") int skippedContents,
            @RequestParam(name = "effects", defaultValue = "0") int skippedEffects,
            @AuthenticationPrincipal Caller caller, Model model) {
        return page(project, id, hash, environment, content, new Skipped(skippedContents, skippedEffects), caller,
                model);
    }

    /**
     * The page.
     *
     * @param environment that is listed in any case, first
     * @param content the beginning of the digest of the content that is shown; empty: the newest
     * @param skippedContents how many contents the pages before showed
     * @param skippedEffects how many effects of each function they showed
     */
    @GetMapping("/projects/{project}/revisions/{revision}")
    String revision(
            @PathVariable String project, @PathVariable String revision,
            @RequestParam(defaultValue = "") String environment, @RequestParam(defaultValue = "") String content,
            @RequestParam(name = "contents", defaultValue = "0") int skippedContents,
            @RequestParam(name = "effects", defaultValue = "0") int skippedEffects,
            @AuthenticationPrincipal Caller caller, Model model) {
        return page(project, revision, "", environment, content, new Skipped(skippedContents, skippedEffects), caller,
                model);
    }

    private String page(
            String project, String id, String hash, String environment, String content, Skipped skipped, Caller caller,
            Model model) {
        Instant now = clock.instant();
        EnvironmentGroups.Found found = groups.of(project, environment, MOST_GROUPS);
        List<String> names = found.some().stream().map(EnvironmentGroup::name).toList();
        Map<String, EnvironmentView> read = names.isEmpty() ? Map.of() : views.findAll(project, names);
        ProjectGraph graph = ProjectGraph.of(read.values());
        String revision = hash.isEmpty() ? id : byHash(project, hash, graph);
        Optional<RevisionHistory> history = histories.briefly(project, revision);
        if (history.isEmpty() && !graph.graph().contains(revision)) {
            throw unknown(project, revision);
        }
        List<GraphColumn> columns = new ArrayList<>();
        Map<String, List<Run>> runs = new HashMap<>();
        found.some().forEach(group -> {
            EnvironmentView view = read.get(group.name());
            if (view != null) {
                GraphColumn column = GraphColumn.of(group, group.name().equals(environment), view);
                columns.add(column);
                RevisionStatus status = column.statuses().get(revision);
                runs.put(group.name(), status == null ? List.of() : view.runs(List.of(status)));
            }
        });
        List<RevisionVariant> variants = history.map(RevisionHistory::variants).orElse(List.of());
        RevisionVariant chosen = chosen(variants, revision, content);
        Map<String, FileOrigin> files = authors.of(project,
                variants.stream().map(variant -> variant.declared().digest()).toList());
        List<Divergence> open = names.isEmpty() ? List.of() : divergences.openIn(project, names, null);
        model.addAttribute("page", RevisionPage.of(project, new Known(revision, graph, history, columns, runs,
                found.environments(), chosen, footprint(project, revision, chosen, columns), files, open), skipped,
                now));
        model.addAttribute("text", chosen == null
                ? null
                : ContentPart.of(project, content(project, chosen), before(variants, chosen)
                        .map(it -> content(project, it)).orElse(null)));
        model.addAttribute("events", events(project, revision, caller, now));
        return "revision";
    }

    private RevisionEvents events(String project, String revision, Caller caller, Instant now) {
        if (!Redaction.of(revision).equals(revision)) {
            return RevisionEvents.HIDDEN;
        }
        AuditQuestion question = new AuditQuestion(
                AuditKeys.LANGUAGE.parse(RevisionEvents.query(project, revision)).query(), ZoneOffset.UTC, now,
                SearchScope.of(caller));
        return RevisionEvents.of(project, revision, audit.page(question, null, RevisionEvents.MOST), now);
    }

    /** A link has the hash of an id that looks like a secret. */
    private String byHash(String project, String hash, ProjectGraph graph) {
        if (!HASH.matcher(hash).matches()) {
            throw Refusal.invalid("hash",
                    "'%s' is not the hash of a revision's id. Look for the revision on the project's page."
                            .formatted(NotFound.shortened(hash)));
        }
        return graph.graph().revisions().stream().map(Revision::revision)
                .filter(one -> Sha256.hex(one).startsWith(hash)).findFirst()
                .or(() -> histories.byHash(project, hash))
                .orElseThrow(() -> unknown(project, hash));
    }

    private static @Nullable RevisionVariant chosen(List<RevisionVariant> variants, String revision, String content) {
        if (variants.isEmpty()) {
            return null;
        }
        return content.isEmpty()
                ? variants.getLast()
                : variants.stream().filter(it -> it.declared().digest().startsWith(content)).findFirst()
                        .orElseThrow(() -> Refusal.notFound(
                                "The file of revision '%s' never had the content '%s'. Remove 'content' from the address."
                                        .formatted(NotFound.shortened(revision), NotFound.shortened(content))));
    }

    private static Optional<RevisionVariant> before(List<RevisionVariant> variants, RevisionVariant chosen) {
        int at = variants.indexOf(chosen);
        return at > 0 ? Optional.of(variants.get(at - 1)) : Optional.empty();
    }

    private ContentPart.Known content(String project, RevisionVariant variant) {
        Revision declared = variant.declared();
        Optional<StoredFile> file = variant.fileStored()
                ? histories.file(project, declared.digest())
                : Optional.empty();
        return new ContentPart.Known(declared.digest(), declared.file(), file, file.isPresent()
                ? null
                : histories.footprint(project, declared.digest()).map(StoredFootprint::withheld).orElse(null));
    }

    /** As the first environment has it whose scripts have this content; of a content that none has, as it was sent. */
    private Optional<SourceFootprint> footprint(
            String project, String revision, @Nullable RevisionVariant chosen, List<GraphColumn> columns) {
        String digest = chosen == null ? null : chosen.declared().digest();
        return columns.stream()
                .filter(column -> column.graph().find(revision)
                        .filter(it -> digest == null || it.digest().equals(digest)).isPresent())
                .findFirst()
                .flatMap(column -> scripts.scripts(project, column.group().name()))
                .map(DeployedScripts.Scripts::scripts)
                .flatMap(seen -> Optional.ofNullable(seen.footprints().get(revision))
                        .map(footprint -> new SourceFootprint("from " + seen.source(), footprint)))
                .or(() -> digest == null
                        ? Optional.empty()
                        : histories.footprint(project, digest).flatMap(it -> Optional.ofNullable(it.read()))
                                .map(footprint -> new SourceFootprint("when an agent sent it", footprint)));
    }

    private Refusal unknown(String project, String revision) {
        return views.environments(project).isEmpty()
                ? NotFound.project(project, views)
                : Refusal.notFound("Project '%s' never had a revision '%s'. Look for it on the project's page."
                        .formatted(project, NotFound.shortened(revision)));
    }
}
