//! Projects: groups of schemas inside a tenant, kept in the tenant's own namespace.

use chrono::{DateTime, Utc};
use serde_json::json;
use sql::{Ident, Sql};
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::page::{Cursor, Page, PageRequest};
use crate::{Actor, Store, StoreError, roles, tenants};

/// How many projects one tenant may have.
pub const MAX_PROJECTS: i64 = 1000;
/// How many owners one project may have.
pub const MAX_PROJECT_OWNERS: usize = 100;

/// The columns that [`read`] expects.
const COLUMNS: &str = "id, name, description, owners, created_at, updated_at";

/// A group of schemas.
#[derive(Clone, Debug)]
pub struct Project {
    /// The project's id.
    pub id: Uuid,
    /// Its name, unique in its tenant.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The people who may create schemas in it besides the tenant's owners and admins.
    pub owners: Vec<Uuid>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A project about to be made.
#[derive(Clone, Debug)]
pub struct NewProject<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is for.
    pub description: Option<&'a str>,
    /// Its owners.
    pub owners: &'a [Uuid],
}

/// What to change about a project; `None` leaves a part as it is.
#[derive(Clone, Debug, Default)]
pub struct ProjectChange<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// Another description; an empty one removes it.
    pub description: Option<&'a str>,
    /// Other owners.
    pub owners: Option<&'a [Uuid]>,
}

/// Which tenant's projects: its id for the audit log, its number for the namespace.
#[derive(Clone, Copy, Debug)]
pub struct TenantRef {
    /// The tenant's id.
    pub id: Uuid,
    /// The n of `tenant_n`.
    pub number: i64,
}

impl Store {
    /// The projects of a tenant by age.
    pub async fn projects(
        &self,
        tenant: TenantRef,
        page: &PageRequest,
    ) -> Result<Page<Project>, StoreError> {
        let after = page.after.as_ref().and_then(|cursor| cursor.id.parse::<Uuid>().ok());
        let mut statement = select(tenant.number)?;
        statement.syntax(" WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2");
        let connection = self.control().await?;
        let rows = connection.query(statement.text(), &[&after, &(page.limit + 1)]).await?;
        let projects = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(projects, page.limit, |project| Cursor {
            key: String::new(),
            id: project.id.to_string(),
        }))
    }

    /// One project of a tenant.
    pub async fn project(&self, tenant: TenantRef, id: Uuid) -> Result<Project, StoreError> {
        let mut statement = select(tenant.number)?;
        statement.syntax(" WHERE id = $1");
        let row = self.control().await?.query_opt(statement.text(), &[&id]).await?;
        read(&row.ok_or(StoreError::NotFound("project"))?)
    }

    /// The oldest project of a tenant: where a schema goes that names none.
    pub async fn default_project(&self, tenant: TenantRef) -> Result<Project, StoreError> {
        let mut statement = select(tenant.number)?;
        statement.syntax(" ORDER BY id LIMIT 1");
        let row = self.control().await?.query_opt(statement.text(), &[]).await?;
        read(&row.ok_or(StoreError::NotFound("project"))?)
    }

    /// Makes a project.
    pub async fn create_project(
        &self,
        tenant: TenantRef,
        project: &NewProject<'_>,
        actor: &Actor,
    ) -> Result<Project, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        refuse_foreign_owners(&transaction, tenant.id, project.owners).await?;
        if count(&transaction, tenant.number).await? >= MAX_PROJECTS {
            return Err(StoreError::TooMany { of: "projects in one tenant", limit: MAX_PROJECTS });
        }
        let made = insert(&transaction, tenant.number, project).await?;
        let entry = entry(tenant, &made, "project.created");
        audit::record(&transaction, actor, entry).await?;
        transaction.commit().await?;
        Ok(made)
    }

    /// Changes a project.
    pub async fn change_project(
        &self,
        tenant: TenantRef,
        id: Uuid,
        change: &ProjectChange<'_>,
        actor: &Actor,
    ) -> Result<Project, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        refuse_foreign_owners(&transaction, tenant.id, change.owners.unwrap_or_default()).await?;
        let mut statement = Sql::of("UPDATE ");
        statement.qualified(&tenants::namespace(tenant.number)?, &table()?).syntax(
            " SET name = coalesce($2, name),
                  description = nullif(coalesce($3, description), ''),
                  owners = coalesce($4, owners),
                  updated_at = now()
              WHERE id = $1 RETURNING ",
        );
        statement.syntax(COLUMNS);
        let row = transaction
            .query_opt(statement.text(), &[&id, &change.name, &change.description, &change.owners])
            .await?;
        let changed = read(&row.ok_or(StoreError::NotFound("project"))?)?;
        audit::record(&transaction, actor, entry(tenant, &changed, "project.changed")).await?;
        transaction.commit().await?;
        Ok(changed)
    }

    /// Removes a project that holds no schema, not even one that waits to be restored.
    pub async fn delete_project(
        &self,
        tenant: TenantRef,
        id: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        tenants::hold(&transaction, tenant.id).await?;
        let mut statement = Sql::of("DELETE FROM ");
        statement.qualified(&tenants::namespace(tenant.number)?, &table()?);
        statement.syntax(" WHERE id = $1 RETURNING ").syntax(COLUMNS);
        let row = transaction.query_opt(statement.text(), &[&id]).await?;
        let project = read(&row.ok_or(StoreError::NotFound("project"))?)?;
        let used = "SELECT EXISTS (SELECT FROM public.schemas WHERE project_id = $1)";
        if transaction.query_one(used, &[&id]).await?.try_get(0)? {
            return Err(StoreError::ProjectInUse);
        }
        if count(&transaction, tenant.number).await? == 0 {
            return Err(StoreError::LastProject);
        }
        audit::record(&transaction, actor, entry(tenant, &project, "project.deleted")).await?;
        Ok(transaction.commit().await?)
    }
}

/// Holds a project in place until the end of the transaction, so that it is not deleted under a
/// schema that is being created in it.
pub(crate) async fn hold(
    transaction: &Transaction<'_>,
    tenant: TenantRef,
    id: Uuid,
) -> Result<Project, StoreError> {
    let mut statement = select(tenant.number)?;
    statement.syntax(" WHERE id = $1 FOR KEY SHARE");
    let row = transaction.query_opt(statement.text(), &[&id]).await?;
    read(&row.ok_or(StoreError::NotFound("project"))?)
}

/// Makes a project inside a larger change.
pub(crate) async fn insert(
    transaction: &Transaction<'_>,
    tenant_number: i64,
    project: &NewProject<'_>,
) -> Result<Project, StoreError> {
    let mut statement = Sql::of("INSERT INTO ");
    statement.qualified(&tenants::namespace(tenant_number)?, &table()?);
    statement
        .syntax(" (id, name, description, owners) VALUES ($1, $2, nullif($3, ''), $4) RETURNING ");
    statement.syntax(COLUMNS);
    let row = transaction
        .query_one(
            statement.text(),
            &[&Uuid::now_v7(), &project.name, &project.description, &project.owners],
        )
        .await?;
    read(&row)
}

/// Makes the table of a new tenant. No role but the control role may touch it.
pub(crate) async fn create_table(
    transaction: &Transaction<'_>,
    namespace: &Ident,
) -> Result<(), StoreError> {
    let mut statement = Sql::of("CREATE TABLE ");
    statement.qualified(namespace, &table()?).syntax(
        " (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            name text NOT NULL CONSTRAINT projects_name_key UNIQUE
                 CHECK (name <> '' AND char_length(name) <= 200),
            description text CHECK (char_length(description) <= 4000),
            owners uuid[] NOT NULL DEFAULT '{}',
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now()
        ); COMMENT ON TABLE ",
    );
    statement.qualified(namespace, &table()?).syntax(" IS 'Groups of schemas of this tenant.'");
    Ok(transaction.batch_execute(statement.text()).await?)
}

/// Owners must be members, so that an id tells nothing about people elsewhere.
async fn refuse_foreign_owners(
    transaction: &Transaction<'_>,
    tenant_id: Uuid,
    owners: &[Uuid],
) -> Result<(), StoreError> {
    let foreign: bool = transaction
        .query_one(
            "SELECT EXISTS (SELECT FROM unnest($2::uuid[]) AS wanted (id)
                             WHERE NOT EXISTS (SELECT FROM public.memberships m
                                                WHERE m.tenant_id = $1 AND m.user_id = wanted.id))",
            &[&tenant_id, &owners],
        )
        .await?
        .try_get(0)?;
    if foreign { Err(StoreError::NotFound("member")) } else { Ok(()) }
}

async fn count(transaction: &Transaction<'_>, tenant_number: i64) -> Result<i64, StoreError> {
    let mut statement = Sql::of("SELECT count(*) FROM ");
    statement.qualified(&tenants::namespace(tenant_number)?, &table()?);
    Ok(transaction.query_one(statement.text(), &[]).await?.try_get(0)?)
}

fn select(tenant_number: i64) -> Result<Sql, StoreError> {
    let mut statement = Sql::of("SELECT ");
    statement.syntax(COLUMNS).syntax(" FROM ");
    statement.qualified(&tenants::namespace(tenant_number)?, &table()?);
    Ok(statement)
}

fn table() -> Result<Ident, StoreError> {
    roles::ident("projects".to_owned())
}

fn entry<'a>(tenant: TenantRef, project: &'a Project, action: &'static str) -> Entry<'a> {
    let details = json!({ "name": project.name, "owners": project.owners });
    Entry {
        tenant_id: Some(tenant.id),
        action,
        subject_kind: "project",
        subject_id: &project.id,
        details,
    }
}

fn read(row: &Row) -> Result<Project, StoreError> {
    Ok(Project {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        description: row.try_get(2)?,
        owners: row.try_get(3)?,
        created_at: row.try_get(4)?,
        updated_at: row.try_get(5)?,
    })
}
