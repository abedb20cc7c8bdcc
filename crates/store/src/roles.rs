//! The roles that rows are read and written under: one for each schema, without login.

use sql::{Ident, Sql};
use tokio_postgres::Transaction;

use crate::{StoreError, lanes};

/// A schema's role and the lane that may become it.
pub(crate) struct SchemaRole {
    /// The role's name: the namespace's, unless another database of the cluster has taken it.
    pub(crate) name: Ident,
    /// The lane.
    pub(crate) lane: i32,
}

/// Makes the role of a schema and gives it to a lane. Part of the transaction that creates the
/// schema, so a failure leaves neither.
pub(crate) async fn create(
    transaction: &Transaction<'_>,
    namespace: &Ident,
) -> Result<SchemaRole, StoreError> {
    let name = free_name(transaction, namespace).await?;
    let mut create = Sql::of("CREATE ROLE ");
    create.ident(&name).syntax(" NOLOGIN NOINHERIT");
    transaction.batch_execute(create.text()).await?;
    let lane = lanes::assign(transaction, &name).await?;
    Ok(SchemaRole { name, lane })
}

/// Removes the role of a purged schema. Its namespace, and with it every grant, must be gone.
pub(crate) async fn remove(
    transaction: &Transaction<'_>,
    role: &SchemaRole,
) -> Result<(), StoreError> {
    let mut statement = Sql::of("DROP ROLE ");
    statement.ident(&role.name);
    transaction.batch_execute(statement.text()).await?;
    lanes::release(transaction, role.lane).await
}

/// Roles belong to the whole cluster: another Tenanta database beside this one may hold the name.
async fn free_name(transaction: &Transaction<'_>, namespace: &Ident) -> Result<Ident, StoreError> {
    let row = transaction
        .query_one(
            "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)
                         THEN left($1, 40) || '_' || gen_random_uuid()::text
                         ELSE $1 END",
            &[&namespace.as_str()],
        )
        .await?;
    let name: String = row.try_get(0)?;
    ident(name.chars().take(sql::MAX_IDENT_BYTES).collect())
}

/// A name that PostgreSQL itself gave us.
pub(crate) fn ident(name: String) -> Result<Ident, StoreError> {
    Ident::new(name).map_err(|error| StoreError::Corrupt(error.to_string()))
}
