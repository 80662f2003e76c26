package dev.migrationledger.agent.tool.alembic.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.contracts.revision.SemanticDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SemanticDigestsTest {

    private static final String SCRIPT = """
            \"""Add invoices

            Revision ID: 5b1
            \"""
            from alembic import op
            import sqlalchemy as sa

            revision = '5b1'
            down_revision = '4a0'
            branch_labels = None
            depends_on = None

            LIMIT = 1000
            RATE = 1.0
            KINDS = ('small', 'large')


            def index_name(table, column='id'):
                return 'ix_' + table + "_" + column


            def upgrade():
                op.create_table(
                    'invoice',
                    sa.Column('id', sa.Integer(), nullable=False),
                    sa.Column('total', sa.Numeric(10, 2), server_default='0'),
                )
                if LIMIT > 10 and RATE:
                    op.execute(f"UPDATE invoice SET total = {LIMIT}")
                    op.execute("DELETE FROM invoice WHERE total < 0")
                for kind in KINDS:
                    op.execute("INSERT INTO kind VALUES ('%s')" % kind)
                op.create_index(index_name('invoice'), 'invoice', ['id'])


            def downgrade():
                op.drop_table('invoice')
            """;

    @Test
    void the_form_is_raised_when_a_script_gets_another_digest() throws IOException {
        assertThat(SemanticDigests.FORM + " " + digest(SCRIPT).value())
                .as("raise SemanticDigests.FORM and History.FORM, then pin the new digest here")
                .isEqualTo("1 3f740bdd8da7b759968863bc23a74de9cfccbe74a5c11e189fd1985a0f95b4ff");
        String variety = Files.readString(Path.of("src/test/resources/python/trees/variety.py"));
        assertThat(SemanticDigests.FORM + " " + digest(variety).value())
                .as("unless variety.py has changed, raise SemanticDigests.FORM and History.FORM, then pin the new digest here")
                .isEqualTo("1 5f8fc397e4284d63da726a6142b6dbf1aeb2019df9fc09f4ee7609a6a1a59297");
    }

    @Test
    void how_it_is_written_does_not_count() {
        for (String same : List.of(
                "# Copyright 2026 Example Ltd.\n# SPDX-License-Identifier: MIT\n\n" + SCRIPT,
                SCRIPT.replace("\n", "\r\n"),
                SCRIPT.replace("    ", "\t"),
                SCRIPT.replace("\n\n\n", "\n"),
                SCRIPT.replace("def upgrade():", "def upgrade():  # type: () -> None"),
                SCRIPT.replace("'", "\"").replace("(\"%s\")", "('%s')"),
                SCRIPT.replace("'invoice'", "r'''invoice'''"),
                SCRIPT.replace("'invoice'", "'inv' u'oice'"),
                SCRIPT.replace("'invoice'", "f'invoice'"),
                SCRIPT.replace("'invoice'", "'\\x69nvoice'"),
                SCRIPT.replace("1000", "1_000"),
                SCRIPT.replace("1000", "0x3E8"),
                SCRIPT.replace("1.0", "1e0"),
                SCRIPT.replace("RATE = 1.0", "RATE = (1.0)"),
                SCRIPT.replace("LIMIT > 10 and RATE:", "((LIMIT > 10) and (RATE)):"),
                SCRIPT.replace("LIMIT > 10 and", "LIMIT > 10 \\\n        and"),
                SCRIPT.replace("'large')", "'large',)"),
                SCRIPT.replace("server_default='0'),\n    )", "server_default='0'))"),
                SCRIPT.replace("revision = '5b1'\ndown_revision = '4a0'", "revision = '5b1'; down_revision = '4a0'"),
                SCRIPT.replace("LIMIT = 1000\nRATE = 1.0", "LIMIT = 1000; RATE = 1.0;"))) {
            assertSame(same);
        }
    }

    @Test
    void the_message_docstrings_and_what_does_nothing_do_not_count() {
        for (String same : List.of(
                SCRIPT.replace("Add invoices", "Add the invoices of 2026"),
                SCRIPT.substring(SCRIPT.indexOf("from alembic")),
                SCRIPT.replace("def upgrade():", "def upgrade():\n    'Makes a table.'"),
                SCRIPT.replace("def downgrade():", "def downgrade():\n    pass"),
                SCRIPT.replace("def upgrade():", "def upgrade() -> None:"),
                SCRIPT.replace("table, column='id'", "table: str, column: str = 'id'"),
                SCRIPT.replace("revision = '5b1'", "revision: str = '5b1'"),
                SCRIPT.replace("LIMIT = 1000", "LIMIT: int = 1000"))) {
            assertSame(same);
        }
    }

    @Test
    void what_it_declares_is_beside_it() {
        assertSame(SCRIPT.replace("revision = '5b1'", "revision = '6c2'"));
        assertSame(SCRIPT.replace("down_revision = '4a0'", "down_revision = ('4a0', '4a1')"));
        assertSame(SCRIPT.replace("branch_labels = None\ndepends_on = None\n", ""));
    }

    @Test
    void what_may_do_something_else_counts() {
        Map<String, String> digests = new HashMap<>();
        digests.put(digest(SCRIPT).value(), "the script itself");
        for (List<String> change : List.of(
                List.of("'invoice'", "'invoices'"),
                List.of("ix_", "IX_"),
                List.of("nullable=False", "nullable=True"),
                List.of("nullable=False", "nullable=None"),
                List.of("nullable=False", "unique=False"),
                List.of(", nullable=False", ""),
                List.of("Numeric(10, 2)", "Numeric(2, 10)"),
                List.of("Numeric(10, 2)", "Numeric(10, 2.0)"),
                List.of("Numeric(10, 2)", "Numeric(10, 3)"),
                List.of("server_default='0'", "server_default=0"),
                List.of("server_default='0'", "server_default=b'0'"),
                List.of("server_default='0'", "server_default=b'1'"),
                List.of("LIMIT > 10", "LIMIT >= 10"),
                List.of("LIMIT > 10 and RATE", "LIMIT > 10 or RATE"),
                List.of("LIMIT > 10 and RATE", "not (LIMIT > 10 and RATE)"),
                List.of("LIMIT > 10 and RATE", "LIMIT > (10 and RATE)"),
                List.of("= {LIMIT}", "= {LIMIT!r}"),
                List.of("= {LIMIT}", "= {LIMIT:d}"),
                List.of("= {LIMIT}", "= {RATE}"),
                List.of("f\"UPDATE", "\"UPDATE"),
                List.of("SET total", "SET  total"),
                List.of("SET total", "SET /* all */ total"),
                List.of("\n        op.execute(\"DELETE", "\n    op.execute(\"DELETE"),
                List.of("        op.execute(\"DELETE FROM invoice WHERE total < 0\")\n", ""),
                List.of("    op.create_index", "    return\n    op.create_index"),
                List.of("'small', 'large'", "'large', 'small'"),
                List.of("('small', 'large')", "['small', 'large']"),
                List.of("('small', 'large')", "('small' 'large')"),
                List.of("for kind in KINDS:", "for kind in KINDS[:1]:"),
                List.of("LIMIT = 1000\nRATE = 1.0", "RATE = 1.0\nLIMIT = 1000"),
                List.of("LIMIT = 1000", "LIMIT = 1000.0"),
                List.of("RATE = 1.0", "RATE = 1.0j"),
                List.of("LIMIT = 1000", "LIMIT: limit() = 1000"),
                List.of("down_revision = '4a0'", "down_revision: Union[str, None] = '4a0'"),
                List.of("import sqlalchemy as sa\n", "import sqlalchemy as sa\nimport logging\n"),
                List.of("from alembic import op\nimport sqlalchemy as sa",
                        "import sqlalchemy as sa\nfrom alembic import op"),
                List.of("def downgrade():", "@once\ndef downgrade():"),
                List.of("def downgrade():", "async def downgrade():"),
                List.of("def downgrade():", "def downgrade(*, quick=True):"),
                List.of("def downgrade():", "def downgrade() -> done():"),
                List.of("def downgrade():", "def downgrade[T]():"),
                List.of("column='id'", "column='key'"),
                List.of("    op.drop_table('invoice')",
                        "    try:\n        op.drop_table('invoice')\n    except E: raise"),
                List.of("    op.drop_table('invoice')",
                        "    try:\n        op.drop_table('invoice')\n    except* E: raise"),
                List.of("    op.drop_table('invoice')", "    x = [a for a in b]"),
                List.of("    op.drop_table('invoice')", "    x = [a async for a in b]"),
                List.of("    op.drop_table('invoice')", "    match op:\n        case 1: op.drop_table('invoice')"),
                List.of("    op.drop_table('invoice')", "    match op:\n        case 2: op.drop_table('invoice')"))) {
            String changed = SCRIPT.replace(change.getFirst(), change.getLast());
            assertThat(changed).as(change.toString()).isNotEqualTo(SCRIPT);
            String before = digests.put(digest(changed).value(), change.toString());
            assertThat(before).as(change.toString()).isNull();
        }
    }

    @Test
    void every_element_of_rowsdata_counts() {
        StringBuilder rows = new StringBuilder("ROWS = [");
        for (int i = 0; i < 6_000; i++) {
            rows.append("'row ").append(i).append("', ");
        }
        String script = rows + "]\n" + SCRIPT;
        assertThat(digest(script.replace("'row 5999'", "'row x'"))).isNotEqualTo(digest(script));
        assertThat(digest(script.replace("'row 17'", "'row x'"))).isNotEqualTo(digest(script));
    }

    @Test
    void docstrings_and_declarations_count_where_the_script_reads_them() {
        String shown = SCRIPT.replace("    op.drop_table('invoice')", "    op.execute(__doc__)");
        assertThat(digest(shown.replace("Add invoices", "Add more"))).isNotEqualTo(digest(shown));
        String named = SCRIPT.replace("    op.drop_table('invoice')", "    op.drop_table('invoice_' + revision)");
        assertThat(digest(named.replace("revision = '5b1'", "revision = '6c2'"))).isNotEqualTo(digest(named));
        assertThat(digest(named.replace("revision = '5b1'", "revision = \"5b1\"  # this one")))
                .isEqualTo(digest(named));
        String computed = SCRIPT.replace("revision = '5b1'", "revision = '5' + suffix()");
        assertThat(digest(computed.replace("suffix", "ending"))).isNotEqualTo(digest(computed));
    }

    @Test
    void it_is_said_whether_a_script_does_nothing() {
        String nothing = """
                \"""Merge\"""
                from alembic import op
                import sqlalchemy as sa
                revision: str = '5b1'
                down_revision = ('4a0', '4a1')
                def upgrade() -> None:
                    \"""Nothing.\"""
                    pass
                def downgrade():
                    return
                """;
        assertThat(digest(nothing).empty()).isTrue();
        assertThat(digest(SCRIPT).empty()).isFalse();
        for (String more : List.of("from app import models", "x = f()", "f()", "def helper(a=f()): pass",
                "@event\ndef heard(): pass", "def g(): return f()")) {
            assertThat(digest(nothing + more + "\n").empty()).as(more).isFalse();
        }
    }

    @Test
    void it_is_said_whether_other_files_matter() {
        assertThat(digest(SCRIPT).selfContained()).isTrue();
        for (String reads : List.of("from app.models import Base", "from . import helpers", "import os",
                "from sqlalchemy import *; SQL = open('x.sql').read()", "HERE = __file__",
                "SQL = op.get_context().config.get_main_option('sql')", "exec(CODE)")) {
            assertThat(digest(SCRIPT + "\n" + reads + "\n").selfContained()).as(reads).isFalse();
        }
        assertThat(digest(SCRIPT + "\nfrom sqlalchemy.dialects import postgresql\nimport datetime, json\n")
                .selfContained()).isTrue();
    }

    @Test
    void a_script_that_cannot_be_understood_has_none() {
        assertThat(found(SCRIPT + "\ndef broken(:\n")).isEmpty();
        assertThat(found(SCRIPT.replace("op.drop_table('invoice')", "op.drop_table('invoice'"))).isEmpty();
        assertThat(found(SCRIPT + "\nimport inspect\nSQL = inspect.getsource(upgrade)\n")).isEmpty();
        assertThat(found(SCRIPT + "\nif a: b()\n" + "elif a: b()\n".repeat(1_500))).isEmpty();
        assertThat(SemanticDigests.of(Source.of("x.py", "x = 'é'\n".getBytes(StandardCharsets.ISO_8859_1)))).isEmpty();
    }

    @Test
    void the_encoding_of_a_file_counts_only_by_what_it_spells() {
        String text = SCRIPT.replace("Add invoices", "Ajouté").replace("'small'", "'petit·é'");
        byte[] latin = ("# -*- coding: latin-1 -*-\n" + text).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SemanticDigests.of(Source.of("x.py", latin))).contains(digest(text));
        assertThat(digest(text.replace("·é", "\\u00b7\\xe9"))).isEqualTo(digest(text));
        assertThat(digest(text.replace("·é", "?\\xe9"))).isNotEqualTo(digest(text));
    }

    @Test
    void comments_blank_lines_and_brackets_anywhere_do_not_count() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> lines = new ArrayList<>();
            boolean docstring = false;
            for (String line : SCRIPT.split("\n", -1)) {
                boolean free = !docstring;
                docstring ^= line.contains("\"\"\"") && line.indexOf("\"\"\"") == line.lastIndexOf("\"\"\"");
                if (free && random.nextInt(4) == 0) {
                    lines.add(
                            " ".repeat(random.nextInt(9)) + (random.nextBoolean() ? "# was: op.drop_table('x')" : ""));
                }
                lines.add(free && !docstring && random.nextInt(4) == 0 && !line.isEmpty() ? line + "  # noqa" : line);
            }
            String text = String.join("\n", lines);
            for (String value : List.of("1000", "1.0", "kind in KINDS", "'invoice'", "sa.Integer()", "LIMIT > 10")) {
                if (random.nextBoolean() && !value.contains(" in ")) {
                    text = text.replace(value, "(" + value + ")");
                }
            }
            assertThat(found(text).map(SemanticDigest::value)).as("seed %d:%n%s", seed, text)
                    .contains(digest(SCRIPT).value());
        }
    }

    private static void assertSame(String same) {
        assertThat(same).isNotEqualTo(SCRIPT);
        assertThat(found(same).map(SemanticDigest::value)).as(same).contains(digest(SCRIPT).value());
    }

    private static SemanticDigest digest(String text) {
        return Objects.requireNonNull(found(text).orElse(null), text);
    }

    private static Optional<SemanticDigest> found(String text) {
        return SemanticDigests.of(Source.of("x.py", text.getBytes(StandardCharsets.UTF_8)));
    }
}
