//! Members: their profile, and the list of people who share groups with them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use app::flash::Flash;
use domain::{
    Actor, Locale, Problem, Refusal, Role,
    groups::{GroupForm, GroupRole},
    members::{Address, Mark, ProfileInput},
};
use store::{
    Engine, StoreError, groups,
    members::{self, companions},
};
use tests::{Guild, guild_test};

const FORM: &str = "text/html,application/xhtml+xml";

fn profile(headline: &str, disciplines: &[&str]) -> ProfileInput {
    let disciplines: Vec<String> = disciplines.iter().map(|slug| (*slug).to_owned()).collect();
    ProfileInput::check("Mei Tanaka", "Asia/Tokyo", "en", headline, &disciplines).unwrap()
}

/// A group with these people as members, created by the operator.
async fn group(g: &Guild, name: &str, people: &[&Actor]) {
    let ada = g.actor("ada").await;
    let form = GroupForm { name: name.into(), kind: "virtual_team".into(), ..GroupForm::default() };
    // The operator doesn't become a member, so Ada is in the group only when she is one of these people.
    let slug = groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap();
    for actor in people {
        groups::add(&g.store, &ada, &slug, actor.member().unwrap(), GroupRole::Member).await.unwrap();
    }
}

/// A newcomer who joined by email and entered a name.
async fn newcomer(g: &Guild, name: &str) -> Actor {
    let actor = g.joined(&Address::parse(&format!("{name}@guild.example")).unwrap()).await;
    let profile = ProfileInput::check(name, "UTC", "en", "", &["design".to_owned()]).unwrap();
    members::save_profile(&g.store, &actor, profile).await.unwrap();
    actor
}

async fn names(g: &Guild, actor: &Actor, max: u64) -> Vec<String> {
    companions(&g.store, actor, max).await.unwrap().into_iter().map(|found| found.person.name).collect()
}

#[guild_test]
async fn a_profile_has_a_headline_and_disciplines(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    members::save_profile(&g.store, &mei, profile("Tests what others trust", &["design", "developer"]))
        .await
        .unwrap();
    let me = members::myself(&g.store, &mei).await.unwrap();
    assert_eq!((me.name.as_str(), me.headline.as_str()), ("Mei Tanaka", "Tests what others trust"));
    let slugs: Vec<_> = me.disciplines.iter().map(|discipline| discipline.slug.as_str()).collect();
    assert_eq!(slugs, ["developer", "design"], "in the community's order");
    assert_eq!((me.disciplines[1].name.as_str(), me.disciplines[1].mark), ("Design", Mark::Plus));
    // Saving again replaces all values of the form.
    members::save_profile(&g.store, &mei, profile("", &["security"])).await.unwrap();
    let me = members::myself(&g.store, &mei).await.unwrap();
    assert_eq!((me.headline.as_str(), me.disciplines.len()), ("", 1));
    let unknown = members::save_profile(&g.store, &mei, profile("Lost", &["security", "alchemy"])).await;
    let problem = Problem { field: "disciplines".into(), why: Refusal::BadChoice };
    assert!(matches!(unknown, Err(StoreError::Invalid(problems)) if problems == [problem]));
    assert_eq!(members::myself(&g.store, &mei).await.unwrap(), me, "a refused profile was partly saved");
    members::save_profile(&g.store, &mei, profile("", &[])).await.unwrap();
    assert!(members::myself(&g.store, &mei).await.unwrap().disciplines.is_empty());
    assert!(matches!(
        members::myself(&g.store, &Actor::Anonymous).await,
        Err(StoreError::Refused(Refusal::SignInFirst))
    ));
}

#[guild_test(empty)]
async fn seven_disciplines_are_predefined_with_icons(g: Guild) {
    let all = members::disciplines(&g.store).await.unwrap();
    let marks: Vec<_> = all.iter().map(|discipline| discipline.mark).collect();
    assert_eq!(marks, Mark::ALL);
    let slugs: Vec<_> = all.iter().map(|discipline| discipline.slug.as_str()).collect();
    assert_eq!(
        slugs,
        [
            "developer",
            "quality-assurance",
            "operations",
            "security",
            "project-management",
            "product-management",
            "design"
        ]
    );
}

#[guild_test]
async fn companions_share_a_group(g: Guild) {
    g.demo().await;
    let me = newcomer(&g, "Me").await;
    let (anna, bela, cleo) =
        (newcomer(&g, "Anna").await, newcomer(&g, "Bela").await, newcomer(&g, "Cleo").await);
    let stranger = newcomer(&g, "Stranger").await;
    assert!(names(&g, &me, 10).await.is_empty(), "without a group there are no companions");
    group(&g, "Two", &[&me, &cleo, &bela]).await;
    group(&g, "One", &[&me, &cleo, &anna]).await;
    group(&g, "Others", &[&stranger, &anna, &bela]).await;
    assert_eq!(names(&g, &me, 10).await, ["Cleo", "Anna", "Bela"], "most shared groups first, then by name");
    assert_eq!(names(&g, &me, 2).await, ["Cleo", "Anna"]);
    let found = companions(&g.store, &me, 10).await.unwrap();
    assert_eq!(found[0].groups, ["One", "Two"]);
    assert_eq!(found[1].groups, ["One"], "only shared groups");
    assert_eq!(found[0].person.disciplines[0].slug.as_str(), "design");
    assert_eq!(names(&g, &stranger, 10).await, ["Anna", "Bela"]);
    assert!(names(&g, &Actor::Anonymous, 10).await.is_empty());
    assert!(names(&g, &Actor::Operator, 10).await.is_empty());
    members::set_role(&g.store, &Address::parse("Cleo@guild.example").unwrap(), Role::Suspended)
        .await
        .unwrap();
    assert_eq!(names(&g, &me, 10).await, ["Anna", "Bela"], "without suspended members");
}

/// The request of a browser with two ticked boxes, and the values that a refused form shows again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_form_keeps_and_saves_disciplines() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let visit = g.visit(Some("mei"), "/profile", Locale::En).await;
    let fields = |zone: &'static str, name: &'static str| {
        [
            ("name", "Mei"),
            ("zone", zone),
            ("locale", "en"),
            ("headline", "Reads logs"),
            (name, "security"),
            (name, "design"),
        ]
    };
    // A refused form keeps its input.
    let answer = g.post(&visit, "/api/members/details", &fields("Mars/Olympus", "disciplines[]"), FORM).await;
    assert_eq!(answer.location, "/profile?typed=details");
    let html = g.page(&g.visit(Some("mei"), &answer.location, Locale::En).await).await.html;
    let ticked = |html: &str, slug: &str| {
        let input = html.split("<input").find(|input| input.contains(&format!("value=\"{slug}\""))).unwrap();
        input.split('>').next().unwrap().contains("checked")
    };
    assert!(html.contains("Reads logs") && ticked(&html, "security") && ticked(&html, "design"));
    assert!(!ticked(&html, "operations"));
    // Some browsers escape the brackets.
    for name in ["disciplines[]", "disciplines%5B%5D"] {
        let answer = g.post(&visit, "/api/members/details", &fields("Asia/Tokyo", name), FORM).await;
        assert_eq!(answer.flash, Some(Flash::success("flash-profile-saved")));
        let me = members::myself(&g.store, &visit.actor).await.unwrap();
        let slugs: Vec<_> = me.disciplines.iter().map(|discipline| discipline.slug.to_string()).collect();
        assert_eq!((slugs.join(" ").as_str(), me.headline.as_str()), ("security design", "Reads logs"));
        let none = [("name", "Mei"), ("zone", "Asia/Tokyo"), ("locale", "en")];
        g.post(&visit, "/api/members/details", &none, FORM).await;
        assert!(members::myself(&g.store, &visit.actor).await.unwrap().disciplines.is_empty());
    }
    let unknown = [("name", "Mei"), ("zone", "UTC"), ("locale", "en"), ("disciplines[]", "alchemy")];
    let answer = g.post(&visit, "/api/members/details", &unknown, FORM).await;
    assert_eq!(answer.location, "/profile?typed=details");
    assert!(
        g.page(&g.visit(Some("mei"), &answer.location, Locale::En).await)
            .await
            .html
            .contains("#f-disciplines")
    );
}
