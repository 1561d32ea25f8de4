//! The scene as one SVG file that needs nothing else: no script, no font, no foreign object, no address to load from.
//!
//! Colours are CSS variables with a fallback and a dark block, so that a page around the picture can set its own. Every id
//! begins with a digest of the text, so that several pictures can stand in one page. The scenario's text travels in
//! `<metadata>`; dropping the file on the page opens it again. The same scene gives the same bytes everywhere.

mod banner;
mod body;
mod legend;
mod markup;
mod style;

use fencepost_scenario::Document;

use crate::picture::{Anchor, Key, Scene, Turn};
use crate::px::{Point, Px};
use crate::view::View;
use crate::width::{Weight, shorten};

use markup::{Markup, escaped, text};

/// The room of the title, its letters, and its distance from the edge.
const TITLE: Px = Px::new(38);
const TITLE_SIZE: Px = Px::new(17);
const EDGE: Px = Px::new(16);

/// The namespace of what is carried in `<metadata>`.
pub const NAMESPACE: &str = "urn:fencepost:1";

/// What the file carries besides the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried<'a> {
    /// The scenario's text, to the letter.
    pub text: &'a str,
    /// A link that opens the scenario, if there is an address to link to.
    pub link: Option<&'a str>,
}

/// Writes the whole scene as an SVG file. `view` is what the scene was made from: it has the sentences.
pub fn write(scene: &Scene, view: &View<'_>, carried: &Carried<'_>) -> String {
    let id = id_of(carried.text);
    let mut out = Markup::new(&id);
    let legend = legend::lay_out(scene);
    let banner = banner::lay_out(scene, view);
    let top = -scene.header - banner.height - TITLE;
    let height = TITLE + banner.height + scene.header + scene.height + legend.height;
    open(scene, top, height, &mut out);
    carry(carried, &mut out);
    let mut drawn = Markup::new(&id);
    body::definitions(scene, &mut drawn);
    drawn.push(&format!("<rect class=\"bg\" y=\"{top}\" width=\"{}\" height=\"{height}\"/>\n", scene.width));
    banner::draw(&banner, scene, top, &mut drawn);
    drawn.push(&title(scene, top + banner.height));
    body::draw(scene, view, &mut drawn);
    legend::draw(&legend, scene.height, &mut drawn);
    out.push(&style::sheet(&id, drawn.text()));
    out.push(drawn.text());
    out.push("</svg>\n");
    out.finish()
}

/// The title, above the headers. Its words are the file's name for a screen reader already.
fn title(scene: &Scene, top: Px) -> String {
    let words = shorten(&scene.title, TITLE_SIZE, Weight::Bold, scene.width - EDGE * 2);
    let at = Point { x: EDGE, y: top + Px::new(26) };
    let drawn = text("title", at, Anchor::Start, Turn::LEVEL, &escaped(&words));
    format!("<g aria-hidden=\"true\">{drawn}</g>\n")
}

/// The prefix of every id in the file: a letter and a digest of the text.
fn id_of(text: &str) -> String {
    let bytes: Vec<u64> = text.bytes().map(u64::from).collect();
    format!("fp{:012x}", Key::of(&bytes).0 >> 16)
}

fn open(scene: &Scene, top: Px, height: Px, out: &mut Markup) {
    let (id, width) = (out.id().to_owned(), scene.width);
    out.push(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" role=\"img\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" \
         viewBox=\"0 {top} {width} {height}\" width=\"{width}\" height=\"{height}\">\n"
    ));
    out.push(&format!("<title id=\"{id}-t\">{}</title>\n", escaped(&scene.title)));
    out.push(&format!("<desc id=\"{id}-d\">{}</desc>\n", escaped(&scene.desc)));
}

fn carry(carried: &Carried<'_>, out: &mut Markup) {
    out.push(&format!("<metadata xmlns:fp=\"{NAMESPACE}\">"));
    // Whoever opens the file on an older page must be told that it cannot read it.
    let document = Document::new(carried.text).for_others();
    out.push(&format!("<fp:scenario xml:space=\"preserve\">{}</fp:scenario>", markup::carried(document.text())));
    if let Some(link) = carried.link {
        out.push(&format!("<fp:link>{}</fp:link>", markup::carried(link)));
    }
    out.push("</metadata>\n");
}
