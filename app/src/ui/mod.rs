//! The kit: the parts that pages are made of. None of them knows a feature. `/dev/gallery` of a debug build
//! shows each in every state.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod chart;
pub mod empty;
pub mod error;
pub mod field;
pub mod gauge;
pub mod load;
pub mod logo;
pub mod mark;
pub mod notice;
pub mod overlay;
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
pub use empty::Empty;
pub use error::{ErrorPage, ErrorView, error_title};
pub use field::{Choice, Field};
pub use gauge::{Meter, Progress};
pub use load::load;
pub use logo::{Hall, Logo};
pub use mark::{DisciplineMark, Marks};
pub use notice::{Notice, Toast};
pub use overlay::{Dialog, Popover};
pub use plain::{Paragraphs, stripped, web_link};
pub use seats::{SeatPicture, Seats};
pub use sheet::Sheet;
pub use table::{Column, Table};
pub use tabs::{Crumbs, Pager, Tab, Tabs};
pub use time::{Reader, Shape, machine, zone_label};
pub use title::{Title, escape};
pub use when::WhenFields;
pub use zone_list::ZoneList;
