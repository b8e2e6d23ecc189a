//! What a run reads: everybody who signed up for a round, and what is known about pairs of them. Reading the same
//! rows gives the same input and the same digest on both databases.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use domain::{
    Instant, Zone,
    mentoring::{
        Calendar, DEFAULT_LIMIT, Exclusion, MAX_MISSED, MAX_PROPOSALS, Mentee, Mentor, PairFact, Person,
        PoolInput, RunOrder, SignUpRole, SignUpState, UnmatchedReason,
    },
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{
    digest::Fold,
    facts::{self, History, Pairs},
    packed::{self, Packed, Word},
    rounds::RoundRows,
    traits::{self, Traits},
};
use crate::{
    StoreError,
    entities::{member, mentoring_sign_up, mentoring_sign_up_topic, topic},
    mentoring::rows::rules,
};

/// Everything that a run reads.
pub(super) struct Input {
    /// The people and what is known about them, for scoring.
    pub(super) pool: PoolInput,
    /// The sign-up of each mentee of the pool, sorted.
    pub(super) mentees: Vec<Uuid>,
    /// The sign-up of each mentor of the pool, sorted.
    pub(super) mentors: Vec<Uuid>,
    /// Whether each mentee comes first.
    pub(super) first: Vec<bool>,
    /// Mentees who can't take part, and why.
    pub(super) aside: Vec<(Uuid, UnmatchedReason)>,
    /// Pairs of the last draft, or pending proposals, as indexes into the pool.
    pub(super) kept: Vec<(u32, u32)>,
    /// Pairs that coordinators pinned.
    pub(super) pins: Vec<(u32, u32)>,
    /// Pairs that coordinators forbade.
    pub(super) bans: Vec<(u32, u32)>,
    /// How many candidates everybody has.
    pub(super) limit: usize,
    /// Pairs that the check of an earlier draft added to the candidates. Sorted.
    pub(super) added: Vec<(u32, u32)>,
    /// The name of each topic of the pool.
    pub(super) topics: Vec<String>,
    pub(super) load: u32,
    pub(super) order: RunOrder,
    /// A digest of all of this.
    pub(super) digest: String,
}

/// The submitted sign-ups of a round, as a subquery.
pub(super) fn sign_up_ids(round: Uuid) -> SelectStatement {
    mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .into_query()
}

/// The members behind them, as a subquery.
pub(super) fn member_ids(round: Uuid) -> SelectStatement {
    mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::MemberId)
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .into_query()
}

/// What a run needs of a sign-up. A round can have 100,000 of them, so it reads no texts.
pub(super) struct SignUp {
    pub(super) id: Uuid,
    pub(super) member: Uuid,
    role: String,
    zone: String,
    availability: String,
    places: i32,
    missed_proposals: i32,
    paused_until: Option<NaiveDate>,
    is_first: bool,
    has_consented: bool,
    is_suspended: bool,
}

/// The submitted sign-ups of a round, sorted by their ids.
async fn sign_ups(db: &impl ConnectionTrait, round: Uuid) -> Result<Vec<SignUp>, StoreError> {
    let query = mentoring_sign_up::Entity::find()
        .inner_join(member::Entity)
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .into_query();
    let columns: [Word; 11] = [
        mentoring_sign_up::Column::Id.into(),
        mentoring_sign_up::Column::MemberId.into(),
        mentoring_sign_up::Column::Role.into(),
        mentoring_sign_up::Column::Zone.into(),
        mentoring_sign_up::Column::Availability.into(),
        mentoring_sign_up::Column::Places.into(),
        mentoring_sign_up::Column::MissedProposals.into(),
        mentoring_sign_up::Column::PausedUntil.into(),
        mentoring_sign_up::Column::IsFirst.into(),
        mentoring_sign_up::Column::ConsentedAt.into(),
        member::Column::Role.into(),
    ];
    let packed = Packed::read(db, query, columns).await?;
    let sign_up = |row: [&str; 11]| {
        let [id, member, role, zone, availability, places, missed, paused, first, consented, member_role] =
            row;
        Ok(SignUp {
            id: packed::id(id)?,
            member: packed::id(member)?,
            role: role.to_owned(),
            zone: zone.to_owned(),
            availability: availability.to_owned(),
            places: packed::number(places)?,
            missed_proposals: packed::number(missed)?,
            paused_until: (!paused.is_empty()).then(|| packed::date(paused)).transpose()?,
            is_first: packed::truth(first),
            has_consented: !consented.is_empty(),
            is_suspended: member_role == domain::Role::Suspended.name(),
        })
    };
    let mut rows: Vec<SignUp> = packed.rows().map(sign_up).collect::<Result<_, StoreError>>()?;
    rows.sort_unstable_by_key(|row| row.id);
    Ok(rows)
}

/// Reads a round for a run. `before` is the number of the run: kept pairs come from the draft before it.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    RoundRows { round, programme }: &RoundRows,
    order: RunOrder,
    before: i32,
    now: Instant,
) -> Result<Input, StoreError> {
    let rows = sign_ups(db, round.id).await?;
    let traits = traits::load(db, round, &rows).await?;
    let (topic_names, mut topics) = topics(db, round.id).await?;
    let history = facts::history(db, round).await?;
    let mut builder = Builder {
        today: now.date_naive(),
        starts_on: round.starts_on,
        traits: &traits,
        history: &history,
        order,
        mentees: Vec::new(),
        mentors: Vec::new(),
        first: Vec::new(),
        aside: Vec::new(),
        people: (Vec::new(), Vec::new()),
        zones: Vec::new(),
    };
    for row in rows {
        let chosen = topics.remove(&row.id).unwrap_or_default();
        builder.add(&row, chosen)?;
    }
    let Builder { mentees, mentors, first, aside, people, zones, .. } = builder;
    let index = Pairs::new(&mentees, &mentors, &people);
    let pairs = facts::load(db, round, programme.cool_down_rounds, order, before, &index, &history).await?;
    let mut input = Input {
        pool: PoolInput {
            rules: rules(programme)?,
            calendar: Calendar::new(round.starts_on, round.ends_on, zones),
            mentees: people.0,
            mentors: people.1,
            facts: pairs.facts,
        },
        mentees,
        mentors,
        first,
        aside,
        kept: pairs.kept,
        pins: pairs.pins,
        bans: pairs.bans,
        limit: DEFAULT_LIMIT,
        added: Vec::new(),
        topics: topic_names,
        load: u32::try_from(programme.load).unwrap_or(0),
        order,
        digest: String::new(),
    };
    input.digest = input.fold(&traits, [round.starts_on, round.ends_on]);
    Ok(input)
}

/// The topics of sign-ups: an index into the names, and the confidence of a mentor.
type Chosen = HashMap<Uuid, Vec<(u16, u8)>>;

/// The names of all topics by index, and for each sign-up its topics in their order.
async fn topics(db: &impl ConnectionTrait, round: Uuid) -> Result<(Vec<String>, Chosen), StoreError> {
    let all: Vec<(Uuid, String)> = topic::Entity::find()
        .select_only()
        .columns([topic::Column::Id, topic::Column::Name])
        .order_by_asc(topic::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let index: HashMap<Uuid, u16> = (0..).zip(&all).map(|(at, (id, _))| (*id, at)).collect();
    let query = mentoring_sign_up_topic::Entity::find()
        .filter(mentoring_sign_up_topic::Column::SignUpId.in_subquery(sign_up_ids(round)))
        .into_query();
    let columns = [
        mentoring_sign_up_topic::Column::SignUpId,
        mentoring_sign_up_topic::Column::Position,
        mentoring_sign_up_topic::Column::TopicId,
        mentoring_sign_up_topic::Column::Confidence,
    ];
    let mut found: HashMap<Uuid, Vec<(i32, u16, u8)>> = HashMap::new();
    for [sign_up, position, topic, confidence] in Packed::read(db, query, columns).await?.rows() {
        if let Some(at) = index.get(&packed::id(topic)?) {
            let confidence = u8::try_from(packed::number(confidence)?).unwrap_or(1);
            let topic = (packed::number(position)?, *at, confidence);
            found.entry(packed::id(sign_up)?).or_default().push(topic);
        }
    }
    let in_order = |mut topics: Vec<(i32, u16, u8)>| {
        topics.sort_unstable();
        topics.into_iter().map(|(_, at, confidence)| (at, confidence)).collect()
    };
    let chosen = found.into_iter().map(|(sign_up, topics)| (sign_up, in_order(topics))).collect();
    Ok((all.into_iter().map(|(_, name)| name).collect(), chosen))
}

/// Sorts sign-ups into the two sides of the pool.
struct Builder<'a> {
    today: NaiveDate,
    starts_on: NaiveDate,
    traits: &'a Traits,
    history: &'a History,
    order: RunOrder,
    mentees: Vec<Uuid>,
    mentors: Vec<Uuid>,
    first: Vec<bool>,
    aside: Vec<(Uuid, UnmatchedReason)>,
    people: (Vec<Mentee>, Vec<Mentor>),
    zones: Vec<Zone>,
}

impl Builder<'_> {
    fn add(&mut self, row: &SignUp, topics: Vec<(u16, u8)>) -> Result<(), StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("sign-up {}: unreadable {what}", row.id));
        let role: SignUpRole = row.role.parse().map_err(|()| corrupt("role"))?;
        let zone: Zone = row.zone.parse().map_err(|_| corrupt("zone"))?;
        let week = row.availability.parse().map_err(|()| corrupt("availability"))?;
        let person = self.traits.person(row, zone, week, self.out(row));
        let proposed = self.history.of(row.id);
        match role {
            SignUpRole::Mentee => {
                // A mentee with a mentor is no longer looking for one.
                if proposed.active > 0 {
                    return Ok(());
                }
                if topics.is_empty() || person.out.is_some() {
                    self.aside.push((row.id, UnmatchedReason::Out));
                    return Ok(());
                }
                if proposed.all >= MAX_PROPOSALS && proposed.pending == 0 {
                    let reason = UnmatchedReason::AskedEnough { proposals: proposed.all };
                    self.aside.push((row.id, reason));
                    return Ok(());
                }
                // When a round is matched again, nobody who was left out takes the place of a pending proposal.
                let is_kept = self.order == RunOrder::Kept && proposed.pending > 0;
                let is_first = row.is_first || self.history.left_out.contains(&row.member);
                self.first.push(is_first || is_kept);
                self.mentees.push(row.id);
                let topics = topics.into_iter().map(|(topic, _)| topic).take(domain::mentoring::MAX_ASKED);
                self.people.0.push(Mentee { person, topics: topics.collect() });
            }
            SignUpRole::Mentor => {
                let offered = u32::try_from(row.places).unwrap_or(0).saturating_sub(proposed.active);
                // Besides their places, mentors get a limited number of proposals too.
                let left = (u32::try_from(row.places).unwrap_or(0) + MAX_PROPOSALS)
                    .saturating_sub(proposed.all)
                    .saturating_add(proposed.pending);
                self.mentors.push(row.id);
                self.people.1.push(Mentor { person, topics, places: offered.min(left) });
            }
        }
        self.zones.push(zone);
        Ok(())
    }

    /// Why somebody can't be matched at all.
    fn out(&self, row: &SignUp) -> Option<Exclusion> {
        let is_missing = u32::try_from(row.missed_proposals).unwrap_or(0) >= MAX_MISSED;
        // A pause that ends before the round begins doesn't matter.
        let paused = row.paused_until.is_some_and(|until| until > self.today.max(self.starts_on));
        if paused || is_missing {
            Some(Exclusion::Paused)
        } else if row.is_suspended {
            Some(Exclusion::Suspended)
        } else {
            (!row.has_consented).then_some(Exclusion::NoConsent)
        }
    }
}

impl Input {
    /// Adds stored pairs to the candidates. Pairs of people who left are left out.
    pub(super) fn add(&mut self, added: Option<&str>) -> Result<(), StoreError> {
        let Some(added) = added else { return Ok(()) };
        let pairs: Vec<(Uuid, Uuid)> = serde_json::from_str(added)?;
        let at = |list: &[Uuid], id: Uuid| list.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok());
        let index = |(mentee, mentor)| Some((at(&self.mentees, mentee)?, at(&self.mentors, mentor)?));
        self.added = pairs.into_iter().filter_map(index).collect();
        self.added.sort_unstable();
        self.added.dedup();
        Ok(())
    }

    fn fold(&self, traits: &Traits, days: [NaiveDate; 2]) -> String {
        let mut fold = Fold::new();
        fold.text(&format!("{:?} {} {} {days:?}", self.pool.rules, self.load, self.order.name()));
        fold.number(self.mentees.len() as i128);
        for ((id, mentee), first) in self.mentees.iter().zip(&self.pool.mentees).zip(&self.first) {
            fold.bytes(id.as_bytes());
            fold.number(i128::from(*first));
            person(&mut fold, &mentee.person, traits);
            mentee.topics.iter().for_each(|topic| fold.number(i128::from(*topic)));
        }
        fold.number(self.mentors.len() as i128);
        for (id, mentor) in self.mentors.iter().zip(&self.pool.mentors) {
            fold.bytes(id.as_bytes());
            fold.number(i128::from(mentor.places));
            person(&mut fold, &mentor.person, traits);
            for (topic, confidence) in &mentor.topics {
                fold.number(i128::from(*topic) << 8 | i128::from(*confidence));
            }
        }
        for (id, reason) in &self.aside {
            fold.bytes(id.as_bytes());
            fold.text(reason.name());
        }
        let mut facts: Vec<&PairFact> = self.pool.facts.iter().collect();
        facts.sort_unstable();
        for fact in facts {
            fold.text(&format!("{fact:?}"));
        }
        for list in [&self.kept, &self.pins, &self.bans] {
            fold.number(list.len() as i128);
            for (mentee, mentor) in list {
                fold.number(i128::from(*mentee) << 32 | i128::from(*mentor));
            }
        }
        self.topics.iter().for_each(|topic| fold.text(topic));
        fold.finish()
    }

    /// The ids of the two sign-ups of a pair.
    pub(super) fn ids(&self, (mentee, mentor): (u32, u32)) -> (Uuid, Uuid) {
        (self.mentees[mentee as usize], self.mentors[mentor as usize])
    }
}

fn person(fold: &mut Fold, person: &Person, traits: &Traits) {
    fold.bytes(&person.member.to_le_bytes());
    fold.text(person.zone.name());
    fold.text(&person.week.to_string());
    fold.bytes(&person.languages.to_le_bytes());
    fold.text(person.seniority.map_or("", domain::members::Seniority::name));
    fold.bytes(&person.disciplines.to_le_bytes());
    fold.number(person.team.map_or(-1, i128::from));
    fold.bytes(&person.answers);
    fold.text(person.out.map_or("", Exclusion::name));
    // Not the position in the organisation, which changes with people who are not in the round.
    for manager in traits.managers_in_round(person.member) {
        fold.bytes(&manager.to_le_bytes());
    }
}

/// The members of some sign-ups, as numbers.
pub(super) fn numbers(ids: impl IntoIterator<Item = Uuid>) -> HashSet<u128> {
    ids.into_iter().map(|id| id.as_u128()).collect()
}

/// Numbers things in their order.
pub(super) fn numbered(ids: impl IntoIterator<Item = Uuid>) -> BTreeMap<Uuid, u32> {
    let mut sorted: Vec<Uuid> = ids.into_iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.into_iter().zip(0..).collect()
}
