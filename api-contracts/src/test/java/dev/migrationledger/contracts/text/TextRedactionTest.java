package dev.migrationledger.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextRedactionTest {

    @Test
    void what_is_called_a_secret_loses_its_value_however_it_is_written() {
        for (String word : List.of(
                "postgresql://deploy:s3cret@db/app", "postgresql+asyncpg://deploy:s3cret@x@db:5432/app?a=b",
                "jdbc:postgresql://db/app?user=deploy&password=s3cret", "--password=s3cret", "PGPASSWORD=s3cret",
                "-Ddb.password=s3cret", "db_token=s3cret", "DEPLOY_API_KEY=s3cret", "{\"token\": \"s3cret\"}",
                "Authorization: Bearer s3cret", "PGPASSWORD='s3cret with blank' alembic upgrade head",
                "alembic --password s3cret upgrade head", "redis://:s3cret@cache/0", "AWS_SECRET_ACCESS_KEY=s3cret",
                "curl -H 'Authorization: Basic s3cret'", "mysql -ps3cret", "-ps3cret",
                "app --db-pass s3cret", "db_pass = s3cret%", "pw = s3cret%", "postgresql://u:s3cret/with@db/app",
                "Unknown options: '--databse', 'postgresql://u:s3cret@db/app'", "https://s3cret@github.com/a/b",
                "CREATE USER MAPPING FOR x SERVER y OPTIONS (user 'a', password 's3cret')",
                "ALTER ROLE x ENCRYPTED PASSWORD E's3cret'", "CREATE USER x PASSWORD $$s3cret$$",
                "'CREATE USER x PASSWORD ''s3cret'''.", "'CREATE USER x PASSWORD ''a''''s3cret'''", "PASSWORD ''s3cret",
                "'PASSWORD 's3cret'': PASSWORD 's3cret'.", "PASSWORD 'a''s3cret'",
                "connection to server failed: password=s3cret host=db", "{\"a\":1,\"dbPassword\":\"s3cret\"}",
                "invalid dsn: postgres://a:s3cret@/db?sslmode=require", "--db-pwd \"s3cret\"",
                "password == 's3cret'", "mlt_0123456789abcdef0123456789abcdef_s3cret",
                "mle_0123456789abcdef0123456789abcdef_s3cret", "mlp_0123456789abcdef0123456789abcdef_s3cret",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.s3cret", "sent 'eyJhbGciOiJSUzI1NiJ9.eyJs3cret.s3cret'",
                "whsec_s3cret+/a=", "https://hooks.slack.com/services/T0/B0/s3cret",
                "https://discord.com/api/webhooks/1/s3cret",
                "at https://chat.googleapis.com/v1/spaces/A/messages?k=s3cret",
                "if token != 's3cret':")) {
            assertThat(Redaction.of(word)).as(word).doesNotContain("s3cret").contains("***");
        }
        assertThat(Redaction.of(List.of("psql", "--password", "s3cret", "-c", "select 1")))
                .containsExactly("psql", "--password", "***", "-c", "select 1");
    }

    @Test
    void what_is_none_stays_as_it_is() {
        List<String> command = List.of(
                "alembic", "-x", "tenant=42", "-c", "alembic.ini", "upgrade", "head", "postgresql://db/app",
                "https://ci.example.org:8080/job/7?a=b@c", "--no-password", "--sql", "user=deploy",
                "-p", "5432", "-p5432", "the schema passed: 3 of 4", "compass: north");

        assertThat(Redaction.of(command)).isEqualTo(command);
    }

    /** Every text that is sent is shown: a text that takes minutes would keep the ledger from answering. */
    @Test
    void a_long_text_costs_no_more_than_its_length() {
        for (String part : List.of("a", "pass", "x.", "token-", "a://", "a://b:", "-p ", "= ", "secret ", "sql:/")) {
            String text = part.repeat(20_000 / part.length()) + " :=";
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Redaction.of(text))).isNotEmpty();
        }
    }
}
