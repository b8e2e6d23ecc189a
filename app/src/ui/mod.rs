//! The UI kit: components that all features share and that know none of them. In debug builds, `/dev/gallery`
//! shows each component in all its states.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod chart;
pub mod conduct;
pub mod editor;
pub mod empty;
pub mod error;
pub mod feeds;
pub mod field;
pub mod gauge;
pub mod load;
pub mod logo;
pub mod mark;
pub mod markdown;
pub mod notice;
pub mod overlay;
pub mod pairs;
pub mod picker;
pub mod plain;
pub mod seats;
pub mod sheet;
pub mod table;
pub mod tabs;
pub mod time;
pub mod title;
pub mod when;
pub mod zone_list;

pub use avatar::{Avatar, Size};
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonLink, Look};
pub use chart::{Bars, HeatMap, Lines, Series, SmallMultiples};
pub use conduct::conduct_note;
pub use editor::preview_button;
pub use empty::Empty;
pub use error::{ErrorPage, ErrorView, error_sentence, error_title};
pub use feeds::feeds;
pub use field::{Choice, Field, with_retired};
pub use gauge::{Meter, Progress};
pub use load::load;
pub use logo::{Hall, Logo, brand};
pub use mark::{DisciplineMark, Marks};
pub use markdown::{Markdown, MentioningMarkdown, Published};
pub use notice::{Notice, Toast};
pub use overlay::{Dialog, Popover};
pub use pairs::Pairs;
pub use picker::{Levels, Picker};
pub use plain::{Paragraphs, address_with, web_link};
pub use seats::{SeatPicture, Seats};
pub use sheet::Sheet;
pub use table::{Column, Table};
pub use tabs::{Crumbs, Pager, Tab, Tabs};
pub use time::{
    Reader, Shape, event_time, event_time_large, machine, start_time, time_of, zone_label, zone_of_reader,
};
pub use title::{Title, escape};
pub use when::WhenFields;
pub use zone_list::ZoneList;
