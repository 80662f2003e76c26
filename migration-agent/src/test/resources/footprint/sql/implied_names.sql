CREATE TABLE a_table_with_a_name_that_is_rather_long_for_its_purpose (
    a_column_with_a_name_that_is_rather_long_for_its_purpose int UNIQUE,
    b int CHECK (b > 0) CHECK (b < 9)
);
CREATE INDEX ON a_table_with_a_name_that_is_rather_long_for_its_purpose (lower(x), b);
CREATE TABLE short (a int, b int, PRIMARY KEY (a, b), EXCLUDE USING gist (a WITH =, b WITH &&));
CREATE INDEX ON lot (lower(a), (b || 'x'), lower(c)) INCLUDE (d);
