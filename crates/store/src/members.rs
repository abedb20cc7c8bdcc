//! Members: who belongs to a tenant, and as what. A tenant always keeps an owner.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::page::{Cursor, Page, PageRequest};
use crate::people::{self, NewUser};
use crate::{Actor, Role, Store, StoreError, tenants};

/// How many members one tenant may have.
pub const MAX_MEMBERS: i64 = 10_000;

/// A person in a tenant.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account.
    pub user_id: Uuid,
    /// Its address.
    pub email: String,
    /// Its name.
    pub name: String,
    /// What they may do here.
    pub role: Role,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A member about to be added.
#[derive(Clone, Debug)]
pub struct NewMember<'a> {
    /// The address of the account.
    pub email: &'a str,
    /// What they may do.
    pub role: Role,
    /// The account to make when there is none for the address.
    pub account: Option<NewUser<'a>>,
}

impl Store {
    /// The members of a tenant by address.
    pub async fn members(
        &self,
        tenant_id: Uuid,
        page: &PageRequest,
    ) -> Result<Page<Member>, StoreError> {
        let after = page.after.as_ref().map(|cursor| cursor.key.as_str());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT u.id, u.email, u.name, m.role, m.created_at
                   FROM public.memberships m JOIN public.users u ON u.id = m.user_id
                  WHERE m.tenant_id = $1 AND ($2::text IS NULL OR lower(u.email) > $2)
                  ORDER BY lower(u.email) LIMIT $3",
                &[&tenant_id, &after, &(page.limit + 1)],
            )
            .await?;
        let members = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(members, page.limit, |member| Cursor {
            key: member.email.to_lowercase(),
            id: member.user_id.to_string(),
        }))
    }

    /// Adds a member, and makes the account when there is none and one was prepared. The flag says
    /// whether it was made.
    pub async fn add_member(
        &self,
        tenant_id: Uuid,
        member: &NewMember<'_>,
        actor: &Actor,
    ) -> Result<(Member, bool), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        refuse_too_many(&transaction, tenant_id).await?;
        let known: Option<Uuid> = transaction
            .query_opt(
                "SELECT id FROM public.users WHERE lower(email) = lower($1)",
                &[&member.email],
            )
            .await?
            .map(|row| row.try_get(0))
            .transpose()?;
        let (user_id, made) = match (known, &member.account) {
            (Some(id), _) => (id, false),
            (None, Some(account)) => {
                (people::insert(&transaction, account, false, actor).await?.id, true)
            }
            (None, None) => return Err(StoreError::NotFound("account")),
        };
        transaction
            .execute(
                "INSERT INTO public.memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)",
                &[&tenant_id, &user_id, &member.role.as_str()],
            )
            .await?;
        let details = json!({ "email": member.email, "role": member.role });
        let entry = entry(tenant_id, &user_id, "member.added", details);
        audit::record(&transaction, actor, entry).await?;
        let added = fetch(&transaction, tenant_id, user_id).await?;
        transaction.commit().await?;
        Ok((added, made))
    }

    /// Gives a member another role.
    pub async fn change_member(
        &self,
        tenant_id: Uuid,
        user_id: Uuid,
        role: Role,
        actor: &Actor,
    ) -> Result<Member, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        tenants::hold(&transaction, tenant_id).await?;
        let before = fetch(&transaction, tenant_id, user_id).await?;
        transaction
            .execute(
                "UPDATE public.memberships SET role = $3, updated_at = now()
                  WHERE tenant_id = $1 AND user_id = $2",
                &[&tenant_id, &user_id, &role.as_str()],
            )
            .await?;
        refuse_ownerless(&transaction, tenant_id).await?;
        let details = json!({ "email": before.email, "from": before.role, "to": role });
        let entry = entry(tenant_id, &user_id, "member.roleChanged", details);
        audit::record(&transaction, actor, entry).await?;
        transaction.commit().await?;
        Ok(Member { role, ..before })
    }

    /// Removes a member; the account stays.
    pub async fn remove_member(
        &self,
        tenant_id: Uuid,
        user_id: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        tenants::hold(&transaction, tenant_id).await?;
        let member = fetch(&transaction, tenant_id, user_id).await?;
        transaction
            .execute(
                "DELETE FROM public.memberships WHERE tenant_id = $1 AND user_id = $2",
                &[&tenant_id, &user_id],
            )
            .await?;
        refuse_ownerless(&transaction, tenant_id).await?;
        let details = json!({ "email": member.email, "role": member.role });
        let entry = entry(tenant_id, &user_id, "member.removed", details);
        audit::record(&transaction, actor, entry).await?;
        Ok(transaction.commit().await?)
    }
}

async fn refuse_ownerless(
    transaction: &Transaction<'_>,
    tenant_id: Uuid,
) -> Result<(), StoreError> {
    let owned: bool = transaction
        .query_one(
            "SELECT EXISTS (SELECT FROM public.memberships WHERE tenant_id = $1 AND role = 'owner')",
            &[&tenant_id],
        )
        .await?
        .try_get(0)?;
    if owned { Ok(()) } else { Err(StoreError::LastOwner) }
}

async fn refuse_too_many(transaction: &Transaction<'_>, tenant_id: Uuid) -> Result<(), StoreError> {
    let statement = "SELECT count(*) FROM public.memberships WHERE tenant_id = $1";
    let count: i64 = transaction.query_one(statement, &[&tenant_id]).await?.try_get(0)?;
    if count >= MAX_MEMBERS {
        return Err(StoreError::TooMany { of: "members in one tenant", limit: MAX_MEMBERS });
    }
    Ok(())
}

async fn fetch(
    transaction: &Transaction<'_>,
    tenant_id: Uuid,
    user_id: Uuid,
) -> Result<Member, StoreError> {
    let row = transaction
        .query_opt(
            "SELECT u.id, u.email, u.name, m.role, m.created_at
               FROM public.memberships m JOIN public.users u ON u.id = m.user_id
              WHERE m.tenant_id = $1 AND m.user_id = $2",
            &[&tenant_id, &user_id],
        )
        .await?
        .ok_or(StoreError::NotFound("member"))?;
    read(&row)
}

fn entry<'a>(tenant: Uuid, user: &'a Uuid, action: &'static str, details: Value) -> Entry<'a> {
    Entry { tenant_id: Some(tenant), action, subject_kind: "member", subject_id: user, details }
}

fn read(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        user_id: row.try_get(0)?,
        email: row.try_get(1)?,
        name: row.try_get(2)?,
        role: Role::stored(row.try_get(3)?)?,
        created_at: row.try_get(4)?,
    })
}
