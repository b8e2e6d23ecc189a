//! Reads some columns of many rows as one text, with a line for each row.
//!
//! A run reads about ten rows for each of up to 100,000 people. The driver of SQLite hands over each row from
//! another thread and allocates each of its values, which costs more than finding them. PostgreSQL gets the same
//! statement.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend,
    sea_query::{BinOper, Expr, ExprTrait as _, Func, SelectStatement},
};
use uuid::Uuid;

use crate::StoreError;

/// Between two values of a line. No value of these columns contains it.
const SEPARATOR: char = '\t';
const END_OF_LINE: &str = "\n";

/// A column as text, empty for NULL.
pub(super) struct Word(Expr, bool);

impl<C: ColumnTrait> From<C> for Word {
    fn from(column: C) -> Self {
        let is_id = matches!(column.def().get_column_type(), sea_orm::ColumnType::Uuid);
        Self(Expr::col(column.as_column_ref()), is_id)
    }
}

impl Word {
    fn text(self, backend: DbBackend) -> Expr {
        let Self(column, is_id) = self;
        // SQLite keeps ids as bytes.
        let text = if is_id && backend == DbBackend::Sqlite {
            Func::cust("hex").arg(column).into()
        } else {
            column.cast_as("text")
        };
        Func::coalesce([text, "".into()]).into()
    }
}

/// The rows of a query in no order. Each has `N` values.
pub(super) struct Packed<const N: usize>(String);

impl<const N: usize> Packed<N> {
    /// Reads these columns of the query's rows.
    pub(super) async fn read(
        db: &impl ConnectionTrait,
        mut query: SelectStatement,
        columns: [impl Into<Word>; N],
    ) -> Result<Self, StoreError> {
        let backend = db.get_database_backend();
        let words = columns.into_iter().map(|column| column.into().text(backend));
        let and = |text: Expr, next: Expr| text.binary(BinOper::Custom("||"), next);
        let join = |line, word| and(and(line, SEPARATOR.to_string().into()), word);
        let Some(line) = words.reduce(join) else { return Ok(Self(String::new())) };
        let all = Func::cust("string_agg").arg(line).arg(END_OF_LINE);
        let row = db.query_one(query.clear_selects().expr(all)).await?;
        // The aggregate of no rows is NULL.
        let text: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        Ok(Self(text.unwrap_or_default()))
    }

    /// The values of each row.
    pub(super) fn rows(&self) -> impl Iterator<Item = [&str; N]> {
        self.0.lines().map(|line| {
            let mut values = line.split(SEPARATOR);
            std::array::from_fn(|_| values.next().unwrap_or_default())
        })
    }
}

/// Reads an id.
pub(super) fn id(text: &str) -> Result<Uuid, StoreError> {
    Uuid::try_parse(text).map_err(|error| StoreError::Corrupt(format!("unreadable id {text}: {error}")))
}

/// Reads a number.
pub(super) fn number(text: &str) -> Result<i32, StoreError> {
    text.parse().map_err(|error| StoreError::Corrupt(format!("unreadable number {text}: {error}")))
}

/// Reads a date.
pub(super) fn date(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|error| StoreError::Corrupt(format!("unreadable date {text}: {error}")))
}

/// Reads a truth value, which each engine writes in its own way.
pub(super) fn truth(text: &str) -> bool {
    matches!(text, "1" | "true")
}
