-- Each mistake costs itself and nothing more.
CREATE TABLE good (id int PRIMARY KEY, a text, b int DEFAULT random()::int, c text DEFAULT pg_read_file('/etc/passwd'));
CREATE TABEL bad (id int);
CREATE TABLE half (id int PRIMARY KEY;
CREATE TABLE other (
  id int PRIMARY KEY,
  place regclass,
  good_id int REFERENCES good,
  nothing_id int REFERENCES nothing,
  n int CHECK (n > (SELECT max(id) FROM good)),
  m int DEFAULT (SELECT 1),
  pg int CHECK (now_or_never(pg))
);
CREATE TABLE other (id int);
CREATE TABLE pg_mine (id int);
ALTER TABLE missing ADD COLUMN x int;
ALTER TABLE other ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES good (b);
CREATE INDEX i ON other (place);
CREATE INDEX j ON good USING rum (a);
CREATE INDEX k ON good (b, (SELECT 1));
CREATE SEQUENCE shared;
ALTER TABLE good ALTER COLUMN b SET DEFAULT nextval('shared');
ALTER TABLE other ALTER COLUMN n SET DEFAULT nextval('shared');
CREATE TABLE deep (a int CHECK (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) > 0));
-- tenanta: nonsense 1
SELECT 'this never ends;
CREATE TABLE last_one (id int PRIMARY KEY);
