package dev.migrationledger.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.text.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The texts that docs/evidence-log.md shows: other people's verifiers depend on each byte. */
class LogRecordTest {

    private static final LogRecord EVENT = LogRecord.of(7, "0d2f3c1e-0000-4000-8000-000000000001",
            "navbot/production", 3, "agent.head-detected", "1", "2026-11-30T08:00:00Z", "{\"heads\":[\"abc\"]}",
            "{\"eventId\":\"x\"}");

    @Test
    void the_text_of_an_event_has_ten_lines() {
        assertThat(EVENT.canonicalText()).isEqualTo("""
                migration-ledger event v1
                7
                0d2f3c1e-0000-4000-8000-000000000001
                navbot/production
                3
                agent.head-detected
                1
                2026-11-30T08:00:00Z
                94fc954e50a254c87c5f9a1c1afe4ad4997aeef4c9b060c940322e6782612785
                27e70d5407ae1a8b5b4afd0b8e8ecde968edb8d5c2579c42d562c236ce3f8d0e
                """);
    }

    @Test
    void a_withdrawn_event_keeps_its_leaf() {
        LogRecord withdrawn = new LogRecord(EVENT.position(), EVENT.id(), EVENT.stream(), EVENT.sequence(),
                EVENT.type(), EVENT.revision(), EVENT.time(), null,
                Sha256.hex("{\"heads\":[\"abc\"]}"), EVENT.metadata());

        assertThat(withdrawn.leafHash()).isEqualTo(EVENT.leafHash());
    }

    @Test
    void values_with_line_breaks_never_look_like_other_values() {
        LogRecord twoLines = LogRecord.of(7, "id", "navbot\n3", 3, "type", "1", "now", "{}", "{}");
        LogRecord escaped = LogRecord.of(7, "id", "navbot\\n3", 3, "type", "1", "now", "{}", "{}");

        assertThat(twoLines.canonicalText().lines()).hasSize(10).contains("navbot\\n3");
        assertThat(escaped.canonicalText().lines()).hasSize(10).contains("navbot\\\\n3");
    }

    @Test
    void the_text_of_a_signature_has_twelve_lines() {
        SignatureRecord signature = new SignatureRecord(5, "aa", "navbot", "production", "db-1",
                UUID.fromString("0d2f3c1e-0000-4000-8000-000000000002"), 1, 9, "bb", "Y2M=",
                Instant.parse("2026-11-30T08:00:00.123456Z"));

        assertThat(signature.canonicalText()).isEqualTo("""
                migration-ledger signature v1
                5
                aa
                navbot
                production
                db-1
                0d2f3c1e-0000-4000-8000-000000000002
                1
                9
                bb
                Y2M=
                2026-11-30T08:00:00.123456Z
                """);
    }

    @Test
    void a_hash_is_read_as_it_is_written() {
        LogHash hash = EVENT.leafHash();

        assertThat(LogHash.parse(hash.base64())).isEqualTo(hash);
        assertThatThrownBy(() -> LogHash.parse("AAAA")).hasMessageContaining("32 bytes");
    }
}
