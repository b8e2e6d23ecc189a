//! The attribute `#[guild_test]`. It is a crate of its own because a crate cannot use procedural macros that it
//! defines.

use proc_macro::TokenStream;
use quote::quote;
use syn::{ItemFn, parse_macro_input};

/// Runs a test on SQLite and on PostgreSQL, as two tests: `#[guild_test] async fn name(g: Guild) { … }` becomes
/// `name::sqlite` and `name::postgres`. Each gets a database of its own, with the demo community, and calls `g.demo()` to
/// say so.
///
/// A test that begins with an empty community is `#[guild_test(empty)]`.
#[proc_macro_attribute]
pub fn guild_test(content: TokenStream, function: TokenStream) -> TokenStream {
    let run = match content.to_string().as_str() {
        "" => quote!(run),
        "empty" => quote!(run_empty),
        other => {
            let message =
                format!("`{other}` is not known here: write `#[guild_test]` or `#[guild_test(empty)]`");
            return quote!(compile_error!(#message);).into();
        }
    };
    let function = parse_macro_input!(function as ItemFn);
    let name = &function.sig.ident;
    quote! {
        #function

        mod #name {
            #[test]
            fn sqlite() {
                ::tests::#run(::tests::Engine::Sqlite, super::#name);
            }

            #[test]
            fn postgres() {
                ::tests::#run(::tests::Engine::Postgres, super::#name);
            }
        }
    }
    .into()
}
