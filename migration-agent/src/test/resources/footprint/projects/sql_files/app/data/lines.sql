
CREATE TABLE line_one ();
-- a remark
CREATE TABLE line_two ();
