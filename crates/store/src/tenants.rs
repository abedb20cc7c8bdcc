//! Tenants: the boundary of ownership, each with a namespace of its own for its projects.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sql::{Ident, Sql};
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::page::{Cursor, Page, PageRequest};
use crate::projects::{self, NewProject};
use crate::{Actor, Role, Store, StoreError, roles};

/// How many tenants one person may be a member of.
pub const MAX_TENANTS_PER_USER: i64 = 1000;
/// The project every tenant starts with.
const DEFAULT_PROJECT: &str = "default";

/// A tenant, as one of its members sees it.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The tenant's id.
    pub id: Uuid,
    /// The n of `tenant_n`.
    pub number: i64,
    /// What its members call it.
    pub name: String,
    /// The role of the member who looks.
    pub role: Role,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last renamed.
    pub updated_at: DateTime<Utc>,
}

impl Store {
    /// Makes a tenant with its namespace, its first project, and its owner.
    pub async fn create_tenant(
        &self,
        name: &str,
        owner: Uuid,
        actor: &Actor,
    ) -> Result<Tenant, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let tenant = insert(&transaction, name, owner, actor).await?;
        transaction.commit().await?;
        Ok(tenant)
    }

    /// The tenants of a person, oldest first.
    pub async fn tenants_of(
        &self,
        user_id: Uuid,
        page: &PageRequest,
    ) -> Result<Page<Tenant>, StoreError> {
        let after = page.after.as_ref().and_then(|cursor| cursor.id.parse::<i64>().ok());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT t.id, t.number, t.name, m.role, t.created_at, t.updated_at
                   FROM public.memberships m JOIN public.tenants t ON t.id = m.tenant_id
                  WHERE m.user_id = $1 AND t.deleted_at IS NULL AND t.number > coalesce($2::bigint, 0)
                  ORDER BY t.number LIMIT $3",
                &[&user_id, &after, &(page.limit + 1)],
            )
            .await?;
        let tenants = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(tenants, page.limit, |tenant| Cursor {
            key: String::new(),
            id: tenant.number.to_string(),
        }))
    }

    /// A tenant as one of its members sees it; for everybody else it does not exist.
    pub async fn tenant_of(&self, user_id: Uuid, tenant_id: Uuid) -> Result<Tenant, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT t.id, t.number, t.name, m.role, t.created_at, t.updated_at
                   FROM public.memberships m JOIN public.tenants t ON t.id = m.tenant_id
                  WHERE m.user_id = $1 AND t.id = $2 AND t.deleted_at IS NULL",
                &[&user_id, &tenant_id],
            )
            .await?
            .ok_or(StoreError::NotFound("tenant"))?;
        read(&row)
    }

    /// A tenant as a key of it, with this role, sees it.
    pub async fn tenant(&self, tenant_id: Uuid, role: Role) -> Result<Tenant, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT id, number, name, $2, created_at, updated_at
                   FROM public.tenants WHERE id = $1 AND deleted_at IS NULL",
                &[&tenant_id, &role.as_str()],
            )
            .await?
            .ok_or(StoreError::NotFound("tenant"))?;
        read(&row)
    }

    /// Gives a tenant another name.
    pub async fn rename_tenant(
        &self,
        tenant_id: Uuid,
        name: &str,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let before: String = transaction
            .query_opt(
                "SELECT name FROM public.tenants WHERE id = $1 AND deleted_at IS NULL FOR UPDATE",
                &[&tenant_id],
            )
            .await?
            .ok_or(StoreError::NotFound("tenant"))?
            .try_get(0)?;
        transaction
            .execute(
                "UPDATE public.tenants SET name = $2, updated_at = now() WHERE id = $1",
                &[&tenant_id, &name],
            )
            .await?;
        let details = json!({ "from": before, "to": name });
        audit::record(&transaction, actor, entry(&tenant_id, "tenant.renamed", details)).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes a tenant out of use. Its tables stay; its members and keys no longer reach them.
    pub async fn delete_tenant(&self, tenant_id: Uuid, actor: &Actor) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let name: String = transaction
            .query_opt(
                "UPDATE public.tenants SET deleted_at = now(), updated_at = now()
                  WHERE id = $1 AND deleted_at IS NULL RETURNING name",
                &[&tenant_id],
            )
            .await?
            .ok_or(StoreError::NotFound("tenant"))?
            .try_get(0)?;
        let details = json!({ "name": name });
        audit::record(&transaction, actor, entry(&tenant_id, "tenant.deleted", details)).await?;
        Ok(transaction.commit().await?)
    }
}

/// Makes a tenant inside a larger change.
pub(crate) async fn insert(
    transaction: &Transaction<'_>,
    name: &str,
    owner: Uuid,
    actor: &Actor,
) -> Result<Tenant, StoreError> {
    refuse_too_many(transaction, owner).await?;
    let row = transaction
        .query_one(
            "INSERT INTO public.tenants (id, number, name, created_by)
             VALUES ($1, nextval('public.tenant_number_seq'), $2, $3)
             RETURNING id, number, name, 'owner', created_at, updated_at",
            &[&Uuid::now_v7(), &name, &owner],
        )
        .await?;
    let tenant = read(&row)?;
    transaction
        .execute(
            "INSERT INTO public.memberships (tenant_id, user_id, role) VALUES ($1, $2, 'owner')",
            &[&tenant.id, &owner],
        )
        .await?;
    create_namespace(transaction, tenant.number).await?;
    let project = NewProject {
        name: DEFAULT_PROJECT,
        description: None,
        owners: std::slice::from_ref(&owner),
    };
    projects::insert(transaction, tenant.number, &project).await?;
    let details = json!({ "name": name, "number": tenant.number });
    audit::record(transaction, actor, entry(&tenant.id, "tenant.created", details)).await?;
    Ok(tenant)
}

/// The namespace that holds a tenant's projects: `tenant_<number>`.
pub(crate) fn namespace(number: i64) -> Result<Ident, StoreError> {
    roles::ident(["tenant_", &number.to_string()].concat())
}

/// Holds a tenant until the end of the transaction: two owners who remove each other at once, or
/// the last two projects, must not both go.
pub(crate) async fn hold(transaction: &Transaction<'_>, id: Uuid) -> Result<(), StoreError> {
    let statement = "SELECT FROM public.tenants WHERE id = $1 FOR NO KEY UPDATE";
    transaction.query_opt(statement, &[&id]).await?.ok_or(StoreError::NotFound("tenant"))?;
    Ok(())
}

async fn create_namespace(transaction: &Transaction<'_>, number: i64) -> Result<(), StoreError> {
    let namespace = namespace(number)?;
    let mut statement = Sql::of("CREATE SCHEMA ");
    statement.ident(&namespace);
    transaction.batch_execute(statement.text()).await?;
    projects::create_table(transaction, &namespace).await
}

async fn refuse_too_many(transaction: &Transaction<'_>, user_id: Uuid) -> Result<(), StoreError> {
    let statement = "SELECT count(*) FROM public.memberships WHERE user_id = $1";
    let count: i64 = transaction.query_one(statement, &[&user_id]).await?.try_get(0)?;
    if count >= MAX_TENANTS_PER_USER {
        return Err(StoreError::TooMany {
            of: "tenants for one person",
            limit: MAX_TENANTS_PER_USER,
        });
    }
    Ok(())
}

fn entry<'a>(id: &'a Uuid, action: &'static str, details: Value) -> Entry<'a> {
    Entry { tenant_id: Some(*id), action, subject_kind: "tenant", subject_id: id, details }
}

fn read(row: &Row) -> Result<Tenant, StoreError> {
    Ok(Tenant {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        name: row.try_get(2)?,
        role: Role::stored(row.try_get(3)?)?,
        created_at: row.try_get(4)?,
        updated_at: row.try_get(5)?,
    })
}
