CREATE TABLE beside (id integer);
