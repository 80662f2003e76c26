package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryRefusal;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.audit.export.AuditExport;
import dev.migrationledger.ledger.audit.export.ExportFormat;
import dev.migrationledger.ledger.audit.search.AuditReader.StoredEntry;
import dev.migrationledger.ledger.audit.search.AuditReader;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "Who did what, where and when")
class AuditController {

    private static final String QUERY = "What to find, such as kind:stamped environment:production since:monday. Absent: everything.";
    private static final String ZONE = "The time zone of the query, such as Europe/Berlin. Absent: UTC.";
    private static final String NDJSON = "application/x-ndjson";

    /** Exports that run at once: each keeps a connection to the database. */
    private static final int MOST_EXPORTS = 2;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    private final AuditSearch search;
    private final AuditExport exports;
    private final AuditStream stream;
    private final Clock clock;
    private final Semaphore exporting = new Semaphore(MOST_EXPORTS);

    AuditController(AuditSearch search, AuditReader reader, AuditExport exports, Clock clock) {
        this.search = search;
        this.exports = exports;
        this.stream = new AuditStream(reader);
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Find events", description = "The newest first. A page ends when it is full, or when the ledger has searched as long as a request may."
            + " `searched` says how far it came, `older` is the cursor for the rest, and `blind` names the times in which agents could not see.")
    @ApiResponse(responseCode = "200", description = "A page", content = @Content(schema = @Schema(implementation = AuditPage.class)))
    @ApiResponse(responseCode = "400", description = "The query has mistakes, each with its place; or another parameter is wrong", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = QueryRefusal.class)))
    ResponseEntity<?> find(
            @Parameter(description = QUERY) @RequestParam(required = false) @Nullable String q,
            @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
            @Parameter(description = "Only events with lesser positions: `older` of the page before") @RequestParam(required = false) @Nullable Long before,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        int most = PageRequest.limit(limit);
        AskedQuery query = AskedQuery.read(q, zone);
        Optional<ResponseEntity<Object>> refusal = query.refusal();
        return refusal.isPresent()
                ? refusal.get()
                : ResponseEntity.ok(search.page(query.by(caller, clock.instant()), before, most));
    }

    @GetMapping("/export")
    @Operation(summary = "Export events", description = "All that the query finds, in the order of positions. The last line is the manifest: the query, the positions, the number of entries"
            + " and the SHA-256 of all bytes before that line. A file without it is not complete. NDJSON also has each event as it is stored, in `record`.")
    @ApiResponse(responseCode = "200", description = "The file", content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(implementation = AuditEntry.class)),
        @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object"))})
    @Nullable
    ResponseEntity<Object> export(
            @Parameter(description = QUERY) @RequestParam(required = false) @Nullable String q,
            @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
            @Parameter(description = "csv, ndjson or json (default ndjson)") @RequestParam(defaultValue = "ndjson") String format,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller, HttpMethod method,
            HttpServletResponse response) throws IOException {
        ExportFormat as = ExportFormat.of(format).orElseThrow(() -> new Refusal(Refusal.problem(
                HttpStatus.BAD_REQUEST, "invalid-parameter", "This is not a format; use csv, ndjson or json.",
                "format")));
        AskedQuery query = AskedQuery.read(q, zone);
        Optional<ResponseEntity<Object>> refusal = query.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (HttpMethod.HEAD.equals(method)) {
            headers(as, response);
            return null;
        }
        if (!exporting.tryAcquire()) {
            throw Refusal.unavailable("%d exports are running; try again later.".formatted(MOST_EXPORTS),
                    Duration.ofSeconds(30), null);
        }
        try {
            headers(as, response);
            exports.write(query.by(caller, clock.instant()), as, response.getOutputStream());
            return null;
        } finally {
            exporting.release();
        }
    }

    private static void headers(ExportFormat format, HttpServletResponse response) {
        response.setContentType(format.mediaType());
        response.setHeader("Content-Disposition", "attachment; filename=\"audit." + format.word() + "\"");
        response.setHeader("Cache-Control", "no-store");
    }

    @GetMapping("/stream")
    @Operation(summary = "Follow events", description = "Those after a position, as lines of JSON, in their order. The last line says the position to go on from. If there is nothing new, waits for it."
            + " With `Accept: text/event-stream`, the same as server-sent events, which browsers resume by themselves.")
    @ApiResponse(responseCode = "200", description = "Some events", content = {
        @Content(mediaType = NDJSON, schema = @Schema(implementation = AuditEntry.class)),
        @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string"))})
    ResponseEntity<?> follow(
            @Parameter(description = "The position after which to begin: `next` of the answer before. Absent: the first event") @RequestParam(defaultValue = "0") long after,
            @Parameter(description = QUERY) @RequestParam(required = false) @Nullable String q,
            @Parameter(description = ZONE) @RequestParam(required = false) @Nullable String zone,
            @Parameter(description = "How many seconds to wait for an event: 0 to 25 (default 20)") @RequestParam(defaultValue = "20") int wait,
            @Parameter(hidden = true) @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        AskedQuery query = AskedQuery.read(q, zone);
        Optional<ResponseEntity<Object>> refusal = query.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        AuditStream.Some some = stream.after(Math.max(0, lastEventId == null ? after : lastEventId),
                query.by(caller, clock.instant()),
                Duration.ofSeconds(Math.clamp(wait, 0, LONGEST_WAIT.toSeconds())));
        boolean events = accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
        return ResponseEntity.ok().header("Cache-Control", "no-store")
                .contentType(MediaType.parseMediaType(events
                        ? MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8"
                        : NDJSON))
                .body((events ? serverSent(some) : lines(some)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The end of an answer.
     *
     * @param next position to go on from
     * @param searched from the first position that was asked for
     * @param blind times in which agents could not see, as in {@link AuditPage}
     * @param moreBlind how many there are beyond those
     * @param warnings names in the query that the ledger does not know
     */
    record Progress(
            long next, AuditPage.Through completeThrough, AuditPage.Range searched, List<AuditPage.BlindTime> blind,
            long moreBlind, List<QueryWarning> warnings) {
        Progress {
            blind = List.copyOf(blind);
            warnings = List.copyOf(warnings);
        }
    }

    private static String progress(AuditStream.Some some) {
        AuditReader.Summary searched = some.searched();
        return new String(ContractJson.write(new Progress(some.next(), searched.through(), searched.searched(),
                searched.blind(), searched.moreBlind(), searched.warnings())), StandardCharsets.UTF_8);
    }

    private static String lines(AuditStream.Some some) {
        StringBuilder text = new StringBuilder();
        some.entries().forEach(entry -> text.append(entry.text()).append('\n'));
        return text.append(progress(some)).append('\n').toString();
    }

    private static String serverSent(AuditStream.Some some) {
        StringBuilder text = new StringBuilder("retry: 1000\n\n");
        for (StoredEntry entry : some.entries()) {
            text.append("id: ").append(entry.position()).append("\nevent: entry\ndata: ").append(entry.text())
                    .append("\n\n");
        }
        return text.append("id: ").append(some.next()).append("\nevent: progress\ndata: ").append(progress(some))
                .append("\n\n").toString();
    }
}
