package dev.migrationledger.core.position;

import static dev.migrationledger.core.position.Scene.adds;
import static dev.migrationledger.core.position.Scene.alters;
import static dev.migrationledger.core.position.Scene.creates;
import static dev.migrationledger.core.position.Scene.makes;
import static dev.migrationledger.core.position.Scene.renames;
import static dev.migrationledger.core.position.Scene.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** States that people really were in. */
class PositionIncidentsTest {

    private static Scene knowledge() {
        return new Scene()
                .revision("001_initial", "", together(
                        creates("events", "id integer NOT NULL", "metadata jsonb"), creates("users", "id integer")))
                .revision("002_rename_metadata", "001_initial",
                        renames(ObjectKind.COLUMN, "events.metadata", "events.extra_data"))
                .revision("003_knowledge_chunks", "002_rename_metadata",
                        creates("knowledge_chunks", "id integer", "metadata jsonb"))
                .revision("004_rename_knowledge_chunks_metadata", "003_knowledge_chunks",
                        renames(ObjectKind.COLUMN, "knowledge_chunks.metadata", "knowledge_chunks.extra_data"));
    }

    @Test
    void tables_at_the_head_and_no_version_table() {
        Scene scene = knowledge().table("events", "id integer NOT NULL", "extra_data jsonb")
                .table("users", "id integer")
                .table("knowledge_chunks", "id integer", "extra_data jsonb");

        PhysicalState physical = scene.physical();

        assertThat(physical.candidates()).containsExactly(List.of("004_rename_knowledge_chunks_metadata"));
        assertThat(physical.exact()).isTrue();
        assertThat(physical.unexplained()).isEmpty();
        assertThat(physical.doubts()).isEmpty();
    }

    @Test
    void tables_at_the_third_revision_and_a_row_of_the_first() {
        Scene scene = knowledge().table("events", "id integer NOT NULL", "extra_data jsonb")
                .table("users", "id integer")
                .table("knowledge_chunks", "id integer", "metadata jsonb");

        assertThat(scene.physical().candidates()).containsExactly(List.of("003_knowledge_chunks"));
        assertThat(scene.evidence().against(List.of("001_initial")))
                .extracting(Discrepancy::kind, one -> one.object().dotted(),
                        Discrepancy::revisions)
                .containsExactly(
                        tuple(
                                Discrepancy.Kind.MISSING, "public.events.metadata", List.of("001_initial")),
                        tuple(
                                Discrepancy.Kind.UNEXPECTED, "public.knowledge_chunks",
                                List.of("003_knowledge_chunks")));
    }

    @Test
    void the_application_made_the_tables_of_the_second_revision() {
        Scene scene = knowledge().table("events", "id integer NOT NULL", "extra_data jsonb").table("users",
                "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("002_rename_metadata"));
    }

    @Test
    void a_revision_of_data_between_two_others_cannot_be_seen() {
        Scene scene = knowledge().revision("005_data", "004_rename_knowledge_chunks_metadata")
                .table("events", "id integer NOT NULL", "extra_data jsonb").table("users", "id integer")
                .table("knowledge_chunks", "id integer", "extra_data jsonb");

        PhysicalState physical = scene.physical();

        assertThat(physical.candidates())
                .containsExactly(List.of("004_rename_knowledge_chunks_metadata"), List.of("005_data"));
        assertThat(physical.exact()).isFalse();
        assertThat(physical.doubts())
                .containsExactly("The schema does not show whether 005_data ran: it leaves nothing there.");
    }

    @Test
    void an_image_has_another_head_and_the_application_made_the_tables_of_one() {
        Scene scene = new Scene()
                .revision("009", "", creates("missions", "id integer"))
                .revision("010", "009", creates("rewards", "id integer"))
                .revision("8bd76168eb7e", "009", creates("badges", "id integer"))
                .table("missions", "id integer").table("rewards", "id integer");

        assertThat(scene.physical().candidates()).containsExactly(List.of("010"));
    }

    private static Scene calls() {
        Effect[] aware = Stream.of("created_at", "updated_at")
                .map(name -> alters(ObjectKind.COLUMN, "users." + name, "type", "timestamp with time zone"))
                .toArray(Effect[]::new);
        return new Scene()
                .revision("9044ba1e3377", "", together(
                        creates("users", "id integer NOT NULL", "created_at timestamp without time zone",
                                "updated_at timestamp without time zone"),
                        creates("calls", "id integer NOT NULL"), creates("participants", "id integer NOT NULL")))
                .revision("fb958ba03c93", "9044ba1e3377", creates("call_stats", "id integer NOT NULL"))
                .revision("c7a3d9e12f8b", "fb958ba03c93", aware)
                .revision("d1e2f3a4b5c6", "c7a3d9e12f8b", adds("users.photo_url text"))
                .revision("e5f6a7b8c9d0", "d1e2f3a4b5c6", creates("friend_links", "id integer NOT NULL"))
                .revision("f1a2b3c4d5e6", "e5f6a7b8c9d0",
                        makes(ObjectKind.INDEX, "ix_calls_id", "table", "calls", "columns", "id"),
                        makes(ObjectKind.INDEX, "ix_friend_links_id", "table", "friend_links", "columns", "id"))
                .revision("a1b2c3d4e5f6", "f1a2b3c4d5e6")
                .revision("g1h2i3j4k5l6", "a1b2c3d4e5f6");
    }

    @Test
    void an_empty_schema_with_a_row_of_the_middle() {
        Scene scene = calls();

        assertThat(scene.physical().candidates()).containsExactly(List.of());
        assertThat(scene.physical().exact()).isTrue();
        assertThat(scene.evidence().against(List.of("c7a3d9e12f8b"))).extracting(one -> one.object())
                .containsExactly(ObjectName.table("public", "calls"), ObjectName.table("public", "participants"),
                        ObjectName.table("public", "users"), ObjectName.table("public", "call_stats"));
    }

    @Test
    void three_tables_with_a_row_of_the_middle() {
        Scene scene = calls()
                .table("users", "id integer NOT NULL", "created_at timestamp without time zone",
                        "updated_at timestamp without time zone")
                .table("calls", "id integer NOT NULL").table("participants", "id integer NOT NULL");

        assertThat(scene.physical().candidates()).containsExactly(List.of("9044ba1e3377"));
        assertThat(scene.evidence().against(List.of("c7a3d9e12f8b"))).first().satisfies(first -> {
            assertThat(first.object()).isEqualTo(ObjectName.table("public", "call_stats"));
            assertThat(first.revisions()).containsExactly("fb958ba03c93");
        });
        assertThat(scene.evidence().against(List.of("c7a3d9e12f8b"))).last().satisfies(last -> {
            assertThat(last.kind()).isEqualTo(Discrepancy.Kind.DIFFERENT);
            assertThat(last.expected()).isEqualTo("timestamp with time zone");
            assertThat(last.actual()).isEqualTo("timestamp without time zone");
        });
    }

    @Test
    void everything_is_there_but_one_table_which_is_a_hole() {
        Scene scene = calls()
                .table("users", "id integer NOT NULL", "created_at timestamp with time zone",
                        "updated_at timestamp with time zone", "photo_url text")
                .table("calls", "id integer NOT NULL").table("participants", "id integer NOT NULL")
                .table("call_stats", "id integer NOT NULL");
        assertThat(scene.physical().candidates()).containsExactly(List.of("d1e2f3a4b5c6"));

        scene.there(ObjectKind.INDEX, "ix_calls_id", "ON public.calls USING btree (id)");
        PhysicalState physical = scene.physical();

        assertThat(physical.candidates()).isEmpty();
        assertThat(physical.nearest()).contains(List.of("g1h2i3j4k5l6"));
        assertThat(scene.evidence().against(List.of("g1h2i3j4k5l6"))).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Discrepancy.Kind.MISSING);
            assertThat(one.object()).isEqualTo(ObjectName.table("public", "friend_links"));
            assertThat(one.revisions()).containsExactly("e5f6a7b8c9d0");
        });
    }
}
