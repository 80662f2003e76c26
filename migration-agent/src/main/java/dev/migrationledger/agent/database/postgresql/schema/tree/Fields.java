package dev.migrationledger.agent.database.postgresql.schema.tree;

import java.util.Map;
import java.util.Set;

/** What is known of fields of stored trees, by name: a name means the same in whatever node it stands. */
final class Fields {

    /**
     * Says nothing about what an expression does: places in a source text; what follows from the rest (types of results,
     * functions of operators); looks (how a cast was written); rights; and columns by number where names follow.
     */
    static final Set<String> NO_MATTER = Set.of(
            "location", "stmt_location", "stmt_len", "list_start", "list_end", "name_location",
            "varnosyn", "varattnosyn", "varnullingrels", "vartypmod", "vartype",
            "opfuncid", "hashfuncid", "negfuncid", "opresulttype", "opretset", "opfamilies",
            "funcresulttype", "funcretset", "funcformat", "relabelformat", "coerceformat", "convertformat",
            "row_format",
            "inputcollid", "inputcollids", "opcollid", "funccollid", "varcollid", "constcollid", "resultcollid",
            "casecollid",
            "coalescecollid", "minmaxcollid", "aggcollid", "wincollid", "array_collid", "refcollid",
            "firstColCollation",
            "collation", "colcollations", "ctecolcollations", "colCollations", "paramcollid", "inRangeColl",
            "funccolcollations",
            "aggtype", "aggtranstype", "aggargtypes", "aggsplit", "aggno", "aggtransno", "aggkind", "wintype", "winagg",
            "winstar",
            "casetype", "coalescetype", "minmaxtype", "refcontainertype", "refelemtype", "refrestype", "reftypmod",
            "firstColType", "firstColTypmod", "colTypes", "colTypmods", "coltypes", "coltypmods",
            "ctecoltypes", "ctecoltypmods", "ctecolnames", "cterefcount",
            "eref", "alias", "relkind", "rellockmode", "inFromCl", "requiredPerms", "checkAsUser", "selectedCols",
            "insertedCols",
            "updatedCols", "extraUpdatedCols", "rteperminfos", "perminfoindex", "joinaliasvars", "joinmergedcols",
            "joinleftcols",
            "joinrightcols", "join_using_alias", "groupexprs", "funcparams", "usingClause", "isNatural",
            "resno", "resorigtbl", "resorigcol", "operName", "hashable", "canSetTag", "querySource", "override",
            "constraintDeps",
            "hasAggs", "hasWindowFuncs", "hasTargetSRFs", "hasSubLinks", "hasDistinctOn", "hasRecursive",
            "hasModifyingCTE",
            "hasForUpdate", "hasRowSecurity", "hasGroupRTE", "copiedOrder", "reverse_sort", "inRangeAsc",
            "inRangeNullsFirst");

    static final Set<String> OPERATORS = Set.of("opno", "opnos", "eqop", "sortop");
    static final Set<String> FUNCTIONS = Set.of("funcid", "aggfnoid", "winfnoid", "startInRangeFunc", "endInRangeFunc");
    static final Set<String> TYPES = Set.of(
            "resulttype", "consttype", "paramtype", "array_typeid", "element_typeid", "typeId", "row_typeid", "type",
            "funccoltypes", "typeOid");
    static final Set<String> RELATIONS = Set.of("relid", "seqid", "resultRelationOid");
    static final Set<String> COLLATIONS = Set.of("collOid");

    /** Ranges of the query that the node belongs to. */
    static final Set<String> RANGES = Set.of("rtindex", "rti", "resultRelation");

    /** A field that has one of these values is as good as absent, so that a version may add fields that say nothing. */
    static final Set<String> NOTHING = Set.of("<>", "0", "false", "-1");

    /** Names that nodes and fields had before. */
    static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("RTE", "RANGETBLENTRY"),
            Map.entry("CASE", "CASEEXPR"),
            Map.entry("WHEN", "CASEWHEN"),
            Map.entry("ARRAY", "ARRAYEXPR"),
            Map.entry("ROW", "ROWEXPR"),
            Map.entry("ROWCOMPARE", "ROWCOMPAREEXPR"),
            Map.entry("COALESCE", "COALESCEEXPR"),
            Map.entry("MINMAX", "MINMAXEXPR"),
            Map.entry("rctype", "cmptype"));

    private Fields() {}

    static String today(String name) {
        return RENAMED.getOrDefault(name, name);
    }
}
