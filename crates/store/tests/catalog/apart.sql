-- What a change sets aside, and what it makes for as long as it runs.
CREATE TABLE attic_3_1 (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);
CREATE FUNCTION tenanta_touch_old() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tenanta_touch BEFORE UPDATE ON attic_3_1 FOR EACH ROW EXECUTE FUNCTION tenanta_touch_old();
ALTER TABLE orders ADD COLUMN attic_3_2 int;
ALTER TABLE orders ADD CONSTRAINT attic_3_3 CHECK (attic_3_2 > 0);
CREATE INDEX attic_3_4 ON orders (attic_3_2);
CREATE TYPE attic_3_5 AS ENUM ('a');
CREATE SEQUENCE attic_3_6;
CREATE FUNCTION tenanta_fill_3() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tenanta_fill BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION tenanta_fill_3();
CREATE STATISTICS attic_3_7 ON code, total FROM orders;
