CREATE TABLE three (id integer);
