//! What fits together and what does not. Each line was tried in PostgreSQL 15 and 18 too.
