//! What a namespace should look like: the definition is built where nobody sees it, read, and
//! forgotten, so that PostgreSQL's own spelling is on both sides of a comparison.

use definition::Definition;
use sql::{Ident, Sql};
use tokio_postgres::{GenericClient, Transaction};
use uuid::Uuid;

use super::read::read;
use super::shape::Shape;
use crate::schemas::{SavedStep, apply};
use crate::{StoreError, roles};

/// The shape of a definition, with the rights of `role` when one is named.
///
/// It is built in a namespace of a name that nobody else uses, in a transaction of its own (in a
/// savepoint, when `client` is in a transaction already), which is always rolled back. Nobody
/// waits for it: whatever it locks, it made.
pub async fn expected<C>(
    client: &mut C,
    definition: &Definition,
    role: Option<&Ident>,
) -> Result<Shape, StoreError>
where
    C: GenericClient + Send,
{
    let transaction = client.transaction().await?;
    let scratch =
        roles::ident(["tenanta_scratch_", &Uuid::new_v4().simple().to_string()].concat())?;
    let shape = built(&transaction, definition, &scratch, role).await;
    // Whatever came of it.
    transaction.rollback().await?;
    shape
}

async fn built(
    transaction: &Transaction<'_>,
    definition: &Definition,
    scratch: &Ident,
    role: Option<&Ident>,
) -> Result<Shape, StoreError> {
    let mut create = Sql::of("CREATE SCHEMA ");
    create.ident(scratch);
    if let Some(role) = role {
        create.syntax("; GRANT USAGE ON SCHEMA ").ident(scratch).syntax(" TO ").ident(role);
    }
    transaction.batch_execute(create.text()).await?;
    let steps = match role {
        Some(role) => migration::plan_creation(definition, scratch, role).steps,
        None => migration::plan_structure(definition, scratch),
    };
    let steps: Vec<SavedStep> = steps.iter().map(SavedStep::of).collect();
    apply::run(transaction, &steps).await?;
    read(transaction, scratch.as_str()).await
}
