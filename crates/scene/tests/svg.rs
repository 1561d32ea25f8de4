//! The files: as reviewed, well formed, self-contained, and the same bytes natively and in wasm.
//!
//! `UPDATE_GOLDEN=1 cargo test -p fencepost-scene` writes them anew; look at the pictures before you keep them.

#[path = "../../lab/tests/generate/mod.rs"]
mod generate;
mod shared;

use fencepost_scene::{Key, svg};
use shared::{Played, library, wide};

const KNOWN: &str = include_str!("golden/digests.txt");

fn file(played: &Played, text: &str, width: i32) -> String {
    let link = Some("https://example.org/#s1=t.a&b");
    svg::write(&played.scene(&wide(width)), &played.view(), &svg::Carried { text, link })
}

/// A line for every picture: its name, its width and a digest of its bytes.
fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |name: String, played: &Played, text: &str| {
        for width in [360, 900] {
            let bytes: Vec<u64> = file(played, text, width).bytes().map(u64::from).collect();
            lines.push(format!("{name} {width} {:016x}", Key::of(&bytes).0));
        }
    };
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        // The name for the text: a comment in a scenario is no reason to review its picture.
        line(format!("{} {}", preset.name, variant.as_deref().unwrap_or("-")), &played, preset.name);
    }
    for seed in 0..50 {
        line(format!("{seed} -"), &Played::new(generate::scenario(seed)), "");
    }
    lines
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_picture_is_what_it_was() {
    let lines = lines();
    #[cfg(not(target_arch = "wasm32"))]
    if native::updating() {
        return native::update("digests.txt", &(lines.join("\n") + "\n"));
    }
    let known: Vec<&str> = KNOWN.lines().collect();
    assert_eq!(lines.len(), known.len(), "the library or the generator has changed");
    for (now, then) in lines.iter().zip(known) {
        assert_eq!(now, then);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::*;

    use roxmltree::{Document, Node};
    use std::path::Path;

    pub fn updating() -> bool {
        std::env::var_os("UPDATE_GOLDEN").is_some()
    }

    pub fn update(name: &str, text: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(folder.join(name), text).expect("a golden file can be written");
    }

    #[test]
    fn every_picture_of_the_library_is_as_reviewed() {
        for (preset, _) in library().into_iter().filter(|(_, variant)| variant.is_none()) {
            let name = format!("{:02}-{}.svg", preset.number, preset.name);
            let now = file(&Played::preset(preset.number, None), preset.name, 900);
            if updating() {
                update(&name, &now);
                continue;
            }
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(&name);
            let then = std::fs::read_to_string(path).expect("there is a golden file");
            let changed = now.lines().zip(then.lines()).find(|(now, then)| now != then);
            assert!(now == then, "{name} has changed, first at {changed:?}");
        }
    }

    fn elements<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Node<'a, 'a>> {
        document.descendants().filter(Node::is_element)
    }

    #[test]
    fn every_file_is_well_formed_and_needs_nothing_else() {
        for (preset, variant) in library() {
            let text = file(&Played::preset(preset.number, variant.as_deref()), preset.text, 900);
            let document = Document::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", preset.name));
            let drawn = |element: &Node<'_, '_>| element.tag_name().namespace() != Some(svg::NAMESPACE);
            for element in elements(&document).filter(drawn) {
                let name = element.tag_name().name();
                assert!(!["script", "foreignObject", "image", "a", "use", "link"].contains(&name), "<{name}>");
                for attribute in element.attributes() {
                    assert!(!attribute.name().starts_with("on") && attribute.name() != "href", "{}", attribute.name());
                    let outside = attribute.value().contains("url(") && !attribute.value().starts_with("url(#");
                    assert!(!outside, "{}", attribute.value());
                }
            }
            assert!(!text.contains("@import") && !text.contains("@font-face"));
        }
    }

    #[test]
    fn the_text_and_the_link_come_back_to_the_letter() {
        let wild = "fencepost 1\ntitle <script>alert(\"1\")</script> & 'so' ]]> — 語\n# a tab:\there\n\n";
        let text = file(&Played::text(wild), wild, 900);
        let document = Document::parse(&text).expect("well formed");
        let carried = |name: &str| {
            let node = elements(&document).find(|node| node.tag_name().name() == name);
            node.and_then(|node| node.text()).map(str::to_owned)
        };
        assert_eq!(carried("scenario").as_deref(), Some(wild));
        assert_eq!(carried("link").as_deref(), Some("https://example.org/#s1=t.a&b"));
        assert_eq!(carried("title").as_deref(), Some("<script>alert(\"1\")</script> & 'so' ]]> — 語"));
    }

    #[test]
    fn ids_are_prefixed_and_found_and_two_texts_share_none() {
        let of = |number: u32| {
            let preset = fencepost_scenario::gallery::all().iter().find(|it| it.number == number).expect("known");
            file(&Played::preset(number, None), preset.text, 900)
        };
        let ids = |text: &str| {
            let document = Document::parse(text).expect("well formed");
            elements(&document).filter_map(|node| node.attribute("id").map(str::to_owned)).collect::<Vec<_>>()
        };
        let (seven, eight) = (of(7), of(8));
        assert!(ids(&seven).iter().all(|id| id.starts_with(&ids(&seven)[0])));
        assert!(ids(&seven).iter().all(|id| !ids(&eight).contains(id)));
        for used in seven.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(ids(&seven).iter().any(|id| id == used), "{used} is nowhere");
        }
    }

    #[test]
    fn a_screen_reader_is_told_what_is_seen() {
        let preset = fencepost_scenario::gallery::first();
        let text = file(&Played::preset(7, None), preset.text, 900);
        let document = Document::parse(&text).expect("well formed");
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let named = |attribute: &str| {
            let id = root.attribute(attribute).expect("it has a name and a description");
            let node = elements(&document).find(|node| node.attribute("id") == Some(id));
            node.map(|node| (node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned()))
        };
        assert_eq!(named("aria-labelledby"), Some(("title".to_owned(), "A lock gone wrong".to_owned())));
        assert_eq!(named("aria-describedby").map(|(name, _)| name), Some("desc".to_owned()));
        let drawn = elements(&document).find(|node| node.attribute("class") == Some("title"));
        assert_eq!(drawn.and_then(|node| node.text()), Some("A lock gone wrong"), "whoever looks sees it too");
        let desc = elements(&document).find(|node| node.tag_name().name() == "desc").and_then(|node| node.text());
        let desc = desc.expect("there is a description");
        assert!(desc.contains("L grants A the lock for 10 s at 50 ms, with token 33."), "{desc}");
        assert!(desc.contains("effect-order violated: "), "{desc}");
    }
}
