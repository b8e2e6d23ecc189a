//! The page router. Its paths must match `crate::routes`; a test compares them.

use leptos::{hydration::HydrationScripts, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    admin::pages::{
        AuditPage, InvitationsPage, JobsPage, KudosReviewPage, ListPage, ListsPage, MembersPage, OutboxPage,
        OverviewPage, PersonPage, ReportPage, ReportsPage, RequestsPage, SelectedPage, SettingsPage,
        TextPage,
    },
    board::{
        page::AgendaBoardPage,
        release::ReleasePreviewPage,
        releases::{ReleasePage, ReleasesPage},
        rooms::BoardRoomsPage,
        session::{BoardSessionPage, NewSessionPage},
    },
    circles::{form::NewCirclePage, list::CirclesPage, page::CirclePage},
    community::pages::{ConductPage, PrivacyPage},
    context::visit,
    data::pages::DataPage,
    demands::{
        board::DemandsPage,
        form::{EditDemandPage, NewDemandPage},
        page::DemandPage,
    },
    emails::{announcements::EmailAttendeesPage, preferences::EmailPreferencesPage},
    error::AppError,
    events::pages::{
        AnswersPage, AttendeesPage, CancelPage, CohostsPage, DatesPage, DeleteDraftPage, EditPage,
        EndSeriesPage, EventPage, EventsPage, MessagePage, MyAgendaPage, NewPage, PeoplePage,
        QuestionsDatesPage, QuestionsPage as EventQuestionsPage, RepeatPage, SeriesPage, SessionPage,
    },
    groups::pages::{
        EditGroupPage, GroupMembersPage, GroupPage, GroupsPage, InvitationPage, LeaveGroupPage, NewGroupPage,
    },
    hellos::pages::{HelloPage, SayHelloPage},
    home::HomePage,
    kudos::{
        give::GivePage,
        mine::MyKudosPage,
        page::{EditKudosPage, KudosPage},
        shuffle::ShufflePage,
        unthanked::UnthankedPage,
        wall::WallPage,
    },
    layout::{document, has_islands},
    members::{
        address_page::AddressPage,
        calendar_feed::CalendarFeedPage,
        directory::DirectoryPage,
        invitation_pages::RequestInvitationPage,
        member::MemberPage,
        pages::{SessionsPage, WelcomePage},
        profile::{AccountTab, PrivacyTab, ProfilePage, TopicsTab},
        sign_in_pages::{CodePage, SetupPage, SignInPage},
    },
    mentoring::{
        board::BoardPage,
        dashboard::DashboardPage,
        emails::RoundEmailsPage,
        front::MentoringPage,
        import::ImportPage,
        programme::ProgrammePage,
        programme_form::{EditProgrammePage, NewProgrammePage},
        proposal::{ProposalPage, ResumePage},
        round::RoundPage,
        round_form::{EditRoundPage, NewRoundPage},
        runs::RunsPage,
        shown::ShownSignUpPage,
        sign_up::{SignUpPage, SignUpStepPage},
    },
    mentorships::{
        finish::{EndPage, FeedbackPage},
        forms::{AgreementPage, GoalPage},
        measures::{MeasurePage, NewMeasurePage},
        meet::MeetPage,
        messages::MessagesPage,
        page::MentorshipPage,
        pairs::PairsPage,
        programme::{GuidePage, RoundReportPage},
        requests::{AskMentorPage, RequestPage},
        reverse::ReversePage,
    },
    notifications::page::NotificationsPage,
    proposals::{
        call::CallPage,
        call_form::{EditCallPage, NewCallPage},
        form::{EditProposalPage, NewProposalPage},
        list::ProposalsPage,
        manage::ManageCallPage,
        review::ReviewQueuePage,
        submission::SubmissionPage,
    },
    questions::{ask::AskQuestionPage, page::QuestionPage, queue::QuestionsPage},
    reports::pages::{MyReportsPage, NewReportPage},
    search::pages::SearchPage,
    speed_rounds::{
        form::{EditSpeedRoundPage, NewSpeedRoundPage},
        list::SpeedRoundsPage,
        page::SpeedRoundPage,
        plan::SpeedPlanPage,
    },
    teams::pages::{TeamEditPage, TeamNewPage, TeamPage, TeamsPage},
    tokens::page::TokensPage,
    ui::{ErrorPage, Notice},
};

/// The document of a page of [`App`].
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    if let Some(shared) = Owner::current_shared_context() {
        // Only islands are hydrated, so nothing else needs numbers or serialised data.
        shared.set_is_hydrating(false);
    }
    let visit = visit();
    let scripts =
        has_islands(visit.path()).then(|| view! { <HydrationScripts options=options islands=true /> });
    let head = view! { <MetaTags />{scripts} }.into_any();
    document(&visit, head, view! { <Notice /><App /> }.into_any())
}

/// All pages. Each is rendered completely before its first byte is sent, because it has to work without
/// scripts.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <ErrorPage error=AppError::NotFound /> }>
                <Route ssr=SsrMode::Async path=path!("/") view=HomePage />
                <Route ssr=SsrMode::Async path=path!("/events") view=EventsPage />
                <Route ssr=SsrMode::Async path=path!("/events/new") view=NewPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug") view=EventPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/edit") view=EditPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/questions") view=EventQuestionsPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/questions/dates") view=QuestionsDatesPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/answers") view=AnswersPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/attendees") view=AttendeesPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/sessions/:id") view=SessionPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/agenda/mine") view=MyAgendaPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/board") view=AgendaBoardPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/board/new") view=NewSessionPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/board/rooms") view=BoardRoomsPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/board/release") view=ReleasePreviewPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/board/sessions/:id") view=BoardSessionPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/releases") view=ReleasesPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/releases/:number") view=ReleasePage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/cancel") view=CancelPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/delete") view=DeleteDraftPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/cohosts") view=CohostsPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/repeat") view=RepeatPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/dates") view=DatesPage />
                <Route ssr=SsrMode::Async path=path!("/series/:slug") view=SeriesPage />
                <Route ssr=SsrMode::Async path=path!("/series/:slug/end") view=EndSeriesPage />
                <Route ssr=SsrMode::Async path=path!("/groups") view=GroupsPage />
                <Route ssr=SsrMode::Async path=path!("/groups/new") view=NewGroupPage />
                <Route ssr=SsrMode::Async path=path!("/groups/:slug") view=GroupPage />
                <Route ssr=SsrMode::Async path=path!("/groups/:slug/edit") view=EditGroupPage />
                <Route ssr=SsrMode::Async path=path!("/groups/:slug/members") view=GroupMembersPage />
                <Route ssr=SsrMode::Async path=path!("/groups/:slug/leave") view=LeaveGroupPage />
                <Route ssr=SsrMode::Async path=path!("/groups/:slug/invitation") view=InvitationPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/people") view=PeoplePage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/people/:id") view=MessagePage />
                <Route ssr=SsrMode::Async path=path!("/sign-in") view=SignInPage />
                <Route ssr=SsrMode::Async path=path!("/sign-in/code") view=CodePage />
                <Route ssr=SsrMode::Async path=path!("/request-invitation") view=RequestInvitationPage />
                <Route ssr=SsrMode::Async path=path!("/setup") view=SetupPage />
                <Route ssr=SsrMode::Async path=path!("/welcome") view=WelcomePage />
                <Route ssr=SsrMode::Async path=path!("/conduct") view=ConductPage />
                <Route ssr=SsrMode::Async path=path!("/privacy") view=PrivacyPage />
                <Route ssr=SsrMode::Async path=path!("/profile") view=ProfilePage />
                <Route ssr=SsrMode::Async path=path!("/profile/topics") view=TopicsTab />
                <Route ssr=SsrMode::Async path=path!("/profile/privacy") view=PrivacyTab />
                <Route ssr=SsrMode::Async path=path!("/profile/account") view=AccountTab />
                <Route ssr=SsrMode::Async path=path!("/profile/address") view=AddressPage />
                <Route ssr=SsrMode::Async path=path!("/profile/emails") view=EmailPreferencesPage />
                <Route ssr=SsrMode::Async path=path!("/notifications") view=NotificationsPage />
                <Route ssr=SsrMode::Async path=path!("/events/:slug/emails") view=EmailAttendeesPage />
                <Route ssr=SsrMode::Async path=path!("/profile/devices") view=SessionsPage />
                <Route ssr=SsrMode::Async path=path!("/members") view=DirectoryPage />
                <Route ssr=SsrMode::Async path=path!("/members/:slug") view=MemberPage />
                <Route ssr=SsrMode::Async path=path!("/members/:slug/hello") view=SayHelloPage />
                <Route ssr=SsrMode::Async path=path!("/hellos/:id") view=HelloPage />
                <Route ssr=SsrMode::Async path=path!("/teams") view=TeamsPage />
                <Route ssr=SsrMode::Async path=path!("/teams/new") view=TeamNewPage />
                <Route ssr=SsrMode::Async path=path!("/teams/:slug") view=TeamPage />
                <Route ssr=SsrMode::Async path=path!("/teams/:slug/edit") view=TeamEditPage />
                <Route ssr=SsrMode::Async path=path!("/search") view=SearchPage />
                <Route ssr=SsrMode::Async path=path!("/kudos") view=WallPage />
                <Route ssr=SsrMode::Async path=path!("/kudos/new") view=GivePage />
                <Route ssr=SsrMode::Async path=path!("/kudos/mine") view=MyKudosPage />
                <Route ssr=SsrMode::Async path=path!("/kudos/unthanked") view=UnthankedPage />
                <Route ssr=SsrMode::Async path=path!("/kudos/shuffle") view=ShufflePage />
                <Route ssr=SsrMode::Async path=path!("/kudos/:id") view=KudosPage />
                <Route ssr=SsrMode::Async path=path!("/kudos/:id/edit") view=EditKudosPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring") view=MentoringPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/new") view=NewProgrammePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug") view=ProgrammePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug/edit") view=EditProgrammePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug/rounds/new") view=NewRoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug") view=RoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/edit") view=EditRoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/sign-ups") view=DashboardPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/emails") view=RoundEmailsPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/import") view=ImportPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/sign-ups/:id") view=ShownSignUpPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/sign-up/:role") view=SignUpPage />
                <Route
                    ssr=SsrMode::Async
                    path=path!("/mentoring/rounds/:slug/sign-up/:role/:step")
                    view=SignUpStepPage
                />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/runs") view=RunsPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/runs/:number") view=BoardPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/proposals/:id") view=ProposalPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/resume/:id") view=ResumePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug/pairs") view=PairsPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug/measure") view=NewMeasurePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/programmes/:slug/guide") view=GuidePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/rounds/:slug/report") view=RoundReportPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/measures/:id") view=MeasurePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/ask/:slug") view=AskMentorPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/requests/:id") view=RequestPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/reverse") view=ReversePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/speed-rounds") view=SpeedRoundsPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/speed-rounds/new") view=NewSpeedRoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/speed-rounds/:id") view=SpeedRoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/speed-rounds/:id/edit") view=EditSpeedRoundPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/speed-rounds/:id/plan") view=SpeedPlanPage />
                <Route ssr=SsrMode::Async path=path!("/proposals") view=ProposalsPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/new") view=NewCallPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call") view=CallPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/edit") view=EditCallPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/manage") view=ManageCallPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/review") view=ReviewQueuePage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/submit") view=NewProposalPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/submissions/:id") view=SubmissionPage />
                <Route ssr=SsrMode::Async path=path!("/proposals/:call/submissions/:id/edit") view=EditProposalPage />
                <Route ssr=SsrMode::Async path=path!("/demands") view=DemandsPage />
                <Route ssr=SsrMode::Async path=path!("/demands/new") view=NewDemandPage />
                <Route ssr=SsrMode::Async path=path!("/demands/:id") view=DemandPage />
                <Route ssr=SsrMode::Async path=path!("/demands/:id/edit") view=EditDemandPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/circles") view=CirclesPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/circles/new") view=NewCirclePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/circles/:id") view=CirclePage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/questions") view=QuestionsPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/questions/new") view=AskQuestionPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/questions/:id") view=QuestionPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id") view=MentorshipPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/meet") view=MeetPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/agreement") view=AgreementPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/goal") view=GoalPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/messages") view=MessagesPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/end") view=EndPage />
                <Route ssr=SsrMode::Async path=path!("/mentoring/mentorships/:id/feedback") view=FeedbackPage />
                <Route ssr=SsrMode::Async path=path!("/profile/tokens") view=TokensPage />
                <Route ssr=SsrMode::Async path=path!("/profile/calendar") view=CalendarFeedPage />
                <Route ssr=SsrMode::Async path=path!("/profile/data") view=DataPage />
                <Route ssr=SsrMode::Async path=path!("/reports") view=MyReportsPage />
                <Route ssr=SsrMode::Async path=path!("/reports/new") view=NewReportPage />
                <Route ssr=SsrMode::Async path=path!("/admin") view=OverviewPage />
                <Route ssr=SsrMode::Async path=path!("/admin/members") view=MembersPage />
                <Route ssr=SsrMode::Async path=path!("/admin/members/selected") view=SelectedPage />
                <Route ssr=SsrMode::Async path=path!("/admin/members/:id") view=PersonPage />
                <Route ssr=SsrMode::Async path=path!("/admin/invitations") view=InvitationsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/settings") view=SettingsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/settings/:text") view=TextPage />
                <Route ssr=SsrMode::Async path=path!("/admin/lists") view=ListsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/lists/:list") view=ListPage />
                <Route ssr=SsrMode::Async path=path!("/admin/audit") view=AuditPage />
                <Route ssr=SsrMode::Async path=path!("/admin/outbox") view=OutboxPage />
                <Route ssr=SsrMode::Async path=path!("/admin/jobs") view=JobsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/kudos") view=KudosReviewPage />
                <Route ssr=SsrMode::Async path=path!("/admin/requests") view=RequestsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/reports") view=ReportsPage />
                <Route ssr=SsrMode::Async path=path!("/admin/reports/:id") view=ReportPage />
            </FlatRoutes>
        </Router>
    }
}
