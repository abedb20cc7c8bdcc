//! The demonstration: two schemas on real data, made through the same code as everybody's.
//!
//! It is made once. `aviation` is created inactive, filled, and activated when its last row is in:
//! a start that finds it inactive and untouched by anybody else knows that the one before was cut
//! off, and begins it again. What a person changed or deleted is left alone.

mod load;
mod source;

use store::{
    Actor, NewSchema, PageRequest, Role, SchemaChange, SchemaFilter, SchemaListing, SchemaStatus,
    Store, StoreError, TenantRef,
};
use thiserror::Error;
use uuid::Uuid;

use crate::app::App;
use crate::console;
use definition::{Definition, Document};
use source::Manifest;

use crate::ids::RandomIds;

/// The schema of the first walk through the documents.
const CUSTOM_SCHEMA: &str = "custom_schema";
/// What `custom_schema` consists of, as the documents show it.
const CUSTOM_DEFINITION: &str = r#"{"tables":[{"name":"custom_table","columns":[
    {"name":"id","type":"UUID","primaryKey":true,"default":"uuid_generate_v4()"},
    {"name":"name","type":"VARCHAR(255)","notNull":true},
    {"name":"created_at","type":"TIMESTAMP","default":"NOW()"}]}]}"#;

/// Why the demonstration was not made. The server starts all the same.
#[derive(Debug, Error)]
pub(crate) enum DemoError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that travels with the binary is not what it should be.
    #[error("{0}")]
    Files(String),
    /// A row does not fit its table.
    #[error("row of {table}: {source}")]
    Row {
        /// The table.
        table: String,
        /// What does not fit.
        source: query::QueryError,
    },
}

/// Makes the demonstration in the tenant, unless it is there already or was taken away.
pub(crate) async fn ensure(app: &App, tenant: TenantRef) -> Result<(), DemoError> {
    let store = app.store();
    let manifest = source::manifest()?;
    let present = schemas(store, tenant).await?;
    let unfinished = present.iter().find(|listing| is_unfinished(listing, &manifest));
    if let Some(listing) = unfinished {
        store.purge_schema(tenant.id, listing.schema.id, &Actor::System).await?;
    } else if !present.is_empty() {
        return Ok(());
    }
    let project = store.default_project(tenant).await?.id;
    let custom = definition_of(CUSTOM_DEFINITION.as_bytes())?;
    let described = "The example of the documents, as it is printed there";
    match create(store, tenant, (project, CUSTOM_SCHEMA, described), &custom).await {
        // It was made before the start that was cut off.
        Ok(_) | Err(DemoError::Store(StoreError::NameTaken(_))) => {}
        Err(error) => return Err(error),
    }
    let definition = definition_of(&source::file(&manifest.definition)?)?;
    let named = (project, manifest.schema.as_str(), manifest.description.as_str());
    let made = create(store, tenant, named, &definition).await?;
    switch(store, tenant, made, false).await?;
    load::fill(store, (tenant, made), &manifest, &definition).await?;
    switch(store, tenant, made, true).await?;
    console::progress("The demonstration is loaded");
    Ok(())
}

/// Every schema of the tenant, those out of use included.
async fn schemas(store: &Store, tenant: TenantRef) -> Result<Vec<SchemaListing>, StoreError> {
    let first = PageRequest { limit: store::MAX_PAGE, after: None };
    let mut found = Vec::new();
    for status in [SchemaStatus::Present, SchemaStatus::Deleted] {
        let filter = SchemaFilter { status, ..SchemaFilter::default() };
        found.extend(store.schemas(tenant.id, &filter, &first).await?.items);
    }
    Ok(found)
}

fn is_unfinished(listing: &SchemaListing, manifest: &Manifest) -> bool {
    let schema = &listing.schema;
    schema.name == manifest.schema
        && !schema.is_active
        && schema.deleted_at.is_none()
        && schema.updated_by == Actor::System.to_string()
}

fn definition_of(document: &[u8]) -> Result<Definition, DemoError> {
    let document =
        serde_json::from_slice(document).map_err(|error| DemoError::Files(error.to_string()))?;
    let checked = Document::parse(&document).check(None, &mut RandomIds);
    let first =
        checked.problems.first().map(|problem| [&problem.path, ": ", &problem.message].concat());
    checked.definition.ok_or_else(|| DemoError::Files(first.unwrap_or_default()))
}

async fn create(
    store: &Store,
    tenant: TenantRef,
    (project_id, name, description): (Uuid, &str, &str),
    definition: &Definition,
) -> Result<Uuid, DemoError> {
    let description = Some(description);
    let plan = &migration::plan_creation;
    let new = NewSchema { tenant, project_id, name, description, definition, plan };
    Ok(store.create_schema(&new, &Actor::System).await?.id)
}

async fn switch(
    store: &Store,
    tenant: TenantRef,
    schema: Uuid,
    is_active: bool,
) -> Result<(), StoreError> {
    let change = SchemaChange { is_active: Some(is_active), ..SchemaChange::default() };
    store.change_schema(tenant.id, schema, &change, &Actor::System).await?;
    Ok(())
}

/// The tenant that the demonstration belongs to: the administrator's first of that name.
pub(crate) async fn tenant(store: &Store, name: &str) -> Result<Option<TenantRef>, StoreError> {
    let Some(owner) = store.first_user().await? else { return Ok(None) };
    let page = PageRequest { limit: store::MAX_PAGE, after: None };
    let tenants = store.tenants_of(owner, &page).await?.items;
    let found =
        tenants.into_iter().find(|tenant| tenant.name == name && tenant.role == Role::Owner);
    Ok(found.map(|tenant| TenantRef { id: tenant.id, number: tenant.number }))
}
