//! The demo community for tests, copied from its template.

use sea_orm::ConnectionTrait as _;
use store::Engine;

use crate::{
    Guild, START,
    template::{Content, copy_database, template},
};

impl Guild {
    /// Fills the database with the demo community: the same rows that [`store::seed::demo`] creates.
    pub async fn demo(&self) {
        assert_eq!(
            self.now(),
            START.parse::<domain::Instant>().unwrap(),
            "the demo is made before time passes"
        );
        match (self.content, self.store.engine()) {
            (Content::Demo, _) => {}
            (Content::Schema, Engine::Sqlite) => {
                self.copy_rows(template(Engine::Sqlite, Content::Demo).await).await;
            }
            // The pools connect again by themselves.
            (Content::Schema, Engine::Postgres) => {
                copy_database(self.url.rsplit('/').next().unwrap(), Content::Demo).await
            }
        }
        self.skip_weekly_kudos().await;
    }

    /// The kudos of the week count as sent to everybody who is a member now, because most tests are about other emails.
    pub async fn skip_weekly_kudos(&self) {
        let sent = "UPDATE members SET kudos_week = '2100-01-04'";
        self.raw.execute_unprepared(sent).await.unwrap();
    }

    /// Copies every row of a database file. The file of a test is open, so it cannot be replaced.
    async fn copy_rows(&self, template: &str) {
        let run = async |sql: String| self.raw.execute_unprepared(&sql).await.unwrap();
        run(format!("PRAGMA foreign_keys = OFF; ATTACH 'file:{template}?immutable=1' AS demo")).await;
        let tables = self
            .rows(
                "SELECT name FROM demo.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                   AND name NOT LIKE 'search_index%'",
            )
            .await;
        // The triggers of `search_documents` fill the search index.
        let mut copy = String::from("BEGIN IMMEDIATE;");
        for table in tables {
            let name: String = table.try_get("", "name").unwrap();
            // The migrations have inserted some of these rows already.
            copy += &format!("INSERT OR IGNORE INTO main.\"{name}\" SELECT * FROM demo.\"{name}\";");
        }
        run(copy + "COMMIT; DETACH demo; PRAGMA foreign_keys = ON").await;
    }
}
