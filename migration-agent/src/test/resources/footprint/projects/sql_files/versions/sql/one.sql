-- the first

CREATE TABLE one (id integer);

CREATE INDEX one_idx ON one (id);
