//! Members: accounts, profiles, sessions, and identities at providers.

mod activity;
mod address;
mod admin;
mod directory;
mod disciplines;
mod facets;
mod find;
mod names;
mod news;
mod page;
mod people;
mod picture;
mod profile;
mod profiles;
mod rows;
mod sign_in_sessions;
mod size;
mod visibility;

pub use activity::{Activity, Talk};
pub use address::{address_to_prove, ask_address, ask_address_of, prove_address};
pub use admin::{MemberRow, invite, list, set_role};
pub use directory::{Directory, Filter, Shares, directory};
pub use disciplines::disciplines;
pub use facets::{Facets, MAX_COUNTED, facets, group_name};
pub use names::fill_in_lookalike_keys;
pub use page::{MemberPage, SharedEvent, page};
pub use people::{Companion, companions, myself};
pub use picture::{may_save_picture, picture, remove_picture, save_picture};
pub use profile::{
    add_link, record_verified_link, remove_link, save_about, save_details, save_languages, save_profile,
    save_topics, save_visibility, save_work,
};
pub use sign_in_sessions::{
    AccountNotices, Identity, SessionInfo, SignedIn, end_other_sessions, end_session, identities,
    sign_in_session, sign_in_sessions, sign_out,
};
pub use size::size;

pub(crate) use address::adopt_address;
pub(crate) use disciplines::discipline_from_row;
pub(crate) use find::by_page_or_name;
pub(crate) use names::update_distinct_names;
pub(crate) use news::post_news;
pub(crate) use profile::create_profile;
pub(crate) use profiles::{names, page_slugs, profiles_of, shown, shown_briefly, shown_to_members};
pub(crate) use rows::{as_actor, from_row, leaving, load, lock, own, recipient};
pub(crate) use visibility::{findable, shown_name, shows, suspended};
