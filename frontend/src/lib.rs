//! The wasm entry point, which hydrates the islands of a page.

// Without this use, the linker would drop the islands that `app` registers.
use app as _;

/// Called once by the page's script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
