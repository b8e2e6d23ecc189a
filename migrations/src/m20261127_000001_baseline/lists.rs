//! The lists that administrators edit, with their default entries.

use sea_orm_migration::{
    prelude::{ColumnDef, DbErr, Expr, Query, SchemaManager},
    sea_orm::prelude::Uuid,
};

use crate::schema::{NewTable, choice, id, instant_null, integer, text, unique_text};

/// The marks that show a discipline on cards.
const MARKS: &[&str] = &["diamond", "circle", "square", "shield", "triangle", "star", "plus"];

/// Slug, name and mark of the default disciplines, in order. Administrators can change them later.
const DISCIPLINES: [(&str, &str, &str); 7] = [
    ("developer", "Developer", "diamond"),
    ("quality-assurance", "Quality assurance", "circle"),
    ("operations", "Operations", "square"),
    ("security", "Security", "shield"),
    ("project-management", "Project management", "triangle"),
    ("product-management", "Product management", "star"),
    ("design", "Design", "plus"),
];

/// Slug and name of the default values, in order. Administrators can change them later.
const VALUES: [(&str, &str); 10] = [
    ("collaborative-excellence", "Collaborative excellence"),
    ("innovative-practices", "Innovative practices"),
    ("cross-disciplinary-engagement", "Cross-disciplinary engagement"),
    ("continuous-innovation", "Continuous innovation"),
    ("automation-and-efficiency", "Automation and efficiency"),
    ("resilience-and-reliability", "Resilience and reliability"),
    ("end-to-end-pipeline-mastery", "End-to-end pipeline mastery"),
    ("mentorship-and-support", "Mentorship and support"),
    ("measurable-impact", "Measurable impact"),
    ("community-wide-recognition", "Community-wide recognition"),
];

/// Slug and name of the default stages, in the order of the work. Administrators can change them later.
const STAGES: [(&str, &str); 8] = [
    ("plan", "Plan"),
    ("code", "Code"),
    ("build", "Build"),
    ("test", "Test"),
    ("release", "Release"),
    ("deploy", "Deploy"),
    ("operate", "Operate"),
    ("observe", "Observe"),
];

/// Slug and name of the default topics, sorted by name. Administrators can change them later.
const TOPICS: [(&str, &str); 31] = [
    ("accessibility", "Accessibility"),
    ("agile-practices", "Agile practices"),
    ("api-design", "API design"),
    ("chaos-engineering", "Chaos engineering"),
    ("code-review", "Code review"),
    ("compliance-as-code", "Compliance as code"),
    ("containers-and-kubernetes", "Containers and Kubernetes"),
    ("continuous-delivery", "Continuous delivery"),
    ("databases", "Databases and migrations"),
    ("dependency-management", "Dependency management"),
    ("dynamic-testing", "Dynamic security testing (DAST)"),
    ("feature-flags", "Feature flags"),
    ("identity-and-access", "Identity and access"),
    ("incident-response", "Incident response"),
    ("infrastructure-as-code", "Infrastructure as code"),
    ("mentoring", "Mentoring"),
    ("observability", "Observability"),
    ("on-call", "On-call and postmortems"),
    ("performance-testing", "Performance testing"),
    ("platform-engineering", "Platform engineering"),
    ("product-discovery", "Product discovery"),
    ("release-management", "Release management"),
    ("rust", "Rust"),
    ("secrets-management", "Secrets management"),
    ("secure-coding", "Secure coding"),
    ("security-operations", "Security operations"),
    ("static-analysis", "Static analysis (SAST)"),
    ("supply-chain-security", "Supply-chain security and SBOMs"),
    ("technical-writing", "Technical writing"),
    ("test-automation", "Test automation"),
    ("threat-modelling", "Threat modelling"),
];

pub(super) fn tables() -> Vec<NewTable> {
    vec![
        list("disciplines", [choice("mark", MARKS)]),
        list("kudos_values", []),
        list("topics", []),
        list("stages", []),
    ]
}

/// A list that administrators edit. Members who use a retired entry keep it.
fn list(table: &'static str, more: impl IntoIterator<Item = ColumnDef>) -> NewTable {
    NewTable::new(table)
        .columns([id("id"), unique_text("slug"), text("name"), integer("position")])
        .columns(more)
        .columns([instant_null("retired_at")])
}

/// Inserts the default entries.
pub(super) async fn insert_defaults(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rows = Query::insert();
    rows.into_table("disciplines").columns(["id", "slug", "name", "position", "mark"]);
    for (position, (slug, name, mark)) in (1..).zip(DISCIPLINES) {
        rows.values([default_id(1, position), slug.into(), name.into(), position.into(), mark.into()])
            .map_err(wrong)?;
    }
    manager.execute(rows).await?;
    for (number, table, entries) in
        [(2, "kudos_values", &VALUES[..]), (3, "topics", &TOPICS), (4, "stages", &STAGES)]
    {
        let mut rows = Query::insert();
        rows.into_table(table).columns(["id", "slug", "name", "position"]);
        for (position, (slug, name)) in (1..).zip(entries) {
            rows.values([default_id(number, position), (*slug).into(), (*name).into(), position.into()])
                .map_err(wrong)?;
        }
        manager.execute(rows).await?;
    }
    Ok(())
}

/// The id of a default entry. It is the same in every database, so that databases can be compared. It has
/// the form of a version 7 UUID and sorts before all that are created later.
fn default_id(list: u128, position: i32) -> Expr {
    const VERSION_7: u128 = 0x7000_8000_0000_0000_0000;
    Expr::value(Uuid::from_u128(VERSION_7 | list << 32 | u128::from(position.unsigned_abs())))
}

fn wrong(error: impl std::error::Error) -> DbErr {
    DbErr::Custom(error.to_string())
}
