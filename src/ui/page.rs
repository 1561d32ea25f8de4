//! The page's root: holds the model, hands every message to [`update`], and every request to the browser.

use std::rc::Rc;

use yew::{Callback, Component, Context, Html, NodeRef, Properties, html};

use super::{
    article, drafts, events, faults, gallery, groups, header, help, models, notice, share, stage, tabs, text, verdicts,
    why, working,
};
use crate::app::{Dialog, Effect, Frame, Model, Msg, Picture, Start, newer_notice, theme_word, update};
use crate::effects::{Browser, Ears, Paced, now};

/// How a page begins.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct PageProps {
    /// What the browser, or the host, knows.
    pub start: Start,
    /// Whether the page has the document to itself, with its address and its keys.
    pub alone: bool,
}

/// One page. Several may live in one document.
#[derive(Debug)]
pub struct Page {
    model: Model,
    browser: Browser,
    paced: Paced,
    dispatch: Callback<Msg>,
    root: NodeRef,
    /// Requests that need the nodes of the next drawing.
    after_drawing: Vec<Effect>,
    _ears: Option<Ears>,
}

impl Component for Page {
    type Message = Msg;
    type Properties = PageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let start = &ctx.props().start;
        let dispatch = ctx.link().callback(|msg| msg);
        let root = NodeRef::default();
        let browser = Browser::new(dispatch.clone(), root.clone(), start);
        let (model, after_drawing) = Model::open(start.clone());
        browser.after(&model);
        Self {
            model,
            paced: Paced::new(dispatch.clone()),
            _ears: ctx.props().alone.then(|| browser.listen()),
            browser,
            dispatch,
            root,
            after_drawing,
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let dragged = self.model.drag.is_some();
        let (msg, began) = (self.paced.pass(msg), now());
        let is_frame = matches!(msg, Msg::Preview(_) | Msg::Hold(_));
        // These show another run without running any.
        let runs = !matches!(msg, Msg::Heard(_) | Msg::CancelPreview);
        let before = self.shown();
        self.browser.before(&self.model, &msg);
        let effects = update(&mut self.model, msg);
        self.browser.after(&self.model);
        for effect in effects {
            match effect {
                Effect::ScrollToTarget | Effect::BeginReading | Effect::ShowVerdicts | Effect::FocusLine(_) => {
                    self.after_drawing.push(effect);
                }
                _ => self.browser.perform(effect),
            }
        }
        if self.model.drag.is_some() != dragged {
            self.browser.perform(Effect::HoldPanels(!dragged));
        }
        // A move of the hand that ran nothing shows nothing new.
        let after = self.shown();
        if runs && !Rc::ptr_eq(&before.0.run, &after.0.run) {
            self.paced.ran_since(began);
        }
        !is_frame || before.1 != after.1 || !Rc::ptr_eq(&before.0, &after.0)
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let (model, dispatch) = (&self.model, &self.dispatch);
        let blank = model.is_blank();
        let digest = if blank { String::new() } else { format!("{:016x}", model.picture.digest) };
        html! {
            <div class="fencepost" ref={self.root.clone()} data-theme={theme_word(model.theme)}
                data-frame={frame_word(model.frame)} data-panel={if blank { "text" } else { tabs::word(model.panel) }} data-stale={model.stale.then_some("")} data-digest={digest} data-judged={working::word(model)}>
                if model.frame == Frame::Embed {
                    { said(model, dispatch) }
                    <main class="desk">if !blank { { stage::view(model, dispatch) } }</main>
                } else if blank {
                    { header::view(model, dispatch) }
                    { said(model, dispatch) }
                    { blank_desk(model, dispatch) }
                } else {
                    { header::view(model, dispatch) }
                    { said(model, dispatch) }
                    { desk(model, dispatch) }
                    { tabs::view(model, dispatch) }
                }
                { dialog(model, dispatch) }
                <div class="hidden" role="status" aria-live="polite">{ &model.announcement }</div>
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first {
            self.browser.begin_work();
        }
        self.paced.drawn();
        self.browser.drawn();
        for effect in std::mem::take(&mut self.after_drawing) {
            self.browser.perform(effect);
        }
    }
}

impl Page {
    /// What a move of the hand may change: the picture, and whether it is behind the hand.
    fn shown(&self) -> (Rc<Picture>, bool) {
        (self.model.picture.clone(), self.model.drag.as_ref().is_some_and(|drag| drag.is_behind))
    }
}

fn said(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let newer = if model.notice.is_none() { newer_notice(model) } else { None };
    html! {
        <div class="said">
            if model.newer_page {
                { notice::newer(dispatch) }
            }
            if let Some(said) = model.notice.as_ref().or(newer.as_ref()) {
                { notice::view(model, said, dispatch) }
            }
        </div>
    }
}

/// Where there is no scenario there is no picture and no verdict. A text that is newer than the page can still be edited.
fn blank_desk(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let editable = !model.unopened && model.frame == Frame::Full;
    html! {
        <main class="desk">if editable { { text::view(model, dispatch) } }</main>
    }
}

/// Text, timeline, and what it means.
fn desk(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let lens = &model.picture.lens;
    html! {
        <main class="desk">
            if model.frame == Frame::Full {
                { text::view(model, dispatch) }
            } else {
                <span hidden=true></span>
            }
            { stage::view(model, dispatch) }
            <aside class="column side" aria-label="What it means" key={format!("side {}", model.openings)}>
                { why::view(model, dispatch) }
                { verdicts::view(model, dispatch) }
                { faults::view(&model.picture, lens, dispatch) }
                { groups::view(&model.picture, dispatch) }
                { models::view(&model.picture, lens, dispatch) }
                { events::view(model, dispatch) }
            </aside>
        </main>
    }
}

fn dialog(model: &Model, dispatch: &Callback<Msg>) -> Html {
    match model.dialog {
        Some(Dialog::Gallery) => gallery::view(model, dispatch),
        Some(Dialog::Drafts) => drafts::view(model, dispatch),
        Some(Dialog::Article) => article::view(dispatch),
        Some(Dialog::Share) => share::view(model, dispatch),
        Some(Dialog::Help) => help::view(model, dispatch),
        None => html! { <div></div> },
    }
}

fn frame_word(frame: Frame) -> &'static str {
    match frame {
        Frame::Full => "full",
        Frame::Read => "read",
        Frame::Embed => "embed",
    }
}
