CREATE TABLE many_one (id integer);
CREATE TABLE many_two (
  id integer
);


DROP TABLE many_one;
