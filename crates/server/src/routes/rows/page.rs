//! Rows as answers: the body as PostgreSQL wrote it, and which rows of how many it holds.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::RowsAnswer;

use crate::error::{ApiError, Code};

/// A page of rows: 206 when it was counted and there are more, 416 when it begins past the end.
pub(super) fn rows(answer: RowsAnswer, offset: u64) -> Result<Response, ApiError> {
    let RowsAnswer { json, rows, total } = answer;
    let count = u64::try_from(rows).unwrap_or_default();
    let total = total.and_then(|total| u64::try_from(total).ok());
    if let Some(total) = total
        && offset > total
    {
        let detail = format!("The page begins at row {offset}, and {total} rows match.");
        return Err(ApiError::new(Code::InvalidRange, detail).at("offset"));
    }
    let status = match total {
        Some(total) if offset + count < total || offset > 0 => StatusCode::PARTIAL_CONTENT,
        Some(_) | None => StatusCode::OK,
    };
    let mut response = body(status, json.unwrap_or_else(|| "[]".to_owned()));
    let range = HeaderValue::try_from(range(offset, count, total));
    response.headers_mut().insert(
        header::CONTENT_RANGE,
        range.expect("digits and punctuation make a header's value"),
    );
    Ok(response)
}

/// `0-24/573`, with `*` for what is empty or was not counted.
fn range(offset: u64, count: u64, total: Option<u64>) -> String {
    let held = match count {
        0 => "*".to_owned(),
        count => format!("{offset}-{}", offset + count - 1),
    };
    total.map_or_else(|| format!("{held}/*"), |total| format!("{held}/{total}"))
}

/// The rows that a call was about, or a 404.
pub(super) fn row(status: StatusCode, answer: Option<RowsAnswer>) -> Result<Response, ApiError> {
    let json = answer.and_then(|answer| answer.json).ok_or_else(no_row)?;
    Ok(body(status, json))
}

/// No row has the key.
pub(super) fn no_row() -> ApiError {
    ApiError::not_found("row")
}

fn body(status: StatusCode, json: String) -> Response {
    let json_type = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, json_type)], json).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told() {
        assert_eq!(range(0, 25, None), "0-24/*");
        assert_eq!(range(10, 5, Some(15)), "10-14/15");
        assert_eq!(range(0, 0, Some(0)), "*/0");
        assert_eq!(range(7, 0, None), "*/*");
    }

    #[test]
    fn statuses_follow_the_count() {
        let answer = |rows, total| RowsAnswer { json: None, rows, total };
        let status = |rows, total, offset| match super::rows(answer(rows, total), offset) {
            Ok(response) => response.status().as_u16(),
            Err(error) => error.code.status().as_u16(),
        };
        assert_eq!(status(3, None, 0), 200);
        assert_eq!(status(3, Some(3), 0), 200);
        assert_eq!(status(3, Some(4), 0), 206);
        assert_eq!(status(1, Some(4), 3), 206);
        assert_eq!(status(0, Some(4), 5), 416);
    }
}
