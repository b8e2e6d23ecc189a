//! Events: reading, creating and changing them, and their RSVPs.

mod attendees;
mod badges;
mod change;
mod cohost_people;
mod cohosting;
mod covers;
mod dates;
mod drafts;
mod due;
mod faces;
mod host;
mod host_message;
mod hosting;
mod list;
mod locked;
pub(crate) mod moved;
mod moving;
mod no_show;
pub(crate) mod notices;
mod notify;
mod people;
pub(crate) mod promoted_dates;
pub(crate) mod question_news;
mod questions;
mod read;
mod registrations;
mod release;
pub(crate) mod reminders;
mod removal;
mod requests;
mod rows;
mod search_text;
mod seats;
pub(crate) mod series_news;
mod standing;
mod subjects;
mod template;
mod unreachable;
mod visibility;
mod workshops;

pub use attendees::{Attendee, Attendees, attendees, set_listed};
pub use badges::{Badge, BadgeRole, MAX_BADGES, badges};
pub use change::{Edited, Published, cancel, create, edit, publish, reinstate};
pub use cohost_people::{
    CohostPeople, CohostPerson, CohostToDo, answer_cohost_invitation, cohost_invitations, cohost_people,
    cohosts_to_manage, invite_cohost_person, remove_cohost_person,
};
pub use covers::{CoverFiles, copy_cover, cover, may_save_cover, remove_cover, save_cover};
pub use drafts::delete_draft;
pub use faces::Face;
pub use host::{approve, decline_request, move_back};
pub use host_message::{MessageTo, message_to, send_message};
pub use hosting::{HostedDraft, HostedEvent, Hosting, SeatRequest, hosting};
pub use list::{
    EventCard, Filter, MY_SEATS, OwnWorkshop, Place, Span, list, my_seats, seats_in_private_group,
};
pub use moving::{MoveTo, MovedPeople, OtherDate, move_on_waitlist, move_people};
pub use no_show::set_no_show;
pub use people::{
    AttendeeRsvp, Over, People, PeopleExport, PeopleFilter, SeatCard, export_people, people, seat_card,
};
pub use question_news::{Unanswered, unanswered};
pub use questions::{
    Answer, OwnAnswers, change_question, copy_from as copy_questions_from, own_answers, questions_to_edit,
    save_question,
};
pub(crate) use questions::{SameQuestions, needs_answers};
pub use read::{EventPage, SeatCount, page, seats};
pub use registrations::Registration;
pub use removal::{Approved, approve_selected, remove_person};
pub use seats::{
    ByLink, Declined, accept_fewer, also_online, answer, by_link, claim, decline, leave, rsvp,
    rsvp_with_answers,
};
pub use subjects::{About, SubjectList, set_subjects};
pub use template::{last, to_copy};
pub use unreachable::unreachable;
pub use workshops::{Workshop, swap_workshop, workshop, workshop_session};

pub(crate) use change::{apply, cancel_locked, create_in, edit_in, insert, may_move, set_series_changed};
pub use cohosting::{
    Cohost, CohostedEvent, answer_cohosting, cohosted_events, cohosts_of, end_cohosting, invite_cohost,
};

pub(crate) use cohosting::{end_all_cohosting, end_private_cohosting};
pub(crate) use dates::{event_with_group, insert_date, opens_at};
pub(crate) use due::{OFFERS, due_offers, run_offers};
pub(crate) use hosting::hosted_upcoming;
pub(crate) use list::cards;
pub(crate) use notices::notice_kinds;
pub(crate) use notify::{facts, facts_for_all};
pub(crate) use read::{seen, visible_id};
pub(crate) use registrations::{Registered, confirm, name_of, register, title_of};
pub(crate) use release::{events_with_rsvp, give_up_for, recount, release};
pub(crate) use rows::{
    EventRow, WorkshopSlot, event_from_row, find, lock, locked, rsvp_from_row, seated, takes_part, tallies,
};
pub(crate) use search_text::each_word_in;
pub(crate) use standing::{StandingSeat, take_standing};
pub(crate) use subjects::{about_each, subject_lists};
pub(crate) use visibility::{any_seen_by, edit_permit, readers, relation, seen_by, visible};
pub(crate) use workshops::{cancel_workshop, move_workshop, remove_workshop, set_workshop, workshops_of};
