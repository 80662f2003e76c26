package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The log in the addresses of C2SP tlog-tiles, for other people's programs that follow logs. */
@RestController
@Hidden // The specification describes them, and their paths are no templates.
final class TilesController {

    private static final String PREFIX = "/api/v1/log/tile/";

    /** {@code LEVEL/N} or {@code entries/N}, N in groups of three digits, and the width of a tile that is not full. */
    private static final Pattern PATH = Pattern
            .compile("(entries|[0-9]|[1-5][0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private static final Duration FOR_GOOD = Duration.ofDays(365);

    private final EvidenceLog log;

    TilesController(EvidenceLog log) {
        this.log = log;
    }

    @GetMapping(path = PREFIX + "**", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String path = uri.startsWith(PREFIX) ? uri.substring(PREFIX.length()) : "";
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw Refusal.notFound("'%s' is not the address of a tile, such as 0/x001/x234/067.".formatted(path));
        }
        long number = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
        int width = parts.group(3) == null ? StoredTree.TILE : Integer.parseInt(parts.group(3));
        List<byte[]> content = parts.group(1).equals("entries")
                ? log.texts(number, width).stream().map(TilesController::entry).toList()
                : log.tile(Integer.parseInt(parts.group(1)), number, width).stream().map(LogHash::bytes).toList();
        if (width > StoredTree.TILE || content.size() < width) {
            throw Refusal.notFound("The tile '%s' has %d of %d hashes now. Ask for a smaller width."
                    .formatted(path, content.size(), width));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        content.forEach(body::writeBytes);
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(FOR_GOOD).immutable().cachePrivate())
                .contentType(MediaType.APPLICATION_OCTET_STREAM).body(body.toByteArray());
    }

    /** Its length in two bytes, and its text. */
    private static byte[] entry(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + utf8.length).putShort((short) utf8.length).put(utf8).array();
    }
}
