package dev.migrationledger.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void what_is_called_a_secret_loses_its_value_however_it_is_written() {
        for (String word : List.of(
                "postgresql://deploy:s3cret@db/app", "postgresql+asyncpg://deploy:s3cret@x@db:5432/app?a=b",
                "jdbc:postgresql://db/app?user=deploy&password=s3cret", "--password=s3cret", "PGPASSWORD=s3cret",
                "-Ddb.password=s3cret", "db_token=s3cret", "DEPLOY_API_KEY=s3cret", "{\"token\": \"s3cret\"}",
                "Authorization: Bearer s3cret", "PGPASSWORD='s3cret with blank' alembic upgrade head",
                "alembic --password s3cret upgrade head", "redis://:s3cret@cache/0", "AWS_SECRET_ACCESS_KEY=s3cret",
                "curl -H 'Authorization: Basic s3cret'", "--db-pwd \"s3cret\"")) {
            assertThat(Secrets.hidden(word)).as(word).doesNotContain("s3cret").contains("***");
        }
        assertThat(Secrets.hidden(List.of("psql", "--password", "s3cret", "-c", "select 1")))
                .containsExactly("psql", "--password", "***", "-c", "select 1");
    }

    @Test
    void what_is_none_stays_as_it_is() {
        List<String> command = List.of(
                "alembic", "-x", "tenant=42", "-c", "alembic.ini", "upgrade", "head", "postgresql://db/app",
                "https://ci.example.org:8080/job/7?a=b@c", "--no-password", "--sql", "user=deploy");

        assertThat(Secrets.hidden(command)).isEqualTo(command);
    }
}
