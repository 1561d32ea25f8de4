//! Everything that follows from a text and a variant: its meaning, its run, its judgement, its picture.

use std::collections::BTreeSet;
use std::rc::Rc;

use fencepost_lab::{Lens, Run, lens, run_at_once, to_blame};
use fencepost_properties::{State, Verdict};
use fencepost_scenario::model::{FaultSpec, ObjectKindSpec, Role};
use fencepost_scenario::{Document, Parsed, View};
use fencepost_scene::svg::Carried;
use fencepost_scene::{Key, Options, Px, Scene, Tale, TimeMap};
use fencepost_sim::{ClockTrack, Duration, FaultId, Now, ParticipantId, Time, sort_by_rank};

use crate::app::{Claimed, claims};
use crate::words::signed;
use fencepost_vocabulary::{Event, PropertyKind};

/// One text, run and laid out.
#[derive(Debug)]
pub struct Picture {
    /// What the text means and what is to be said about it.
    pub parsed: Rc<Parsed>,
    /// The scenario with its variant resolved, which was run, and its lines.
    pub view: Rc<View>,
    /// What came of it, as far as that can be judged at once.
    pub run: Rc<Run>,
    /// How it looks.
    pub scene: Rc<Scene>,
    /// The digest of the trace.
    pub digest: u64,
    /// What the author claims about this run, judged.
    pub claims: Rc<[Claimed]>,
    /// The run seen through the models.
    pub lens: Rc<Lens>,
}

/// How a picture is to be laid out. No part of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The width to fill, in CSS pixels; 0 for the usual one.
    pub width: u32,
    /// Whether equal lengths of time get equal heights.
    pub linear: bool,
    /// The time axis to keep.
    pub time_map: Option<TimeMap>,
    /// The repetitions that are drawn in full.
    pub opened: BTreeSet<Key>,
    /// So many events are drawn at most; 0 for [`AT_ONCE`].
    pub most: usize,
}

/// So many events are laid out and drawn at once: an ordinary run many times over, and the work of a frame or two.
pub const AT_ONCE: usize = 20_000;

/// One line of the list of faults.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaultRow<'a> {
    /// The fault.
    pub spec: &'a FaultSpec,
    /// Its place among the faults that were run; `None` if it is switched off.
    pub id: Option<FaultId>,
    /// Its place in its own list: of the faults, or of those that are switched off.
    pub index: usize,
    /// Its line in the text.
    pub line: usize,
    /// Why it never struck, if it did not.
    pub dangling: Option<&'a str>,
}

impl Picture {
    /// Runs a document and lays the run out. A variant that the text does not have is the base.
    pub fn of(document: &Document, variant: Option<&str>, layout: &Layout) -> Self {
        Self::of_read(Rc::new(document.parse()), variant, layout)
    }

    /// As [`Self::of`], for a document that has been read already.
    pub fn of_read(parsed: Rc<Parsed>, variant: Option<&str>, layout: &Layout) -> Self {
        let chosen = parsed.view(variant);
        let shown = chosen.as_ref().and(variant);
        let view = chosen.or_else(|| parsed.view(None));
        let view = view.unwrap_or_else(|| View { scenario: Default::default(), lines: Default::default() });
        let run = run_at_once(&view.scenario);
        let scene = lay_out(&view, &run, layout);
        let digest = run.digest();
        let claims = claims::judge(&view, shown, &run).into();
        let lens = Rc::new(lens(&view.scenario, &run));
        Self { parsed, view: Rc::new(view), run: Rc::new(run), scene, digest, claims, lens }
    }

    /// The same run, laid out otherwise.
    pub fn laid_out(&self, layout: &Layout) -> Self {
        let (parsed, view, run) = (self.parsed.clone(), self.view.clone(), self.run.clone());
        let scene = lay_out(&view, &run, layout);
        let (claims, lens) = (self.claims.clone(), self.lens.clone());
        Self { parsed, view, run, scene, digest: self.digest, claims, lens }
    }

    /// The same run with its whole judgement; `shown` is the variant of it. What is drawn of a verdict is drawn anew.
    pub fn judged(&self, verdicts: Vec<Verdict>, shown: Option<&str>, layout: &Layout) -> Self {
        let (parsed, view, lens) = (self.parsed.clone(), self.view.clone(), self.lens.clone());
        if self.run.verdicts == verdicts {
            let (run, scene, claims) = (self.run.clone(), self.scene.clone(), self.claims.clone());
            return Self { parsed, view, run, scene, digest: self.digest, claims, lens };
        }
        let run = Run { verdicts, ..Run::clone(&self.run) };
        let claims = claims::judge(&view, shown, &run).into();
        let scene = lay_out(&view, &run, layout);
        Self { parsed, view, run: Rc::new(run), scene, digest: self.digest, claims, lens }
    }

    /// The sentence for a thing of the scene.
    pub fn tell(&self, tale: Tale) -> String {
        fencepost_scene::prose::tell(tale, &of_run(&self.view, &self.run))
    }

    /// What happened at an event, for where its time stands beside it already.
    pub fn happening(&self, event: &Event) -> String {
        let sentence = self.tell(Tale::Event(event.id));
        sentence.replacen(&format!(" at {}", event.time), "", 1)
    }

    /// The scene as a file.
    pub fn svg(&self, carried: &Carried<'_>) -> String {
        fencepost_scene::svg::write(&self.scene, &of_run(&self.view, &self.run), carried)
    }

    /// What the clocks show at a moment: the true time, which nobody knows, and the lane's own.
    pub fn clocks(&self, lane: usize, time: Time) -> String {
        let name = self.view.scenario.participants.get(lane).map_or("", |one| one.name.as_str());
        let track = ClockTrack::read(&self.run.trace);
        if track.is_untouched() {
            return format!("{name} at {time}");
        }
        let Now { mono, wall } = track.now(ParticipantId(lane as u16), time);
        let wall = signed(wall.0);
        format!("true {time} · {name}’s clock {} · wall {}", Duration(mono.0), wall.trim_start_matches('+'))
    }

    /// All faults of the shown view, on and off, in the order of the text.
    pub fn fault_rows(&self) -> Vec<FaultRow<'_>> {
        let (view, lines) = (&self.view.scenario, &self.view.lines);
        let on = view.faults.iter().enumerate().map(|(index, spec)| {
            let id = FaultId(index as u16);
            FaultRow { spec, id: Some(id), index, line: line_of(&lines.faults, index), dangling: self.dangling(id) }
        });
        let off = view.disabled.iter().enumerate().map(|(index, spec)| {
            let line = line_of(&lines.disabled, index);
            FaultRow { spec, id: None, index, line, dangling: None }
        });
        let mut rows: Vec<_> = on.chain(off).collect();
        sort_by_rank(&mut rows, |row| (row.line as u64, 0));
        rows
    }

    /// Whether a lock was granted only after longer than the longest lease: in the end, and too late for most purposes.
    pub fn is_late(&self, verdict: &Verdict) -> bool {
        let State::Met { after, .. } = verdict.state else { return false };
        let scenario = &self.view.scenario;
        let own = scenario.participants.iter().filter_map(|one| match &one.role {
            Role::Lock(lock) => lock.lease,
            Role::KeyNode(keys) => Some(keys.lease),
            _ => None,
        });
        let kept = scenario.objects.iter().filter_map(|object| match &object.kind {
            ObjectKindSpec::Lock(lock) => lock.lease,
            ObjectKindSpec::Store(_) => None,
        });
        let longest = own.chain(kept).max();
        verdict.property == PropertyKind::Grant && longest.is_some_and(|lease| after > lease)
    }

    /// The place of the first violation or else of the first promise that is stuck; `None` where all ends well.
    pub fn bad_end(&self) -> Option<usize> {
        to_blame(&self.run)
    }

    fn dangling(&self, id: FaultId) -> Option<&str> {
        self.run.dangling.iter().find(|dangling| dangling.fault == id).map(|dangling| dangling.reason.as_str())
    }
}

fn line_of(lines: &[usize], index: usize) -> usize {
    lines.get(index).copied().unwrap_or(usize::MAX)
}

fn lay_out(view: &View, run: &Run, layout: &Layout) -> Rc<Scene> {
    Rc::new(fencepost_scene::lay_out(&of_run(view, run), &options(layout)))
}

fn of_run<'a>(view: &'a View, run: &'a Run) -> fencepost_scene::View<'a> {
    let Run { cast, trace, ledger, verdicts, .. } = run;
    fencepost_scene::View { scenario: &view.scenario, cast, trace, ledger, verdicts }
}

fn options(layout: &Layout) -> Options {
    let (time_map, opened) = (layout.time_map.clone(), layout.opened.clone());
    let most = if layout.most == 0 { AT_ONCE } else { layout.most };
    let usual = Options { linear: layout.linear, time_map, opened, most, ..Options::default() };
    match layout.width {
        0 => usual,
        width => Options { width: Px::new(width.min(4_000) as i32), ..usual },
    }
}
