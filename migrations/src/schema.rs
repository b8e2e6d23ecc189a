//! Tables, columns, keys, checks and indexes as both engines understand them.
//!
//! Ids are UUIDs. An instant is a `timestamp with time zone`, which SQLite stores as RFC 3339 text in UTC. A
//! wall time has no zone. Lists and payloads are JSON in text columns. No column has a time as its default,
//! because only `store` reads the clock.

use sea_orm_migration::prelude::{
    ColumnDef, ConditionalStatement as _, DbErr, Expr, ExprTrait as _, ForeignKey, ForeignKeyAction,
    ForeignKeyCreateStatement, Index, IndexCreateStatement, SchemaManager, Table, TableCreateStatement,
};
pub(crate) use sea_orm_migration::schema::{
    big_integer, binary, binary_null, binary_uniq as unique_binary, boolean, date, date_null, integer,
    integer_null, pk_uuid as id, text, text_null, text_uniq as unique_text, timestamp as wall_time,
    timestamp_null as wall_time_null, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null, uuid, uuid_null,
};

/// A table to create, with its indexes.
pub(crate) struct NewTable {
    name: &'static str,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

impl NewTable {
    /// A table without columns.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, table: Table::create().table(name).take(), indexes: Vec::new() }
    }

    /// Adds columns.
    pub(crate) fn columns(mut self, columns: impl IntoIterator<Item = ColumnDef>) -> Self {
        for column in columns {
            self.table.col(column);
        }
        self
    }

    /// Sets a primary key of several columns.
    pub(crate) fn primary_key(mut self, columns: &[&'static str]) -> Self {
        let mut key = Index::create();
        for column in columns {
            key.col(*column);
        }
        self.table.primary_key(&mut key);
        self
    }

    /// Makes a column point at the `id` of a table. Its row cannot be deleted before this one. The column
    /// needs an index too, because deleting the other row looks for this one.
    pub(crate) fn references(self, column: &'static str, table: &'static str) -> Self {
        let key = ForeignKey::create().from(self.name, column).to(table, "id").take();
        self.foreign_key(key)
    }

    /// Like [`Self::references`], but this row is deleted with the other one.
    pub(crate) fn belongs_to(self, column: &'static str, table: &'static str) -> Self {
        let mut key = ForeignKey::create();
        key.from(self.name, column).to(table, "id").on_delete(ForeignKeyAction::Cascade);
        self.foreign_key(key)
    }

    /// Like [`Self::references`], but the column is set to null when the other row is deleted.
    pub(crate) fn may_reference(self, column: &'static str, table: &'static str) -> Self {
        let mut key = ForeignKey::create();
        key.from(self.name, column).to(table, "id").on_delete(ForeignKeyAction::SetNull);
        self.foreign_key(key)
    }

    fn foreign_key(mut self, mut key: ForeignKeyCreateStatement) -> Self {
        self.table.foreign_key(&mut key);
        self
    }

    /// Adds an index.
    pub(crate) fn index(mut self, columns: &[&'static str]) -> Self {
        self.indexes.push(index(self.name, columns));
        self
    }

    /// Adds an index that allows each combination of values once. Rows with a null in one of them are not
    /// compared.
    pub(crate) fn unique(mut self, columns: &[&'static str]) -> Self {
        self.indexes.push(index(self.name, columns).unique().take());
        self
    }

    /// Adds an index that allows each combination of values once among the rows where `absent` is null.
    pub(crate) fn unique_without(mut self, absent: &'static str, columns: &[&'static str]) -> Self {
        let mut index = index(self.name, columns);
        index.unique().and_where(Expr::col(absent).is_null());
        self.indexes.push(index);
        self
    }

    /// Creates the table and its indexes.
    pub(crate) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.table).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    /// Drops the table with its indexes.
    pub(crate) async fn drop(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(self.name).take()).await
    }
}

/// An index that is named after its table and columns.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index.take()
}

/// A text column that accepts only these values. `tests/tests/schema.rs` compares them with the lists in
/// `domain` and `store`.
pub(crate) fn choice(name: &'static str, values: &[&'static str]) -> ColumnDef {
    text(name).check(Expr::col(name).is_in(values.iter().copied())).take()
}

/// Like [`choice`], but the column may be null.
pub(crate) fn choice_null(name: &'static str, values: &[&'static str]) -> ColumnDef {
    text_null(name).check(Expr::col(name).is_in(values.iter().copied())).take()
}
