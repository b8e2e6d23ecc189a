//! What a member sees of themself.
use leptos::prelude::*;
/// w
#[component]
pub fn WelcomePage() -> impl IntoView {}
/// w
#[component]
pub fn ProfilePage() -> impl IntoView {}
/// w
#[component]
pub fn SessionsPage() -> impl IntoView {}
