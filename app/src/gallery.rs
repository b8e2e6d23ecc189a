//! The component gallery of debug builds: every component in every state, with sample data. Its texts are for
//! developers, so they are in English and not in the catalogue.

use domain::{
    Instant, Locale, Problem, Refusal, Slug, Zone,
    events::{EventTime, Venue},
    forms::{Draft, Fields},
    members::{Discipline, Mark},
};
use leptos::prelude::*;

use crate::{
    context::Visit,
    ui::{
        Avatar, Badge, Bars, Button, ButtonLink, Choice, Column, Crumbs, Dialog, Empty, Hall, HeatMap, Lines,
        Logo, Look, Marks, Meter, Pager, Paragraphs, Picker, Popover, Progress, SeatPicture, Seats, Series,
        Shape, Sheet, Size, SmallMultiples, Tab, Table, Tabs, Toast, Tone, WhenFields, event_time,
        start_time, time_of,
    },
};

/// The sections of the gallery: title and content.
#[must_use]
pub fn components(visit: &Visit) -> Vec<(&'static str, AnyView)> {
    vec![
        ("Type", typography()),
        ("Colours", colours()),
        ("Buttons and links", buttons()),
        ("Fields", fields()),
        ("Fields with problems", wrong_fields()),
        ("Choices", choices()),
        ("Picker", picker()),
        ("People and disciplines", people()),
        ("Badges", badges()),
        ("Seats", seats()),
        ("Times", times(visit)),
        ("Cards, lists, facts", cards()),
        ("Table", table()),
        ("Tabs, pages, breadcrumbs", navigation()),
        ("Notices, toast, empty state", notices()),
        ("Dialog and popover", overlays()),
        ("Progress and meter", gauges()),
        ("Charts", charts()),
    ]
}

/// The seven default disciplines.
fn disciplines() -> Vec<Discipline> {
    let names = [
        "Developer",
        "Quality assurance",
        "Operations",
        "Security",
        "Project management",
        "Product management",
        "Design",
    ];
    names
        .into_iter()
        .zip(Mark::ALL)
        .filter_map(|(name, mark)| {
            let slug = Slug::parse(&name.to_lowercase().replace(' ', "-"))?;
            Some(Discipline { slug, name: name.to_owned(), mark: *mark })
        })
        .collect()
}

fn typography() -> AnyView {
    let text = "A line has at most 68 characters, so that it is easy to read.\n\n\
                An empty line starts a new paragraph.\nA line break stays a line break.";
    view! {
        <p class="eyebrow">"Eyebrow"</p>
        <h1>"Heading of a page"</h1>
        <p class="lead">"The lead says what the page is for."</p>
        <h2>"Heading of a section"</h2>
        <h3>"Heading of a subsection"</h3>
        <Paragraphs text />
        <p class="help">"Help text is small and less prominent."</p>
        <p><a href="#x">"A link"</a> " in a sentence, " <strong>"something strong"</strong> ", and figures " <span class="figure">"1,204"</span> "."</p>
        <p class="row"><Logo /> <Hall /></p>
    }
    .into_any()
}

fn colours() -> AnyView {
    let names = [
        "paper",
        "paper-raised",
        "paper-sunk",
        "ink",
        "ink-soft",
        "line",
        "line-strong",
        "link",
        "brass",
        "brass-ink",
        "brass-wash",
        "good",
        "good-wash",
        "bad",
        "bad-wash",
        "action",
        "focus",
        "night",
        "lamp",
    ];
    let swatches = names.map(|name| view! { <li><span class=format!("swatch of-{name}")></span>{name}</li> });
    view! { <ul class="swatches" role="list">{swatches.into_iter().collect_view()}</ul> }.into_any()
}

fn buttons() -> AnyView {
    let looks = [
        (Look::Main, "Take a seat"),
        (Look::Plain, "Edit"),
        (Look::Danger, "Cancel event"),
        (Look::Quiet, "Sign out"),
    ];
    let row = |small: bool, disabled: bool| {
        let buttons = looks.map(|(look, text)| view! { <Button look small disabled>{text}</Button> });
        view! { <p class="row">{buttons.into_iter().collect_view()}</p> }
    };
    view! {
        {row(false, false)}
        {row(true, false)}
        {row(false, true)}
        <p class="row">
            <ButtonLink href="#x">"A link that looks like a button"</ButtonLink>
            <ButtonLink href="#x" look=Look::Plain small=true>"A small button"</ButtonLink>
        </p>
    }
    .into_any()
}

fn typed() -> Fields {
    [
        ("title", "Threat modelling with a pencil"),
        ("kind", "workshop"),
        ("description", "Bring one diagram.\nIt may be wrong."),
        ("date", "2026-11-25"),
        ("time", "18:00"),
        ("zone", "Europe/Stockholm"),
        ("capacity", "8"),
        ("disciplines", "security design"),
        ("place", "online"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into()
}

fn some_fields(sheet: &Sheet) -> AnyView {
    let kinds = ["talk", "demo", "workshop"].map(|kind| (kind.to_owned(), kind.to_owned())).into();
    view! {
        <form method="post" action="#x">
            {sheet.summary()}
            {sheet.field("title", "field-title").needed().max(120).input("text")}
            {sheet.field("kind", "field-kind").needed().select(kinds)}
            {sheet.field("description", "field-description").help("help-description").area(4)}
            {sheet.field("capacity", "field-capacity").help("help-capacity").range(1, 100).input("number")}
            <WhenFields sheet=sheet.clone() />
        </form>
    }
    .into_any()
}

fn fields() -> AnyView {
    some_fields(&Sheet::filled(typed(), Locale::En))
}

fn wrong_fields() -> AnyView {
    let problem = |field: &str, why| Problem { field: field.to_owned(), why };
    let problems = vec![
        problem("title", Refusal::Missing),
        problem("description", Refusal::TooLong { max: 20 }),
        problem("capacity", Refusal::BadNumber { min: 1, max: 100 }),
    ];
    let mut fields = typed();
    fields.remove("title");
    fields.insert("capacity".to_owned(), "many".to_owned());
    some_fields(&Sheet::new(Draft { fields, problems }, Locale::En))
}

fn choices() -> AnyView {
    let sheet = Sheet::filled(typed(), Locale::En);
    let categories = vec![Choice::new("online", "Online"), Choice::new("site", "In person")];
    view! {
        <form method="post" action="#x">
            {sheet.field("disciplines", "field-disciplines").help("help-disciplines").checks(disciplines().into_iter().map(Choice::from).collect())}
            {sheet.field("place", "field-place").needed().radios(categories)}
        </form>
    }
    .into_any()
}

fn picker() -> AnyView {
    let people = [
        "Ada Okonkwo",
        "Grace Lindqvist",
        "Ravi Menon",
        "Mei Tanaka",
        "Tomás Herrera",
        "Inês Carvalho",
        "Kofi Mensah",
    ];
    let people =
        people.iter().map(|name| Choice::new(name.to_lowercase().replace(' ', "-"), *name)).collect();
    view! {
        <form method="post" action="#x">
            <Picker name="people" label="field-name" chosen="grace-lindqvist kofi-mensah".to_owned() choices=people />
        </form>
    }
    .into_any()
}

fn people() -> AnyView {
    let names = [
        "Ada Okonkwo",
        "Grace Lindqvist",
        "Ravi Menon",
        "Mei Tanaka",
        "Liam O’Rourke",
        "Noor",
        "Zoë Ångström",
    ];
    let faces = |size: Size| {
        let faces = names.map(|name| view! { <Avatar name size /> });
        view! { <p class="row">{faces.into_iter().collect_view()}</p> }
    };
    view! {
        {faces(Size::Small)}
        {faces(Size::Middle)}
        {faces(Size::Big)}
        <Marks disciplines=disciplines() />
        <ul class="people" role="list">
            <li>
                <Avatar name="Ada Okonkwo" />
                <div>
                    <strong>"Ada Okonkwo"</strong>
                    <Marks disciplines=disciplines().into_iter().take(2).collect() />
                    <p class="help">"Reads logs for a living"</p>
                </div>
            </li>
        </ul>
    }
    .into_any()
}

fn badges() -> AnyView {
    view! {
        <p class="row">
            <Badge>"Full"</Badge>
            <Badge tone=Tone::Brass>"You have a seat"</Badge>
            <Badge tone=Tone::Good>"Happening now"</Badge>
            <Badge tone=Tone::Bad>"Cancelled"</Badge>
            <Badge tone=Tone::Draft>"Draft"</Badge>
        </p>
    }
    .into_any()
}

fn seats() -> AnyView {
    let states = [
        ("Free", Seats { capacity: 8, going: 3, waiting: 0, mine: 0 }),
        ("Yours, with a guest", Seats { capacity: 20, going: 12, waiting: 0, mine: 2 }),
        ("Full, four on the waitlist", Seats { capacity: 12, going: 12, waiting: 4, mine: 0 }),
        ("Over capacity by two", Seats { capacity: 8, going: 10, waiting: 1, mine: 1 }),
        ("A big room", Seats { capacity: 120, going: 64, waiting: 0, mine: 1 }),
        ("A big room, full", Seats { capacity: 120, going: 120, waiting: 9, mine: 0 }),
    ];
    let pictures = states.map(|(name, seats)| {
        view! { <li class="panel"><h3>{name}</h3><SeatPicture seats label=name.to_owned() /></li> }
    });
    view! { <ul class="grid" role="list">{pictures.into_iter().collect_view()}</ul> }.into_any()
}

fn times(visit: &Visit) -> AnyView {
    let starts: Instant = "2026-11-24T18:00:00Z".parse().unwrap_or_default();
    let ends = starts + chrono::Duration::minutes(90);
    let zone: Zone = "Asia/Tokyo".parse().unwrap_or(Zone::UTC);
    let rows = [Venue::InPerson, Venue::Online, Venue::Hybrid].map(|venue| {
        let time = EventTime { venue, zone, starts, ends };
        view! { <li>{event_time(visit, time, Shape::DateTime)} {start_time(visit, time)}</li> }
    });
    let shapes = [
        Shape::FullDate,
        Shape::DateTimeYear,
        Shape::DateTime,
        Shape::ShortDate,
        Shape::WeekdayTime,
        Shape::Time,
    ];
    let shapes = shapes.map(|shape| view! { <li>{time_of(starts, zone, shape)}</li> });
    view! {
        <ul>{rows.into_iter().collect_view()}</ul>
        <ul>{shapes.into_iter().collect_view()}</ul>
        <p class="help">{format!("Yours: {}", visit.zone.name())}</p>
    }
    .into_any()
}

fn cards() -> AnyView {
    view! {
        <ul class="grid" role="list">
            <li><article class="panel"><p class="eyebrow">"Chapter"</p><h3>"London"</h3><p>"Meets on the first Tuesday."</p></article></li>
            <li><article class="panel"><p class="eyebrow">"Working group"</p><h3>"Supply chain"</h3><p>"Checks the software we depend on."</p></article></li>
        </ul>
        <ul class="rows" role="list">
            <li><span>"Firefox on Linux"</span><Button look=Look::Plain small=true>"Sign out"</Button></li>
            <li><span>"Safari on a phone"</span><Badge tone=Tone::Good>"This device"</Badge></li>
        </ul>
        <dl class="facts"><dt>"When"</dt><dd>"Tue 24 Nov, 18:00"</dd><dt>"Where"</dt><dd>"Studio 3, Götgatan 14"</dd></dl>
    }
    .into_any()
}

fn table() -> AnyView {
    let columns = vec![
        Column::text("Event"),
        Column::number("Seats"),
        Column::number("Waitlist"),
        Column::text("Status"),
    ];
    let rows = [
        ("Threat modelling", "8", "3", "full"),
        ("Guild supper", "24", "0", "open"),
        ("Release trains", "0", "0", "cancelled"),
    ];
    let rows = rows
        .map(|(name, seats, waiting, state)| [name, seats, waiting, state].map(IntoAny::into_any).into())
        .into();
    view! { <Table caption="Events this month".to_owned() columns rows /> }.into_any()
}

fn navigation() -> AnyView {
    let tab = |text: &'static str, current| Tab { href: "#x".to_owned(), text: text.into_any(), current };
    let tabs = vec![tab("Upcoming", true), tab("Month", false), tab("Week", false), tab("Past", false)];
    let above = vec![("/".to_owned(), "Home".to_owned()), ("/events".to_owned(), "Events".to_owned())];
    view! {
        <Crumbs above />
        <Tabs label="Event views".to_owned() tabs />
        <Pager before=Some("#x".to_owned()) after=Some("#x".to_owned()) />
    }
    .into_any()
}

fn notices() -> AnyView {
    view! {
        <div class="notice"><p>"This is a draft. Only its hosts and admins can see it."</p></div>
        <div class="notice good"><p>"Seat confirmed. We’ve emailed you a calendar invitation."</p></div>
        <div class="notice bad"><p><strong>"This event is cancelled."</strong></p><p>"The speaker is ill."</p></div>
        <Toast text="You gave up your seat.".to_owned()><a href="#x">"Undo"</a></Toast>
        <Empty title="No upcoming events".to_owned() text="Create the first event. It stays a draft until you publish it.".to_owned()>
            <ButtonLink href="#x">"Create event"</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn overlays() -> AnyView {
    view! {
        <p class="row">
            "Each guest takes a seat. "
            <Popover id="sample-popover" label="What are guests?".to_owned()><p>"People you bring along. Each guest takes a seat."</p></Popover>
        </p>
        <Dialog id="sample-dialog" title="Leave group?".to_owned() open="Leave".to_owned()>
            <p>"You’ll give up your seats at its events."</p>
            <p class="row"><Button look=Look::Danger>"Leave group"</Button></p>
        </Dialog>
    }
    .into_any()
}

fn gauges() -> AnyView {
    view! {
        <Progress label="Emails sent".to_owned() done=Some(30) of=100 />
        <Progress label="Sending emails".to_owned() done=None of=1 />
        <Meter label="7 of 8 seats taken".to_owned() used=7 of=8 />
        <Meter label="10 of 8 seats taken".to_owned() used=10 of=8 />
        <Meter label="No seats taken".to_owned() used=0 of=8 />
    }
    .into_any()
}

fn charts() -> AnyView {
    let months: Vec<String> = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"].map(String::from).into();
    let series = |name: &str, figures: &[f64]| Series { name: name.to_owned(), figures: figures.to_vec() };
    let stages: Vec<String> =
        ["Plan", "Code", "Build", "Test", "Release", "Deploy", "Operate", "Observe"].map(String::from).into();
    let coverage = disciplines().into_iter().zip(1_u32..).map(|(discipline, n)| {
        let figures = (1_u32..=8).map(|stage| f64::from((n * stage * 7) % 11));
        Series { name: discipline.name, figures: figures.collect() }
    });
    let coverage: Vec<Series> = coverage.collect();
    let seats = [12.0, 30.0, 18.0, 44.0, 51.0, 63.0];
    let waiting = [0.0, 4.0, 2.0, 9.0, 14.0, 11.0];
    view! {
        <div class="grid">
            <Bars title="Seats taken by month".to_owned() categories=months.clone() series=series("Seats", &seats) />
            <Lines title="Seats and waitlist".to_owned() categories=months.clone() series=vec![series("Seats", &seats), series("Waiting", &waiting)] />
        </div>
        <HeatMap title="Sessions by discipline and stage".to_owned() categories=stages series=coverage.clone() />
        <SmallMultiples title="Sessions by discipline".to_owned() categories=months series=coverage />
        <Bars title="Nothing yet".to_owned() categories=Vec::new() series=series("Seats", &[]) />
    }
    .into_any()
}
