//! The table of codes. A code is never renamed and never reused; `docs/errors.md` is printed from
//! this table by a test.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[doc = $when:literal])+ $name:ident = $text:literal, $status:ident, $title:literal;)+) => {
        /// What a refusal is called, for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[doc = $when])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The status it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// A short title, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// When it is answered; a line of `docs/errors.md`.
            pub fn when(self) -> &'static str {
                match self { $(Self::$name => concat!($($when),+),)+ }
            }
        }
    };
}

codes! {
    // What was sent cannot be read.
    /// The body is not JSON; the detail gives line and column.
    MalformedJson = "malformed_json", BAD_REQUEST, "Malformed JSON";
    /// The query string holds an unknown or unreadable parameter.
    InvalidQuery = "invalid_query", BAD_REQUEST, "Invalid query string";
    /// A header cannot be read.
    InvalidHeader = "invalid_header", BAD_REQUEST, "Invalid header";
    /// The caller belongs to several tenants and named none.
    TenantRequired = "tenant_required", BAD_REQUEST, "Tenant required";
    /// A value does not fit its column; the path names the column.
    InvalidValue = "invalid_value", BAD_REQUEST, "Invalid value";
    /// The table has no such column.
    UnknownColumn = "unknown_column", BAD_REQUEST, "No such column";
    /// A filter uses a word that is no operator.
    UnknownOperator = "unknown_operator", BAD_REQUEST, "No such operator";
    /// The column's type cannot be compared or sorted that way.
    UnsupportedOperator = "unsupported_operator", BAD_REQUEST, "Operator does not fit";
    /// `select` asks for something this server does not take.
    UnsupportedSelect = "unsupported_select", BAD_REQUEST, "Not taken in select";
    /// A filter asks for something this server does not take.
    UnsupportedFilter = "unsupported_filter", BAD_REQUEST, "Not taken in filters";
    /// The request holds more of something than one request may.
    TooMany = "too_many", BAD_REQUEST, "Too many";
    /// The column is written by PostgreSQL alone.
    ReadOnlyColumn = "read_only_column", BAD_REQUEST, "Column cannot be written";
    /// Rows of a table without a primary key cannot be addressed one by one.
    NoPrimaryKey = "no_primary_key", BAD_REQUEST, "No primary key";
    /// The key in the address cannot be read, or has another number of parts than the primary key.
    InvalidKey = "invalid_key", BAD_REQUEST, "Invalid key";
    /// The page begins after the last row.
    InvalidRange = "invalid_range", RANGE_NOT_SATISFIABLE, "Past the end";
    /// The Accept header leaves out every form this call can answer in.
    NotAcceptable = "not_acceptable", NOT_ACCEPTABLE, "Not acceptable";
    /// The body is larger than the limit.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "Body too large";
    /// The Content-Type is not one this call reads.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "Unsupported media type";
    /// The body is JSON of the wrong shape, or holds an impossible value; the path names the place.
    InvalidBody = "invalid_body", UNPROCESSABLE_ENTITY, "Invalid body";
    /// The definition has problems; all of them are listed.
    InvalidDefinition = "invalid_definition", UNPROCESSABLE_ENTITY, "Invalid definition";

    // Who asks.
    /// Nobody, or nobody we know, asks for something that needs an account or a key.
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "Not signed in";
    /// The e-mail address and the password do not belong together.
    InvalidCredentials = "invalid_credentials", UNAUTHORIZED, "Wrong e-mail address or password";
    /// The caller's role does not allow this.
    Forbidden = "forbidden", FORBIDDEN, "Not allowed";
    /// A change was asked for by a browser session, and not by this product's own pages.
    CsrfRefused = "csrf_refused", FORBIDDEN, "Cross-site request refused";
    /// Accounts are made by the administrator only.
    RegistrationClosed = "registration_closed", FORBIDDEN, "Registration is closed";
    /// Too many attempts or requests; Retry-After says when to come back.
    TooManyRequests = "too_many_requests", TOO_MANY_REQUESTS, "Too many requests";

    // What it is about.
    /// The thing does not exist, or not for this caller.
    NotFound = "not_found", NOT_FOUND, "Not found";
    /// The schema has no such table.
    UnknownTable = "unknown_table", NOT_FOUND, "No such table";
    /// No call has this path.
    RouteNotFound = "route_not_found", NOT_FOUND, "No such address";
    /// The path exists, and not with this method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "Method not allowed";

    // What stands in the way.
    /// Another account has this e-mail address.
    EmailTaken = "email_taken", CONFLICT, "E-mail address taken";
    /// Another thing of this kind has this name.
    NameTaken = "name_taken", CONFLICT, "Name taken";
    /// The person is a member already.
    AlreadyMember = "already_member", CONFLICT, "Already a member";
    /// Nobody has an account with this address.
    AccountNotFound = "account_not_found", UNPROCESSABLE_ENTITY, "No such account";
    /// The change would leave the tenant without an owner.
    LastOwner = "last_owner", CONFLICT, "Last owner";
    /// The project still holds schemas.
    ProjectInUse = "project_in_use", CONFLICT, "Project in use";
    /// A tenant keeps at least one project.
    LastProject = "last_project", CONFLICT, "Last project";
    /// A change for good was asked for without repeating the name.
    ConfirmationRequired = "confirmation_required", CONFLICT, "Confirmation required";
    /// A row with this key exists already.
    UniqueViolation = "unique_violation", CONFLICT, "Already exists";
    /// A referenced row is missing, or the row is still referenced.
    ForeignKeyViolation = "foreign_key_violation", CONFLICT, "Reference does not hold";
    /// An exclusion constraint does not hold.
    ExclusionViolation = "exclusion_violation", CONFLICT, "Conflicts with another row";
    /// A check constraint does not hold.
    CheckViolation = "check_violation", UNPROCESSABLE_ENTITY, "Check does not hold";
    /// A required value is missing.
    NotNullViolation = "not_null_violation", UNPROCESSABLE_ENTITY, "Value required";
    /// PostgreSQL refused the rows for a reason the detail gives.
    RefusedByDatabase = "refused_by_database", UNPROCESSABLE_ENTITY, "Refused by the database";
    /// The schema is switched off, so its rows cannot be reached.
    SchemaInactive = "schema_inactive", CONFLICT, "Schema is switched off";
    /// Something of this name exists already in the database.
    AlreadyExists = "already_exists", CONFLICT, "Already exists";
    /// The data is being changed by somebody else; the same request may succeed now.
    Conflict = "conflict", CONFLICT, "In use";
    /// The thing was changed since it was read.
    VersionConflict = "version_conflict", PRECONDITION_FAILED, "Changed meanwhile";
    /// The plan may cost something severe that nobody has acknowledged; it is in the answer.
    HazardsUnacknowledged = "hazards_unacknowledged", CONFLICT, "Hazards not acknowledged";
    /// Rows do not fit what is asked, and nothing was chosen for them; the plan in the answer shows
    /// some.
    RowsDoNotFit = "rows_do_not_fit", CONFLICT, "Rows do not fit";
    /// The plan is no longer the one that was shown; the new one is in the answer.
    PlanChanged = "plan_changed", CONFLICT, "Plan changed";
    /// A remedy for rows that do not fit cannot be used.
    InvalidRemedy = "invalid_remedy", UNPROCESSABLE_ENTITY, "Invalid remedy";
    /// Another change of the same schema is under way; the same request may succeed when it has
    /// ended.
    ChangeInProgress = "change_in_progress", CONFLICT, "Change under way";
    /// Others used the tables for as long as a change may wait; nothing was changed.
    TablesInUse = "tables_in_use", CONFLICT, "Tables in use";
    /// What the change would bring back is no longer in the attic.
    AtticChanged = "attic_changed", CONFLICT, "Attic changed meanwhile";
    /// Something else still needs what should be removed for good.
    StillNeeded = "still_needed", CONFLICT, "Still needed";
    /// A named limit of the product was reached.
    LimitReached = "limit_reached", UNPROCESSABLE_ENTITY, "Limit reached";

    // Idempotency-Key.
    /// The first request with this Idempotency-Key is still running.
    IdempotencyRunning = "idempotency_running", CONFLICT, "Still running";
    /// The Idempotency-Key was used for another request.
    IdempotencyMismatch = "idempotency_mismatch", UNPROCESSABLE_ENTITY, "Idempotency-Key used before";
    /// The first request succeeded, and its answer held a secret that is shown only once.
    IdempotencySecret = "idempotency_secret", CONFLICT, "Answered once";

    // Our side.
    /// A fault of ours. The log knows more under the request id.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Internal error";
    /// The database cannot be reached, or has no room left.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "Unavailable";
    /// The request took longer than its limit.
    Timeout = "timeout", GATEWAY_TIMEOUT, "Took too long";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_snake_case() {
        for (index, code) in Code::ALL.iter().enumerate() {
            let word = code.as_str();
            assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{word}");
            assert!(Code::ALL[..index].iter().all(|other| other.as_str() != word), "{word}");
        }
    }
}
