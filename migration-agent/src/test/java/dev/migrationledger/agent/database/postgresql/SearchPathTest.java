package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.SearchPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shop                 | "shop"
            Shop, public         | "shop", "public"
            "Shop" ,"$user"      | "Shop", "$user"
            "a""b"               | "a""b"
            'north west',x       | "north west", "x"
            """)
    void names_become_quoted_names(String text, String sql) {
        assertThat(CatalogQueries.quoted(SearchPath.parse(text))).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop; DROP TABLE x", "shop,", "\"shop", "shop public", "f()", "shop --", "'a''b'"})
    void a_text_that_is_not_a_list_of_names_yields_none(String text) {
        assertThat(SearchPath.parse(text)).isNull();
    }
}
