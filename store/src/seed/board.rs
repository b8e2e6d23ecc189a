//! The demo's agenda board: a released agenda, a draft that changes it, a conflict, and sessions that wait for a slot.

use chrono::Duration;
use domain::{
    Slug,
    board::{NewSession, Slot},
    sessions::{QuestionChange, QuestionsOpen},
};
use uuid::Uuid;

use super::{People, actor_of};
use crate::{Store, StoreError, events, schedule, sessions};

/// Plans the agenda of the day in Accra.
pub(super) async fn add_board(store: &Store, actors: &People) -> Result<(), StoreError> {
    let then = store.at(store.now() - Duration::days(2));
    let ada = actor_of(actors, "ada")?;
    let event = Slug::of_title("Guild day in Accra: built to be mended", "event");
    for (name, capacity) in [("Hall", 120), ("Quiet room", 12)] {
        schedule::add_room(&then, &ada, &event, name, Some(capacity)).await?;
    }
    let loaded = schedule::board(&then, &ada, &event).await?;
    let slot = |room: usize, minute: i64| {
        let room = loaded.board.rooms.get(room)?;
        Some(Slot::at(room.id, loaded.event.starts_at, minute))
    };
    let mut ids = Vec::new();
    for (title, speakers, minutes, at) in [
        ("Paper tickets when the line is down", "Kofi Mensah", 45, slot(0, 0)),
        ("Apps that expect the tunnel", "Wanjiru Kamau", 45, slot(0, 75)),
        ("The fraud rule that explained itself", "Ọláyinká Adébísí", 45, slot(0, 150)),
        ("Workshop: restore from tape, by stopwatch", "Ondřej Jeřábek", 60, slot(0, 240)),
        ("Workshop: interview questions for beginners", "Beatriz Conceição", 60, slot(1, 270)),
        ("Workshop: an incident, with chalk on the floor", "Thandeka Sibanyoni", 60, slot(0, 415)),
    ] {
        let new = NewSession {
            title: title.to_owned(),
            speakers: speakers.split(", ").map(str::to_owned).collect(),
            minutes,
            text: String::new(),
        };
        let id = schedule::add_session(&then, &ada, &event, &new, "").await?;
        schedule::place(&then, &ada, &event, id, 0, at, minutes).await?;
        ids.push((id, minutes));
    }
    let seen = schedule::board(&then, &ada, &event).await?.revision;
    schedule::release(&then, &ada, &event, seen, "The first version, with all six sessions.").await?;
    // Mei saved two workshops that overlap.
    for (who, saved) in [("mei", &[0, 3, 4, 5][..]), ("kofi", &[1, 2]), ("sofia", &[3])] {
        let member = actor_of(actors, who)?;
        for (id, _) in saved.iter().filter_map(|at| ids.get(*at)) {
            schedule::save_session(&then, &member, &event, *id, true).await?;
        }
    }
    add_workshops(&then, actors, &event, &ids).await?;
    // The draft of the next version: one talk starts before the one before it ends.
    let board = schedule::board(&then, &ada, &event).await?.board;
    let moved = ids.get(1).and_then(|(id, _)| board.sessions.iter().find(|session| session.id == *id));
    if let Some(moved) = moved {
        schedule::place(&then, &ada, &event, moved.id, moved.revision, slot(0, 40), 45).await?;
    }
    add_first_session(&then, actors, &event, ids.first().map(|(id, _)| *id)).await?;
    for (title, speaker) in [("Lightning talks", ""), ("Ask me about ferries", "Kofi Mensah")] {
        let speakers = Some(speaker.to_owned()).filter(|name| !name.is_empty()).into_iter().collect();
        let new = NewSession { title: title.to_owned(), speakers, minutes: 45, text: String::new() };
        schedule::add_session(&then, &ada, &event, &new, "").await?;
    }
    Ok(())
}

/// Two workshops at the same time have seats of their own. One is full.
async fn add_workshops(
    store: &Store,
    actors: &People,
    event: &Slug,
    agenda: &[(Uuid, u32)],
) -> Result<(), StoreError> {
    let ada = actor_of(actors, "ada")?;
    for (at, seats, people) in [(3, 12, &["mei", "grace", "ravi"][..]), (4, 2, &["sofia", "hannah", "ines"])]
    {
        let Some((session, _)) = agenda.get(at) else { continue };
        sessions::set_seats(store, &ada, event, *session, Some(seats)).await?;
        let Some(id) = schedule::session(store, &ada, event, *session).await?.item.workshop else { continue };
        let workshop = events::workshop(store, &ada, id).await?.page.event.slug;
        for person in people {
            events::rsvp(store, &actor_of(actors, person)?, &workshop, 0).await?;
        }
    }
    Ok(())
}

/// The first session has a confirmed speaker, slides, a recording, and questions that are open already.
async fn add_first_session(
    store: &Store,
    actors: &People,
    event: &Slug,
    session: Option<Uuid>,
) -> Result<(), StoreError> {
    let Some(id) = session else { return Ok(()) };
    let [ada, kofi, mei, grace] = ["ada", "kofi", "mei", "grace"].map(|key| actor_of(actors, key));
    let (ada, kofi, mei, grace) = (ada?, kofi?, mei?, grace?);
    let speakers = schedule::session(store, &ada, event, id).await?.speakers;
    let Some(speaker) = speakers.first() else { return Ok(()) };
    schedule::propose_speaker(store, &ada, event, id, speaker.id, "kofi-mensah").await?;
    schedule::answer_speaker(store, &kofi, event, speaker.id, true).await?;
    sessions::add_slides(store, &kofi, event, id, "Paper tickets.pdf", SLIDES.as_bytes().to_vec()).await?;
    sessions::set_open(store, &kofi, event, id, QuestionsOpen::Always, false).await?;
    let question = "What happens when the two lists don’t agree in the evening?";
    let first = sessions::ask(store, &mei, event, id, question, "").await?;
    let question = "Did you ever think of giving up the paper?";
    let second = sessions::ask(store, &grace, event, id, question, "").await?;
    let question = "How long does the line stay down?";
    let third = sessions::ask(store, &mei, event, id, question, "").await?;
    for actor in [&ada, &grace, &kofi] {
        sessions::vote(store, actor, event, id, first, true).await?;
    }
    sessions::vote(store, &mei, event, id, second, true).await?;
    sessions::change_question(store, &kofi, event, id, third, QuestionChange::Answer).await
}

/// A page with one line.
const SLIDES: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 480 270]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
4 0 obj <</Length 63>> stream
BT /F1 24 Tf 40 130 Td (Paper tickets when the line is down) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
";
