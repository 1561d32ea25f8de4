//! A dialog over the page, by the browser's own element: it keeps the focus inside, closes on Escape, and gives the
//! focus back.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::{Callback, Children, Component, Context, Html, NodeRef, Properties, html};

use super::icons;

/// A dialog's frame.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ModalProps {
    /// What it is called.
    pub title: &'static str,
    /// What it holds.
    pub children: Children,
    /// Told once it is closed.
    pub on_close: Callback<()>,
}

/// What [`Focused`] holds.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FocusedProps {
    /// The field or button, or what it is in.
    pub children: Children,
}

/// Takes the focus to the first field or button in it once it is there: what the hand was on has gone.
#[derive(Debug)]
pub struct Focused {
    place: NodeRef,
}

impl Component for Focused {
    type Message = ();
    type Properties = FocusedProps;

    fn create(_: &Context<Self>) -> Self {
        Self { place: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <div ref={self.place.clone()}>{ ctx.props().children.clone() }</div> }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        let place = self.place.cast::<Element>().filter(|_| first);
        let target = place.and_then(|place| place.query_selector("input, button").ok().flatten());
        if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            // Refused only for what is hidden.
            let _ = target.focus();
        }
    }
}

/// A dialog that is open for as long as it exists.
#[derive(Debug)]
pub struct Modal {
    dialog: NodeRef,
}

impl Component for Modal {
    type Message = ();
    type Properties = ModalProps;

    fn create(_: &Context<Self>) -> Self {
        Self { dialog: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ModalProps { title, children, on_close } = ctx.props();
        let close = on_close.reform(|_: yew::MouseEvent| ());
        html! {
            <dialog ref={self.dialog.clone()} aria-label={*title} onclose={on_close.reform(|_| ())}>
                <div class="dialog-head">
                    <h2>{ *title }</h2>
                    <button class="icon" type="button" aria-label="Close" onclick={close}>{ icons::close() }</button>
                </div>
                <div class="dialog-body">{ children.clone() }</div>
            </dialog>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if let (true, Some(dialog)) = (first, self.dialog.cast::<HtmlDialogElement>()) {
            // Refused only where the dialog is open already or outside the document, and then there is nothing to do.
            let _ = dialog.show_modal();
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        // Closing is what gives the focus back to the button that opened it.
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    }
}
