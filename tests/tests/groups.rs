//! Groups: who makes them, who belongs to them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Refusal, Role, Slug,
    groups::{GroupDetails, GroupKind, GroupRole},
    members::Address,
};
use store::{
    Fault,
    groups::{self, GroupCard},
    members,
};
use tests::{Guild, guild_test};

fn details() -> GroupDetails {
    GroupDetails::check("Release notes", "", "working_group", "What changed, in words.").unwrap()
}

async fn card(g: &Guild, who: &Actor, slug: &Slug) -> GroupCard {
    groups::list(&g.store, who).await.unwrap().into_iter().find(|card| card.slug == *slug).unwrap()
}

guild_test! {
    async fn administrators_make_groups(g: Guild) {
        g.demo().await;
        let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
        let slug = groups::create(&g.store, &ada, details()).await.unwrap();
        assert_eq!(slug.as_str(), "release-notes");
        let again = groups::create(&g.store, &ada, details()).await.unwrap();
        assert!(again != slug && again.as_str().starts_with("release-notes-"), "{again}");
        let made = card(&g, &mei, &slug).await;
        assert_eq!((made.name.as_str(), made.kind, made.purpose.as_str()), ("Release notes", GroupKind::WorkingGroup, "What changed, in words."));
        assert_eq!((made.members, made.mine), (0, false));
        let names: Vec<_> = groups::list(&g.store, &ada).await.unwrap().into_iter().map(|group| group.name).collect();
        assert!(names.is_sorted(), "{names:?}");
    }

    async fn nobody_else_makes_or_fills_one(g: Guild) {
        g.demo().await;
        let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM groups";
        let before = (g.number(count).await, g.number(&count.replace("groups", "group_members")).await);
        let north = Slug::parse("north").unwrap();
        for key in ["mei", "grace"] {
            let who = g.actor(key).await;
            let refused = groups::create(&g.store, &who, details()).await;
            assert!(matches!(refused, Err(Fault::Refused(Refusal::NotAllowed))), "{key}");
            let refused = groups::add(&g.store, &who, &north, who.member().unwrap(), GroupRole::Organiser).await;
            assert!(matches!(refused, Err(Fault::Refused(Refusal::NotAllowed))), "{key}");
        }
        let refused = groups::create(&g.store, &Actor::Anonymous, details()).await;
        assert!(matches!(refused, Err(Fault::Refused(Refusal::SignInFirst))));
        assert_eq!((g.number(count).await, g.number(&count.replace("groups", "group_members")).await), before);
    }

    async fn members_are_counted_without_the_suspended(g: Guild) {
        g.demo().await;
        let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
        let slug = groups::create(&g.store, &ada, details()).await.unwrap();
        let add = async |who: &Actor, role| groups::add(&g.store, &ada, &slug, who.member().unwrap(), role).await;
        for role in [GroupRole::Member, GroupRole::Member, GroupRole::Organiser] {
            add(&mei, role).await.unwrap();
        }
        add(&kofi, GroupRole::Member).await.unwrap();
        let now = card(&g, &mei, &slug).await;
        assert_eq!((now.members, now.mine), (2, true), "whoever is added twice is there once");
        assert_eq!((card(&g, &ada, &slug).await.mine, card(&g, &Actor::Anonymous, &slug).await.mine), (false, false));
        let roles = g.rows("SELECT role FROM group_members WHERE group_id = (SELECT id FROM groups WHERE slug = 'release-notes') ORDER BY role").await;
        let roles: Vec<String> = roles.iter().map(|row| row.try_get("", "role").unwrap()).collect();
        assert_eq!(roles, ["member", "organiser"]);
        members::set_role(&g.store, &Address::parse("kofi@guild.example").unwrap(), Role::Suspended).await.unwrap();
        assert_eq!(card(&g, &mei, &slug).await.members, 1);
        let nobody = domain::MemberId(uuid::Uuid::now_v7());
        assert!(matches!(groups::add(&g.store, &ada, &slug, nobody, GroupRole::Member).await, Err(Fault::NotFound)));
        let nowhere = Slug::parse("nowhere").unwrap();
        assert!(matches!(groups::add(&g.store, &ada, &nowhere, mei.member().unwrap(), GroupRole::Member).await, Err(Fault::NotFound)));
    }
}
