//! What is left on a connection after a statement for rows: nothing that the next one could meet.

use std::time::Duration;

use sql::{Ident, Sql};
use store::{DataPlace, Store};

use crate::rows::Shop;

/// A store whose lane has one connection, so that every statement meets those before it.
async fn narrow(shop: &Shop) -> (Store, DataPlace) {
    let mut config = shop.app.database.store_config();
    config.lane_connections = 1;
    let store = Store::connect(config).await.unwrap();
    let id = |value: &serde_json::Value| value["id"].as_str().unwrap().parse().unwrap();
    let place = store.data_place(id(&shop.tenant), id(&shop.schema)).await.unwrap();
    (store, place)
}

/// What a statement of one text tells.
async fn told(store: &Store, place: &DataPlace, text: &'static str) -> String {
    let mut sql = Sql::of("SELECT (");
    sql.syntax(text).syntax(")::text, 1::bigint, NULL::bigint");
    store.read_rows(place, &sql).await.unwrap().unwrap().json.unwrap()
}

#[tokio::test]
async fn a_dropped_request_leaves_no_transaction_open() {
    let shop = Shop::open().await;
    let (store, place) = narrow(&shop).await;
    let slow = Sql::of("SELECT 'x', 1::bigint, NULL::bigint FROM pg_sleep(0.2)");
    // The first is dropped while it is prepared or runs, the others while they run.
    for _ in 0..3 {
        let short = Duration::from_millis(20);
        assert!(tokio::time::timeout(short, store.read_rows(&place, &slow)).await.is_err());
        let state = "SELECT current_user || ' ' || current_setting('transaction_read_only')";
        let expected = [place.role.as_str(), " on"].concat();
        assert_eq!(told(&store, &place, state).await, expected);
        let mut insert = Sql::of("INSERT INTO ");
        insert.qualified(&place.namespace, &Ident::new("notes").unwrap());
        insert.syntax(" VALUES ('x') RETURNING line, 1::bigint, NULL::bigint");
        store.write_rows(&place, &insert).await.unwrap();
    }
    let notes = shop.get("notes").await.expect(200);
    assert_eq!(notes.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_refused_statement_leaves_nothing_behind() {
    let shop = Shop::open().await;
    let (store, place) = narrow(&shop).await;
    let fails = Sql::of("SELECT (1 / (random() * 0)::int)::text, 1::bigint, NULL::bigint");
    for _ in 0..3 {
        let error = store.read_rows(&place, &fails).await.unwrap_err();
        assert_eq!(error.refusal().unwrap().sqlstate, "22012");
        assert_eq!(told(&store, &place, "SELECT current_user").await, place.role.as_str());
    }
}

#[tokio::test]
async fn a_connection_keeps_a_bounded_number_of_statements() {
    let shop = Shop::open().await;
    let (store, place) = narrow(&shop).await;
    for number in 0..600_i64 {
        let mut sql = Sql::of("SELECT 'x', ");
        sql.number(number).syntax("::bigint, NULL::bigint");
        store.read_rows(&place, &sql).await.unwrap();
    }
    let kept = told(&store, &place, "SELECT count(*) FROM pg_prepared_statements").await;
    let kept: usize = kept.parse().unwrap();
    assert!((1..=510).contains(&kept), "{kept} statements are kept");
}

#[tokio::test]
async fn a_statement_whose_table_changed_is_prepared_anew() {
    let shop = Shop::open().await;
    let (store, place) = narrow(&shop).await;
    let mut sql = Sql::of("SELECT max(line), 1::bigint, NULL::bigint FROM ");
    sql.qualified(&place.namespace, &Ident::new("notes").unwrap());
    store.read_rows(&place, &sql).await.unwrap();
    let mut change = Sql::of("ALTER TABLE ");
    change.qualified(&place.namespace, &Ident::new("notes").unwrap());
    change.syntax(" ALTER COLUMN line TYPE bpchar");
    shop.app.database.client().await.batch_execute(change.text()).await.unwrap();
    // Its result has another type now, which PostgreSQL refuses once.
    store.read_rows(&place, &sql).await.unwrap();
}
