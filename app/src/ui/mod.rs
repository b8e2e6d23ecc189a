//! The parts that pages are made of. None of them knows a feature.

pub mod error;
pub mod field;
pub mod load;
pub mod logo;
pub mod notice;
pub mod plain;
pub mod seats;
pub mod time;
pub mod title;

pub use error::{ErrorPage, ErrorView, error_title};
pub use field::{Field, Sheet, ZoneList};
pub use load::load;
pub use logo::{Hall, Logo};
pub use notice::Notice;
pub use plain::{Paragraphs, stripped, web_link};
pub use seats::{SeatPicture, Seats};
pub use time::{Reader, Shape, machine, zone_label};
pub use title::{Title, escape};
