//! Test databases do not meet: neither their tenants nor their roles, and nothing stays behind.

#![cfg(feature = "testing")]

use store::testing::TestDatabase;

#[tokio::test]
async fn two_databases_number_their_tenants_apart_and_go_away() {
    let (first, second) = tokio::join!(TestDatabase::create(), TestDatabase::create());
    assert_ne!(first.name(), second.name());
    let next = "SELECT nextval('public.tenant_number_seq')";
    let mut numbers = Vec::new();
    for database in [&first, &second] {
        let row = database.client().await.query_one(next, &[]).await.expect("a number");
        numbers.push(row.get::<_, i64>(0));
    }
    assert!(numbers[0].abs_diff(numbers[1]) >= 1000, "{numbers:?}");

    let client = first.client().await;
    let make = "DO $$ BEGIN
        EXECUTE format('CREATE ROLE %I', 'tenant_' || nextval('public.tenant_number_seq') || '__shop');
        EXECUTE format('CREATE ROLE %I LOGIN', 'tenanta_lane_' ||
            (SELECT oid FROM pg_database WHERE datname = current_database()) || '_1');
    END $$";
    client.batch_execute(make).await.expect("the control role makes roles");
    drop(client);
    let first_name = first.name().to_owned();
    drop(first);
    let left = "SELECT (SELECT count(*) FROM pg_database WHERE datname = $1)
                     + (SELECT count(*) FROM pg_roles
                         WHERE rolname = 'tenant_' || $2::bigint || '__shop'
                            OR rolname LIKE 'tenanta\\_lane\\_' || ($2::bigint / 1000) || '\\_%')";
    let row = second.client().await.query_one(left, &[&first_name, &(numbers[0] + 1)]).await;
    assert_eq!(row.expect("the lists are readable").get::<_, i64>(0), 0);
}

#[tokio::test]
async fn a_database_takes_a_store_at_once() {
    let database = TestDatabase::create().await;
    let store = database.store().await;
    store.ping().await.expect("it answers");
    store.close().await;
}
