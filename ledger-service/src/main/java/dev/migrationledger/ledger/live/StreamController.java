package dev.migrationledger.ledger.live;

import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.ReadAccess;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Changes", description = "Which projects and environments change, as it happens")
class StreamController {

    private final ChangeStreams streams;
    private final ReadAccess access;

    StreamController(ChangeStreams streams, ReadAccess access) {
        this.streams = streams;
        this.access = access;
    }

    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Follow changes", description = "Server-sent events. `changed` names the projects and environments that have new events; `everything` means that they are too many to list."
            + " The id of each message is a position of the log. Send the last one as `Last-Event-ID` or `after` to go on from there."
            + " The stream ends after 5 minutes; connect again.")
    @ApiResponse(responseCode = "200", description = "Messages until the stream ends", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void stream(
            @Parameter(description = "A position of the log. Absent: begin with the next change.") @RequestParam(required = false) @Nullable String after,
            @Parameter(hidden = true) @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller, HttpServletRequest request,
            HttpServletResponse response) {
        // A browser repeats the address when it connects again, so the header is the newer one.
        long position = last != null ? position("Last-Event-ID", last) : after != null ? position("after", after) : -1;
        if (!streams.reserve()) {
            throw new Refusal(Refusal.problem(HttpStatus.SERVICE_UNAVAILABLE, "too-many-streams",
                    "%d streams are open already; try again in a minute.".formatted(ChangeStreams.MOST), null));
        }
        AsyncContext open;
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Proxies that buffer answers would hold messages back.
            response.setHeader("X-Accel-Buffering", "no");
            open = request.startAsync();
            open.setTimeout(0);
        } catch (RuntimeException e) {
            streams.release();
            throw e;
        }
        streams.open(open, position, () -> access.projects(caller));
    }

    private static long position(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.invalid(name, "'%s' is not a position; send the id of a message.".formatted(text));
        }
        return Long.parseLong(text);
    }
}
