//! The attribute `#[guild_test]`. It is a crate of its own because a crate cannot use procedural macros that it
//! defines.

use proc_macro::TokenStream;
use quote::quote;
use syn::{ItemFn, parse_macro_input};

/// Runs a test on SQLite and on PostgreSQL, as two tests: `#[guild_test] async fn name(g: Guild) { … }` becomes
/// `name::sqlite` and `name::postgres`. Each gets a database of its own.
///
/// A test that begins with `g.demo().await;` gets a copy of the demo from the start, which is faster than replacing an
/// empty database.
#[proc_macro_attribute]
pub fn guild_test(_: TokenStream, function: TokenStream) -> TokenStream {
    let function = parse_macro_input!(function as ItemFn);
    let name = &function.sig.ident;
    let run = if begins_with_the_demo(&function) { quote!(run_on_the_demo) } else { quote!(run) };
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

fn begins_with_the_demo(function: &ItemFn) -> bool {
    let first = function.block.stmts.first().map(|statement| quote!(#statement).to_string());
    first.is_some_and(|first| first == quote!(g.demo().await;).to_string())
}
