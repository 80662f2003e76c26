package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrlInIniTest {

    private static final String URL = "postgresql://u:p%25w@db/scratch";

    @Test
    void only_the_url_of_the_section_changes() {
        assertThat(UrlInIni.replaced("""
                [alembic]
                script_location = migrations
                SQLAlchemy.url: postgresql://
                    u@db/production
                # what follows
                file_template = %%(rev)s

                [orders]
                sqlalchemy.url = postgresql://u@db/orders
                """, "alembic", URL)).hasValue("""
                [alembic]
                script_location = migrations
                sqlalchemy.url = postgresql://u:p%%25w@db/scratch
                # what follows
                file_template = %%(rev)s

                [orders]
                sqlalchemy.url = postgresql://u@db/orders
                """);
    }

    @Test
    void a_url_of_all_sections_is_found() {
        assertThat(UrlInIni.replaced("[DEFAULT]\nsqlalchemy.url = x\n[alembic]\na = b\n", "alembic", URL))
                .hasValue("[DEFAULT]\nsqlalchemy.url = postgresql://u:p%%25w@db/scratch\n[alembic]\na = b\n");
    }

    @Test
    void an_ini_without_a_url_stays_as_it_is() {
        assertThat(UrlInIni.replaced("[alembic]\n# sqlalchemy.url = x\n", "alembic", URL)).isEmpty();
        assertThat(UrlInIni.replaced("[orders]\nsqlalchemy.url = x\n", "alembic", URL)).isEmpty();
    }
}
