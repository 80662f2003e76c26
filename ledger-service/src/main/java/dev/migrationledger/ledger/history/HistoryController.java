package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.history.ProjectHistory;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.RevisionVariant.InEnvironment;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.ledger.history.StoredHistories.StoredFile;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/projects/{project}")
@Tag(name = "History", description = "Every revision that a source of the project ever had, and its files")
class HistoryController {

    private static final int MOST = 1_000;

    /** So many ids are looked through for the one that was meant. */
    private static final int COMPARED = 10_000;

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final StoredHistories histories;
    private final EnvironmentViews views;

    HistoryController(StoredHistories histories, EnvironmentViews views) {
        this.histories = histories;
        this.views = views;
    }

    @GetMapping(path = "/history", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List the revisions of a project", description = "Sorted by id, each with every content that its file ever had, edited and deleted ones included. One page"
            + " at a time: pass `next` as `after`, until there is no `next`.")
    ProjectHistory history(
            @PathVariable String project,
            @Parameter(description = "The page begins after this id. Absent: the first page.") @RequestParam(defaultValue = "") String after,
            @Parameter(description = "The size of a page: 1 to 1000") @RequestParam(defaultValue = "500") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("limit", "'%d' is not a valid limit; use 1 to %d.".formatted(limit, MOST));
        }
        existing(project);
        List<RevisionHistory> page = histories.page(project, after, limit + 1);
        boolean more = page.size() > limit;
        List<RevisionHistory> shown = more ? page.subList(0, limit) : page;
        return new ProjectHistory(project, shown, more ? shown.getLast().revision() : null);
    }

    @GetMapping(path = "/history/{revision}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Show a revision", description = "Every content that its file ever had, what it declared, and where and when it was first and last seen.")
    RevisionHistory revision(@PathVariable String project, @PathVariable String revision) {
        RevisionHistory history = histories.revision(project, revision).orElseThrow(() -> unknown(project, revision));
        List<String> environments = history.variants().stream()
                .flatMap(variant -> seen(variant).stream())
                .map(InEnvironment::environment)
                .distinct()
                .toList();
        Map<String, EnvironmentView> now = views.findAll(project, environments);
        return new RevisionHistory(project, revision,
                history.variants().stream().map(variant -> asOfNow(variant, now)).toList());
    }

    private static List<InEnvironment> seen(RevisionVariant variant) {
        return Optional.ofNullable(variant.seen()).orElse(List.of());
    }

    /** A source that is watched and did not change says nothing: it is still there. */
    private static RevisionVariant asOfNow(RevisionVariant variant, Map<String, EnvironmentView> now) {
        List<InEnvironment> seen = seen(variant).stream()
                .map(one -> Optional.ofNullable(now.get(one.environment()))
                        .flatMap(view -> view.sources().stream()
                                .filter(source -> source.scripts().revisions().stream()
                                        .anyMatch(revision -> revision.revision().equals(variant.declared().revision())
                                                && revision.digest().equals(variant.declared().digest())))
                                .max(Comparator.comparing(ScriptsOfSource::lastSeen)))
                        .map(source -> new InEnvironment(one.environment(), one.first(),
                                new Sighting(source.lastSeen(), one.environment(), source.agent(), source.source()),
                                true))
                        .orElse(one))
                .toList();
        Sighting last = seen.stream().map(InEnvironment::last).max(Comparator.comparing(Sighting::at))
                .orElse(variant.lastSeen());
        return new RevisionVariant(variant.declared(), variant.fileStored(), variant.firstSeen(), last,
                variant.environments(), seen);
    }

    @GetMapping("/files/{digest}")
    @Operation(summary = "Download the file of a revision", description = "By the SHA-256 digest of its bytes. Edited and deleted files are kept.")
    ResponseEntity<byte[]> file(@PathVariable String project, @PathVariable String digest) {
        StoredFile file = histories.file(project, digest).orElseThrow(() -> lacking(project, digest));
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag("\"" + digest + "\"")
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                        .filename(file.name().substring(file.name().lastIndexOf('/') + 1), StandardCharsets.UTF_8)
                        .build()
                        .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(file.text().getBytes(StandardCharsets.UTF_8));
    }

    private void existing(String project) {
        if (views.environments(project).isEmpty()) {
            throw NotFound.project(project, views);
        }
    }

    private Refusal unknown(String project, String revision) {
        existing(project);
        String asked = NotFound.shortened(revision);
        return Refusal
                .notFound(NotFound.message("Project '" + project + "' never had a revision '" + asked + "'", asked,
                        histories.ids(project, COMPARED)));
    }

    private Refusal lacking(String project, String digest) {
        existing(project);
        String asked = NotFound.shortened(digest);
        return Refusal.notFound(histories.knows(project, digest)
                ? "The ledger lacks the text of file %s: it was too large, not UTF-8, or left out on purpose. Look for it where the history found it."
                        .formatted(asked)
                : "Project '%s' never had a file with the digest '%s'; take a digest from its history."
                        .formatted(
                                project, asked));
    }
}
